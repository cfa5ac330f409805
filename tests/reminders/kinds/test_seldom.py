"""The look back and the invitation, decided when they are sent; nothing of health in either."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import User
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from plans.models import Enrollment, Pause, SessionLog
from reminders.services.seldom import plan_seldom
from tests.kit.cast import make_person
from tests.kit.mail_sink import MailSink
from tests.plans.kit import make_type
from tests.reminders.conftest import follow

pytestmark = pytest.mark.django_db

SUNDAY_AT_SIX = datetime(2026, 3, 8, 17, 0, tzinfo=UTC)
FIFTH_DAY = datetime(2026, 3, 9, 11, 0, tzinfo=UTC)
UNKIND = ("mood", "depress", "anxi", "activation", "minutes", "walking")


def note(person: User, day: date = date(2026, 3, 4)) -> SessionLog:
    at = datetime.combine(day, time(12), UTC)
    return SessionLog.objects.create(
        person=person, exercise_type=make_type("walking"), minutes=10, intensity="light",
        done_at=at, local_on=day, created_at=at,
    )  # fmt: skip


def send(now: datetime) -> Delivery:
    plan_seldom(now=now)
    deliver_due(now=now + timedelta(seconds=5))
    return Delivery.objects.get(channel="email")


def test_the_look_back_is_a_line_and_a_link(mika: User, sink: MailSink) -> None:
    note(mika)

    assert send(SUNDAY_AT_SIX).state == Delivery.State.SENT

    (mail,) = sink.mails
    assert "http://127.0.0.1:8000/plans/weeks/2026-03-02/back/" in mail.text.splitlines()
    assert not any(word in (mail.text + mail.html).lower() for word in UNKIND)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda: SessionLog.objects.all().delete(), "nothing_to_tell"),
        (lambda: Pause.objects.create(person=User.objects.get(), starts_on=date(2026, 3, 7)), "paused"),
        (lambda: User.objects.update(first_weekday=6), "week_changed"),
        (lambda: User.objects.update(weekly_message_budget=0), "weekly_budget"),
    ],
)
def test_a_look_back_is_held_when(change: Callable, reason: str, mika: User, sink: MailSink) -> None:
    note(mika)
    plan_seldom(now=SUNDAY_AT_SIX)
    change()

    deliver_due(now=SUNDAY_AT_SIX)

    assert (Delivery.objects.get(channel="email").state, Delivery.objects.get(channel="email").reason) == (
        Delivery.State.SUPPRESSED,
        reason,
    )
    assert sink.attempts == 0


def test_one_plan_that_rests_does_not_hold_it_and_all_of_them_do(mika: User, sink: MailSink) -> None:
    note(mika)
    plan = follow(mika)
    pause = Pause.objects.create(person=mika, enrollment=plan, starts_on=date(2026, 3, 7))
    assert send(SUNDAY_AT_SIX).reason == "paused"

    Delivery.objects.all().delete()
    pause.delete()
    plan_seldom(now=SUNDAY_AT_SIX)
    assert not Delivery.objects.exists()  # one for a week, whatever came of it


def test_in_quiet_hours_it_waits_for_the_morning(mika: User, sink: MailSink) -> None:
    User.objects.update(quiet_from=time(17))
    note(mika)

    assert send(SUNDAY_AT_SIX).reason == "quiet_hours"
    deliver_due(now=datetime(2026, 3, 9, 6, 0, tzinfo=UTC))
    assert Delivery.objects.get(channel="email").state == Delivery.State.SENT


def test_the_invitation_is_in_their_own_words(mika: User, sink: MailSink) -> None:
    follow(mika, starts_on=date(2026, 2, 1), created_at=datetime(2026, 2, 1, tzinfo=UTC), obstacle_text="it rains",
           instead_text="walk the stairs")  # fmt: skip
    note(mika)

    assert send(FIFTH_DAY).state == Delivery.State.SENT

    (mail,) = sink.mails
    assert mail.subject == "Hello, whenever it suits you"
    assert "When I have put the kettle on, then walk to the corner." in mail.text
    assert "If it rains, then walk the stairs." in mail.text
    assert not any(word in (mail.text + mail.html).lower() for word in UNKIND)
    assert "!" not in mail.text


def test_without_words_of_their_own_it_says_so_little(mika: User, sink: MailSink) -> None:
    note(mika)

    assert send(FIFTH_DAY).state == Delivery.State.SENT
    assert "You once wrote" not in sink.mails[0].text


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda: note(User.objects.get(), date(2026, 3, 9)), "heard_from"),
        (lambda: Pause.objects.create(person=User.objects.get(), starts_on=date(2026, 3, 9)), "paused"),
        (lambda: Enrollment.objects.update(ended_at=FIFTH_DAY), "heard_from"),
        (lambda: User.objects.update(banned_at=FIFTH_DAY), "heard_from"),
        (lambda: User.objects.update(weekly_message_budget=0), "weekly_budget"),
    ],
)
def test_an_invitation_is_held_when(change: Callable, reason: str, mika: User, sink: MailSink) -> None:
    follow(mika, starts_on=date(2026, 2, 1), created_at=datetime(2026, 2, 1, tzinfo=UTC))
    note(mika)
    plan_seldom(now=FIFTH_DAY)
    change()

    deliver_due(now=FIFTH_DAY)

    assert (Delivery.objects.get(channel="email").state, Delivery.objects.get(channel="email").reason) == (
        Delivery.State.SUPPRESSED,
        reason,
    )


def test_what_another_person_did_changes_nothing(mika: User, sink: MailSink) -> None:
    note(mika)
    note(make_person("anna"), date(2026, 3, 9))

    assert send(FIFTH_DAY).state == Delivery.State.SENT
