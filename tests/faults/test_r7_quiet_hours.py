"""Promise R7: nothing in quiet hours, held messages merged, zone changes respected: 24 zones, 48 hours."""

from collections.abc import Callable
from datetime import datetime

import pytest

from notifications.quiet import QuietHours
from tests.faults.quiet_scene import SPAN, ZONES, fates, live_through
from tests.kit.mail_sink import MailSink
from tests.notifications.conftest import kind_of, sink

__all__ = ["SPAN", "kind_of", "sink"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kind_of")]


def figures(sent: int, loud: list[tuple[str, datetime]]) -> dict[str, object]:
    fared = {" ".join(fate).strip(): count for fate, count in fates().items()}
    return {"zones": len(ZONES), "left": sent, "in quiet hours": len(loud), **fared}


@pytest.mark.parametrize("travels", [False, True])
def test_nothing_leaves_in_quiet_hours(
    travels: bool, sink: MailSink, record_property: Callable[[str, object], None]
) -> None:
    sent, loud = live_through(travels=travels)

    record_property("figures", figures(sent, loud))
    assert loud == []
    assert sent >= 3 * len(ZONES)
    assert fates()["suppressed", "merged"] > 0
    assert set(fates()) <= {("sent", ""), ("suppressed", "merged"), ("pending", "quiet_hours")}


def test_control_without_quiet_hours_it_rings_at_night(
    sink: MailSink, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    monkeypatch.setattr(QuietHours, "end_around", lambda *_: None)

    sent, loud = live_through()

    record_property("figures", figures(sent, loud))
    assert len({zone for zone, _at in loud}) == len(ZONES)
