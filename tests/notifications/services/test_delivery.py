"""From the outbox to a real mail server, and everything that can stand in between."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from notifications.kinds import Kind
from notifications.models import Delivery, Notification
from notifications.services import marks
from notifications.services.claims import LEASE, claim, still_ours
from notifications.services.delivery import deliver_due
from notifications.services.preferences import set_wanted
from tests.kit.mail_sink import MailSink, Reply
from tests.notifications.conftest import held

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]


def test_a_due_message_reaches_the_mail_server_once(put: Put, sink: MailSink, now: datetime) -> None:
    delivery = put()

    first, second = deliver_due(now=now), deliver_due(now=now)

    assert (first, second) == ({"sent": 1}, {})
    assert len(sink.mails) == 1
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.SENT
    assert delivery.message_id == sink.mails[0].message["Message-ID"]
    assert delivery.lease_id is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda **_: User.objects.update(is_active=False), "account_closed"),
        (lambda **_: EmailAddress.objects.update(verified=False), "address_unverified"),
        (lambda **_: EmailAddress.objects.update(email="old@people.example"), "address_unverified"),
        (lambda **about: set_wanted(kind="nudge", is_wanted=False, **about), "not_wanted"),
        (lambda **about: Notification.objects.update(expires_at=about["now"]), "expired"),
        (lambda **_: Notification.objects.update(kind="of long ago"), "unknown_kind"),
        (lambda **_: User.objects.update(weekly_message_budget=0), "weekly_budget"),
    ],
)
def test_what_changed_since_holds_it_back_with_its_reason(
    change: Callable, reason: str, person: User, put: Put, sink: MailSink, now: datetime
) -> None:
    delivery = put()
    change(person=person, now=now)

    deliver_due(now=now)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (Delivery.State.SUPPRESSED, reason)
    assert sink.attempts == 0


def test_a_kind_can_hold_its_message(put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime) -> None:
    delivery = put()
    kind_of(prepare=held("already_done"))

    deliver_due(now=now)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (Delivery.State.SUPPRESSED, "already_done")


def test_the_weekly_budget_counts_bulk_messages_of_seven_days(
    person: User, put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    User.objects.update(weekly_message_budget=2)
    kind_of("urgent", is_bulk=False)
    for key in ("a", "b", "c"):
        put(key)
    put("u", kind="urgent")

    outcomes = deliver_due(now=now)

    assert outcomes == {"sent": 3, "suppressed": 1}
    put("later")
    assert deliver_due(now=now + timedelta(days=8)) == {"sent": 1}


def test_quiet_hours_postpone_to_the_morning(person: User, put: Put, sink: MailSink, now: datetime) -> None:
    User.objects.update(quiet_from=time(9, 30), quiet_until=time(11, 0))  # it is 10:00 in Berlin
    delivery = put(expires_at=now + timedelta(hours=2))

    assert deliver_due(now=now) == {"postponed": 1}
    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (Delivery.State.PENDING, "quiet_hours")
    assert delivery.next_attempt_at == now + timedelta(hours=1)

    assert deliver_due(now=now + timedelta(hours=1)) == {"sent": 1}


def test_what_would_be_stale_by_morning_is_held(person: User, put: Put, sink: MailSink, now: datetime) -> None:
    User.objects.update(quiet_from=time(9, 30), quiet_until=time(11, 0))
    delivery = put(expires_at=now + timedelta(minutes=30))

    deliver_due(now=now)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == (Delivery.State.SUPPRESSED, "quiet_hours")


def test_what_cannot_wait_comes_in_quiet_hours(
    put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    User.objects.update(quiet_from=time(9, 30), quiet_until=time(11, 0))
    put()
    kind_of(waits_for_morning=False)

    assert deliver_due(now=now) == {"sent": 1}


def test_a_temporary_refusal_is_tried_again_later(put: Put, sink: MailSink, now: datetime) -> None:
    delivery = put()
    sink.will(Reply.TEMPORARY)

    assert deliver_due(now=now) == {"failed": 1}
    delivery.refresh_from_db()
    assert (delivery.reason, delivery.attempts) == ("smtp_451", 1)
    assert timedelta(seconds=44) <= delivery.next_attempt_at - now <= timedelta(seconds=80)

    assert deliver_due(now=now + timedelta(minutes=2)) == {"sent": 1}


def test_given_up_after_eight_tries(put: Put, sink: MailSink, now: datetime) -> None:
    delivery = put()
    sink.default = Reply.TEMPORARY

    outcomes = [deliver_due(now=now + timedelta(days=n)) for n in range(marks.TRIES + 1)]

    assert outcomes == [{"failed": 1}] * 7 + [{"dead": 1}, {}]
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (Delivery.State.DEAD, 8)


def test_a_final_refusal_ends_it(put: Put, sink: MailSink, now: datetime) -> None:
    delivery = put()
    sink.will(Reply.PERMANENT)

    assert deliver_due(now=now) == {"dead": 1}
    delivery.refresh_from_db()
    assert delivery.reason == "smtp_550"


def test_one_refusal_delays_nobody_else(put: Put, sink: MailSink, now: datetime) -> None:
    for key in ("a", "b", "c"):
        put(key)
    sink.will(Reply.TEMPORARY, Reply.DROP)

    assert deliver_due(now=now) == {"failed": 2, "sent": 1}


def test_a_copy_after_a_lost_answer_carries_the_same_message_id(put: Put, sink: MailSink, now: datetime) -> None:
    put()
    sink.will(Reply.TAKE_AND_DROP)

    assert deliver_due(now=now) == {"failed": 1}
    assert deliver_due(now=now + timedelta(minutes=2)) == {"sent": 1}

    first, second = sink.mails
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert first.message["List-Unsubscribe"] == second.message["List-Unsubscribe"]


def test_an_unreachable_server_costs_nobody_a_try(put: Put, settings: object, now: datetime) -> None:
    delivery = put()
    settings.MAILERS = {
        "default": {
            "BACKEND": "core.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 1, "timeout": 1},
        }
    }

    assert deliver_due(now=now) == {"unreachable": 1}
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.lease_id) == (Delivery.State.PENDING, 0, None)
    assert now < delivery.next_attempt_at < now + timedelta(minutes=1)


def test_a_broken_message_delays_nobody_else(
    put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    def broken(notification: Notification, now: datetime) -> None:
        raise ZeroDivisionError

    kind_of("broken", prepare=broken)
    put("a", kind="broken")
    put("b")

    assert deliver_due(now=now) == {"failed": 1, "sent": 1}
    assert Delivery.objects.get(notification__kind="broken", channel="email").reason == "error"


def test_nobody_else_gets_what_is_leased(put: Put, now: datetime) -> None:
    put()

    first, second = claim(now=now), claim(now=now)

    assert (len(first), len(second)) == (1, 0)


def test_a_lease_that_ran_out_is_claimed_again(put: Put, sink: MailSink, now: datetime) -> None:
    put()
    (dead_mans,) = claim(now=now, lease=timedelta(seconds=60))

    assert deliver_due(now=now + timedelta(seconds=59)) == {}
    assert deliver_due(now=now + timedelta(seconds=61)) == {"sent": 1}
    assert still_ours([dead_mans]) == []


def test_a_mark_without_the_lease_changes_nothing(put: Put, now: datetime) -> None:
    delivery = put()
    (slow,) = claim(now=now, lease=timedelta(seconds=1))
    claim(now=now + timedelta(seconds=2))

    assert marks.move_on(slow, None, now=now, lease=LEASE) == set()
    assert marks.move_on(None, slow, now=now, lease=LEASE) == set()
    delivery.refresh_from_db()
    assert delivery.state == Delivery.State.PENDING


def test_nothing_before_its_time(put: Put, sink: MailSink, now: datetime) -> None:
    put()

    assert deliver_due(now=now - timedelta(seconds=1)) == {}


def test_what_is_sent_and_what_is_begun_are_marked_together(put: Put, now: datetime) -> None:
    put("a")
    put("b")
    first, second = claim(now=now)
    assert marks.move_on(None, first, now=now, lease=LEASE) == {first.pk}

    assert marks.move_on(first, second, now=now, lease=LEASE) == {first.pk, second.pk}

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.attempts, first.lease_id) == (Delivery.State.SENT, 1, None)
    assert (second.state, second.attempts, second.leased_until) == (Delivery.State.PENDING, 1, now + LEASE)
    assert second.message_id
    assert second.message_id != first.message_id


def test_what_is_not_ours_any_more_takes_nothing_with_it(put: Put, now: datetime) -> None:
    put("a")
    put("b")
    first, second = claim(now=now)
    Delivery.objects.filter(pk=second.pk).update(lease_id=None, leased_until=None)

    assert marks.move_on(first, second, now=now, lease=LEASE) == {first.pk}

    second.refresh_from_db()
    assert second.attempts == 0
