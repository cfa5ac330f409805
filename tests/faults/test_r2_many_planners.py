"""Promise R2: any number of planners is safe; everything due is told exactly once."""

import os
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from notifications.models import Delivery, Notification
from plans.models import Cue
from reminders.services import cues
from reminders.services.planning import plan_reminders
from tests.faults.parallel import all_at_once
from tests.faults.reminder_scene import make_due

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

PEOPLE = int(os.environ.get("R2_PEOPLE", "300"))
PLANNERS = 3


def planned_at_once(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Let planners plan at once till nothing is due, in chunks that make them meet; return what each counted as new."""
    monkeypatch.setattr(cues, "CHUNK", 7)
    make_due(PEOPLE, is_planned=False)
    now = datetime.now(UTC)
    Cue.objects.update(next_at=now)
    return all_at_once([lambda: sum(iter(lambda: plan_reminders(now=now), 0))] * PLANNERS)  # a turn ends after a while


def test_three_planners_tell_each_once(
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    counted = planned_at_once(monkeypatch)

    count = Notification.objects.count()
    record_property("figures", {"due": PEOPLE, "lost": PEOPLE - count, "doubled": sum(counted) - PEOPLE})
    assert sum(counted) == PEOPLE, counted
    assert Notification.objects.count() == Delivery.objects.filter(channel="email").count() == PEOPLE
    assert not Cue.objects.filter(next_at__lte=datetime.now(UTC)).exists()


def test_control_without_the_locks_planners_do_the_work_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    from django.db.models import QuerySet  # noqa: PLC0415

    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows)

    counted = planned_at_once(monkeypatch)

    assert any(isinstance(count, Exception) for count in counted) or sum(counted) > PEOPLE


def test_killed_between_message_and_hint_leaves_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    make_due(3, is_planned=False)
    now = datetime.now(UTC)
    Cue.objects.update(next_at=now)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cues, "_advance", die)
    with pytest.raises(KeyboardInterrupt):
        plan_reminders(now=now)
    assert not Notification.objects.exists()
    monkeypatch.undo()

    assert plan_reminders(now=now) == 3
