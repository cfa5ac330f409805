"""Messages that are decided together: what is read once for many, and what stays of each alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import sleep
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from notifications.channels import Answer
from notifications.channels.email import EmailLine
from notifications.kinds import Content, Hold, Kind, Prepare
from notifications.letter import Letter
from notifications.models import Delivery, Notification
from notifications.services import delivery, marks, rounds
from notifications.services.delivery import deliver_due
from tests.kit.mail_sink import MailSink
from tests.notifications.conftest import make_reachable

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]


@pytest.mark.parametrize("channel", ["email", "inbox"])
def test_a_batch_asks_the_same_of_the_database_however_many_it_holds(
    channel: str, put: Put, sink: MailSink, now: datetime
) -> None:
    """But for the mark of each mail: one statement says that it was sent, and that the next is begun."""

    def queries(*names: str) -> int:
        for name in names:
            put(name, person=make_reachable(name))
        with CaptureQueriesContext(connection) as asked:
            assert deliver_due(now=now, channel=channel) == {"sent": len(names)}
        return len(asked) - (len(names) if channel == "email" else 0)

    assert queries("one") == queries("two", "three", "four")


def test_two_to_one_person_are_decided_one_after_the_other(put: Put, sink: MailSink, now: datetime) -> None:
    User.objects.update(weekly_message_budget=1)
    put("a")
    put("b")

    assert deliver_due(now=now) == {"sent": 1, "suppressed": 1}


def test_what_a_slow_server_kept_waiting_is_decided_anew(
    put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    put("a", person=make_reachable("first"))
    put("b", person=make_reachable("second"))
    sink.delay = 1.2
    asked: list[str] = []

    def prepare(notification: Notification, now: datetime) -> Content | Hold:
        asked.append(notification.dedupe_key)
        return Hold("already_done") if asked.count(notification.dedupe_key) > 1 else Content({}, "/")

    kind_of(prepare=prepare)

    assert deliver_due(now=now) == {"sent": 1, "suppressed": 1}


def test_what_cannot_be_looked_up_together_is_asked_alone(
    put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    def broken(*_: object) -> Prepare:
        raise ZeroDivisionError

    kind_of(gather=broken)
    put()

    assert deliver_due(now=now) == {"sent": 1}


def test_one_that_cannot_be_looked_up_stops_nobody(
    put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    kind_of(is_nudge=True)
    for n in range(3):
        put(f"{n}", person=make_reachable(f"well-{n}"))
    ailing = make_reachable("ailing")
    put("ailing", person=ailing)
    User.objects.filter(pk=ailing.pk).update(time_zone="Nowhere/At_All")

    assert deliver_due(now=now) == {"sent": 3, "failed": 1}


def test_what_takes_long_to_decide_is_used_while_it_is_fresh(
    put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    asked: list[str] = []

    def prepare(notification: Notification, now: datetime) -> Content | Hold:
        sleep(0.3)
        asked.append(notification.dedupe_key)
        return Content({"sentences": [{"when_text": "it's light", "then_text": "walk"}]}, "/")

    kind_of(prepare=prepare)
    for n in range(4):
        put(f"{n}", person=make_reachable(f"n{n}"))
    decided_before_the_first: list[int] = []
    hand_over = EmailLine.hand_over

    def handing(line: EmailLine, parcel: Letter) -> Answer:
        decided_before_the_first.append(len(asked))
        return hand_over(line, parcel)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(EmailLine, "hand_over", handing)
        assert deliver_due(now=now) == {"sent": 4}

    assert decided_before_the_first[0] == 2


def test_a_claim_that_was_worked_off_does_not_make_the_next_rounds_small(
    put: Put, sink: MailSink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "FRESH", timedelta(hours=1))  # however busy this machine is
    for n in range(14):
        put(f"{n}", person=make_reachable(f"n{n}"))
    decide_all, sizes = rounds.decide_all, list[int]()

    def counted(picked: list[Delivery], **how: Any) -> rounds.Round:
        sizes.append(len(picked))
        return decide_all(picked, **how)

    monkeypatch.setattr(rounds, "decide_all", counted)

    assert deliver_due(now=now, batch=7) == {"sent": 14}

    assert sizes == [delivery.FIRST_ROUND, 2, 7]


def test_nothing_that_is_begun_waits_for_the_next_ones_slot(
    put: Put, sink: MailSink, settings: Any, now: datetime
) -> None:
    settings.SEND_RATES = {"email": 2}
    for n in range(3):
        put(f"{n}", person=make_reachable(f"n{n}"))

    assert deliver_due(now=now) == {"sent": 3}

    sent = sorted(Delivery.objects.filter(channel="email").values_list("sent_at", flat=True))
    assert [round((at - now).total_seconds() * 2) for at in sent] == [0, 1, 2]


def test_that_it_went_out_is_kept_whatever_holds_the_next(
    put: Put, sink: MailSink, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(2):
        put(f"{n}", person=make_reachable(f"n{n}"))
    move_on = marks.move_on

    def locked(sent: Delivery | None, begun: Delivery | None, **how: Any) -> set[int]:
        if sent and begun:
            raise OperationalError("canceling statement due to lock timeout")
        return move_on(sent, begun, **how)

    monkeypatch.setattr(marks, "move_on", locked)

    assert deliver_due(now=now) == {"sent": 1, "lost_lease": 1}
    assert len(sink.mails) == 1
