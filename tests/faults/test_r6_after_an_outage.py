"""Promise R6: after six hours down what is stale expires, the fresh goes first, and the provider's limit holds."""

import itertools
import os
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from notifications.models import Delivery
from notifications.models.outbox import DeliveryQuerySet
from notifications.services.delivery import deliver_due
from notifications.services.outbox import Message, notify_all
from plans.models import Enrollment
from tests.faults.reminder_scene import make_due
from tests.kit.mail_sink import MailSink, running_mail_sink

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE = int(os.environ.get("R6_PEOPLE", "120"))
RATE = float(os.environ.get("R6_RATE", "4"))  # low, so that a busy machine breaks it in the control
SECONDS = float(os.environ.get("R6_SECONDS", "4"))
DOWN = timedelta(hours=6)
OF_USE = timedelta(hours=2)
TOGETHER = max(PEOPLE // 1000, 1)  # so many come due at the same moment
FOR_A_CONTROL = 20.0  # seconds are enough to see it break


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    settings.SEND_RATES = {"email": RATE}
    with running_mail_sink() as running:
        options = {"host": "127.0.0.1", "port": running.port, "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": "core.smtp.EmailBackend", "OPTIONS": options}}
        yield running


def make_backlog() -> dict[str, datetime]:
    """Let messages come due evenly over the outage; return address → when."""
    make_due(PEOPLE, is_planned=False)
    now, due = datetime.now(UTC), {}
    enrollments = Enrollment.objects.select_related("person").order_by("pk")
    for n, some in enumerate(itertools.batched(enrollments, TOGETHER)):
        at = now - DOWN * (n * TOGETHER / PEOPLE)
        notify_all([_cue_of(enrollment, at) for enrollment in some], now=at)
        due |= {enrollment.person.email: at for enrollment in some}
    return due


def _cue_of(enrollment: Enrollment, at: datetime) -> Message:
    day = (enrollment.starts_on + timedelta(days=1)).isoformat()
    key = f"session_cue:{enrollment.uuid}:{day}"
    return Message(enrollment.person_id, "session_cue", str(enrollment.uuid), key, day, at + OF_USE)


def send(monkeypatch: pytest.MonkeyPatch, seconds: float = SECONDS) -> None:
    """Send for so long, or until there is nothing left to send."""
    monkeypatch.setattr("notifications.services.delivery.TURN", timedelta(seconds=1))
    over = monotonic() + seconds
    while monotonic() < over and Delivery.objects.filter(channel="email", state="pending").exists():
        deliver_due(now=datetime.now(UTC))


def most_in_a_second(sink: MailSink) -> int:
    times = sorted(mail.at for mail in sink.mails)
    return max(bisect_left(times, start + 1) - n for n, start in enumerate(times))


def figures(sink: MailSink) -> dict[str, object]:
    """Return what `bench.faults` prints. Lost would be what was marked as sent and never came."""
    copies = Counter(mail.recipients[0] for mail in sink.mails)
    mails = Delivery.objects.filter(channel="email")
    lost = mails.filter(state="sent").exclude(notification__person__email__in=copies).count()
    return {
        "due": PEOPLE, "sent": len(sink.mails), "lost": lost, "doubled": sum(count > 1 for count in copies.values()),
        "waiting": mails.filter(state="pending").count(), "most in a second": most_in_a_second(sink),
    }  # fmt: skip


def out_of_order(sink: MailSink, due: dict[str, datetime]) -> int:
    """Count those that an older one went before."""
    times = [due[mail.recipients[0]] for mail in sink.mails]
    return sum(later > earlier for earlier, later in itertools.pairwise(times))


def test_fresh_first_stale_never_and_within_the_limit(
    sink: MailSink, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    due = make_backlog()

    send(monkeypatch)

    stale = Delivery.objects.filter(channel="email", state="suppressed", reason="expired").count()
    record_property("figures", {"expired": stale, **figures(sink)})
    newest = max(due.values())
    passed = datetime.now(UTC) - newest  # what waits grows stale meanwhile
    assert abs(stale - PEOPLE * (DOWN - OF_USE + passed) / DOWN) <= 2 + PEOPLE / 50
    assert min(due[mail.recipients[0]] for mail in sink.mails) > datetime.now(UTC) - OF_USE - timedelta(minutes=1)
    assert due[sink.mails[0].recipients[0]] > newest - timedelta(minutes=10)
    assert out_of_order(sink, due) == 0
    assert most_in_a_second(sink) <= RATE + 1


def test_control_first_come_first_served_is_late_for_everybody(
    sink: MailSink, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    usual = DeliveryQuerySet.claimable
    monkeypatch.setattr(DeliveryQuerySet, "claimable", lambda rows, now: usual(rows, now).order_by("next_attempt_at"))
    due = make_backlog()

    send(monkeypatch, min(SECONDS, FOR_A_CONTROL))

    first = datetime.now(UTC) - due[sink.mails[0].recipients[0]]
    record_property("figures", {**figures(sink), "the first was late": f"{first.total_seconds() / 60:.0f} min"})
    assert due[sink.mails[0].recipients[0]] < datetime.now(UTC) - OF_USE / 3


def test_control_without_the_line_the_limit_is_broken(
    sink: MailSink, settings: Any, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    settings.SEND_RATES = {"email": 0}
    make_backlog()

    send(monkeypatch, min(SECONDS, FOR_A_CONTROL))

    record_property("figures", figures(sink))
    assert most_in_a_second(sink) > RATE + 1
