"""What a reminder says, and what it must not: decided when it is sent."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.utils import translation

from accounts.models import User
from groups.models import Event, Group, Membership, Rsvp
from notifications import kinds
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from plans.models import Cue, Enrollment, Pause, SessionLog
from reminders.lookups.day import LEFT_TO_ANOTHER
from reminders.services.planning import plan_reminders
from tests.kit.mail_sink import MailSink
from tests.plans.kit import make_type
from tests.reminders.conftest import follow, make_template, put_on

pytestmark = pytest.mark.django_db


def log(day: date) -> None:
    enrollment = Enrollment.objects.get()
    kind = make_type("walking")
    SessionLog.objects.create(
        person=enrollment.person,
        enrollment=enrollment,
        exercise_type=kind,
        minutes=10,
        intensity="light",
        done_at=datetime(2026, 3, 10, 8, tzinfo=UTC),
        local_on=day,
    )


def move() -> None:
    event = Event.objects.get()
    Event.objects.update(starts_at=event.starts_at + timedelta(minutes=30))


def ban() -> None:
    Membership.objects.update(banned_at=datetime(2026, 3, 10, tzinfo=UTC))


def pause(**fields: Any) -> None:
    enrollment = Enrollment.objects.get()
    Pause.objects.create(person=enrollment.person, starts_on=date(2026, 3, 1), **fields)


def like(times_a_week: int, *logged_on: date) -> None:
    """Follow so many times a week, with these days noted."""
    Enrollment.objects.update(times_a_week=times_a_week)
    for day in logged_on:
        log(day)


def tell(now: datetime) -> Delivery:
    """Plan and send at `now`; return the one delivery."""
    plan_reminders(now=now)
    deliver_due(now=now + timedelta(seconds=5))
    return Delivery.objects.get(channel="email")


def test_the_cue_quotes_their_sentence_and_no_health_detail(mika: User, sink: MailSink, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))

    tell(now)

    (mail,) = sink.mails
    assert mail.recipients == ("mika@people.example",)
    assert mail.subject == "It is the time you chose"
    assert "When I have put the kettle on, then walk to the corner." in mail.text
    assert "http://127.0.0.1:8000/" in mail.text.splitlines()
    assert "!" not in mail.text
    for word in ("mood", "depress", "anxi", "activation"):
        assert word not in mail.source.decode().lower()


@pytest.mark.parametrize("ways", [["inbox", "email"], ["email", "inbox"]])
def test_it_goes_by_every_way_whichever_comes_first(ways: list[str], mika: User, sink: MailSink, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))
    plan_reminders(now=now)

    outcomes = [deliver_due(now=now, channel=way) for way in ways]

    assert outcomes == [{"sent": 1}, {"sent": 1}]
    assert len(sink.mails) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda: Enrollment.objects.update(ended_at=datetime(2026, 3, 10, 9, tzinfo=UTC)), "plan_ended"),
        (lambda: Cue.objects.all().delete(), "cue_removed"),
        (lambda: log(date(2026, 3, 10)), "already_done"),
        (lambda: Enrollment.objects.all().delete(), "gone"),
        (pause, "paused"),
        (lambda: pause(ends_on=date(2026, 3, 10)), "paused"),
        (lambda: pause(enrollment=Enrollment.objects.get()), "paused"),
        (lambda: put_on(Enrollment.objects.get(), date(2026, 3, 10), None), "resting"),
        (lambda: put_on(Enrollment.objects.get(), date(2026, 3, 10), date(2026, 3, 11)), "moved"),
        (lambda: like(1, date(2026, 3, 9)), "enough_this_week"),
    ],
)
def test_a_cue_is_held_when(change: Callable, reason: str, mika: User, sink: MailSink, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))
    plan_reminders(now=now)
    change()

    deliver_due(now=now)

    assert Delivery.objects.get(channel="email").reason == reason
    assert sink.attempts == 0


@pytest.mark.parametrize(
    "change",
    [
        lambda: pause(ends_on=date(2026, 3, 9)),
        lambda: like(2, date(2026, 3, 9)),
        lambda: like(1, date(2026, 3, 8)),  # the Sunday of last week
        lambda: put_on(Enrollment.objects.get(), date(2026, 3, 12), date(2026, 3, 13)),
    ],
)
def test_a_cue_is_told_all_the_same_when(change: Callable, mika: User, sink: MailSink, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))
    change()

    assert tell(now).state == Delivery.State.SENT


def test_the_week_begins_with_the_persons_first_day(mika: User, sink: MailSink, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))
    User.objects.update(first_weekday=6)
    like(1, date(2026, 3, 8))  # the Sunday that this week began with

    assert tell(now).reason == "enough_this_week"


def test_a_moved_step_is_reminded_of_on_its_new_day(mika: User, sink: MailSink, now: datetime) -> None:
    put_on(follow(mika, (0, time(10, 0))), date(2026, 3, 9), date(2026, 3, 10))

    assert tell(now).state == Delivery.State.SENT


@pytest.mark.parametrize(
    ("done_on", "reason"),
    [
        (date(2026, 3, 8), "already_done"),  # between the day it was planned for and its new one
        (date(2026, 3, 6), ""),  # before it came up
        (date(2026, 3, 9), ""),  # that day has a step of its own
    ],
)
def test_a_moved_step_that_was_done_meanwhile(
    done_on: date, reason: str, mika: User, sink: MailSink, now: datetime
) -> None:
    put_on(follow(mika, (5, time(10, 0)), (0, time(10, 0))), date(2026, 3, 7), date(2026, 3, 10))
    log(done_on)

    assert tell(now).reason == reason


def test_a_day_with_a_step_of_its_own_is_told_whatever_was_moved_to_it(
    mika: User, sink: MailSink, now: datetime
) -> None:
    put_on(follow(mika, (5, time(10, 0)), (1, time(10, 0))), date(2026, 3, 7), date(2026, 3, 10))
    log(date(2026, 3, 8))

    assert tell(now).state == Delivery.State.SENT


def test_a_pause_silences_every_plan_and_sends_nothing_afterwards(mika: User, sink: MailSink, now: datetime) -> None:
    for slug in ("one", "two"):
        follow(mika, *[(day, time(10, 0)) for day in range(7)], template=make_template(slug))
    Pause.objects.create(person=mika, starts_on=date(2026, 3, 10))

    for days in range(30):
        plan_reminders(now=now + timedelta(days=days))
        deliver_due(now=now + timedelta(days=days, seconds=5))

    assert sink.attempts == 0
    assert set(Delivery.objects.filter(channel="email").values_list("reason", flat=True)) == {"paused"}


def test_what_was_done_yesterday_does_not_hold_todays(mika: User, sink: MailSink, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))
    log(date(2026, 3, 9))

    assert tell(now).state == Delivery.State.SENT


def test_the_same_tick_again_sends_nothing_again(mika: User, sink: MailSink, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))

    for seconds in (0, 15, 30, 3600):
        tell(now + timedelta(seconds=seconds))

    assert len(sink.mails) == 1


def test_the_event_in_my_time_and_at_the_place(going: Callable[..., Rsvp], sink: MailSink, now: datetime) -> None:
    going(now + timedelta(hours=2), zone="Asia/Kolkata")  # 12:00 in Berlin, 16:30 in Kolkata

    assert tell(now).state == Delivery.State.SENT

    (mail,) = sink.mails
    assert mail.subject == "Today, 12:00: see you there"
    assert mail.text.splitlines()[:2] == ["Today, 12:00", "Tuesday 10 March, 16:30 in Kolkata"]
    assert {"Easy river loop", "Morning Mosses", "By the rose garden"} <= set(mail.text.splitlines())
    assert "/groups/morning-mosses/" in mail.text


def test_the_same_clock_is_named_once(going: Callable[..., Rsvp], sink: MailSink, now: datetime) -> None:
    going(now + timedelta(hours=2), zone="Europe/Paris")

    tell(now)

    assert sink.mails[0].text.splitlines()[0] == "Today, 12:00"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda: Event.objects.update(status=Event.Status.CANCELLED), "event_cancelled"),
        (lambda: Rsvp.objects.update(status=Rsvp.Status.DECLINED), "not_going"),
        (move, "event_moved"),
        (ban, "not_visible"),
        (lambda: Rsvp.objects.all().delete(), "gone"),
    ],
)
def test_an_event_reminder_is_held_when(
    change: Callable, reason: str, going: Callable[..., Rsvp], sink: MailSink, now: datetime
) -> None:
    going(now + timedelta(hours=2))
    plan_reminders(now=now)
    change()

    deliver_due(now=now)

    assert Delivery.objects.get(channel="email").reason == reason
    assert sink.attempts == 0


def test_a_private_group_left_is_told_nothing(going: Callable[..., Rsvp], sink: MailSink, now: datetime) -> None:
    going(now + timedelta(hours=2))
    plan_reminders(now=now)
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    Membership.objects.update(left_at=now)

    deliver_due(now=now)

    assert Delivery.objects.get(channel="email").reason == "not_visible"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_reason_to_hold_a_cue_has_its_sentence(language: str) -> None:
    reasons = ["plan_ended", "cue_removed", "already_done", "paused", "resting", "moved", "enough_this_week"]
    held = kinds.get("session_cue").held

    with translation.override(language):
        sentences = [str(held[reason]) for reason in [*reasons, LEFT_TO_ANOTHER]]

    assert len(set(sentences)) == len(sentences)
    assert all(sentence.isascii() == (language == "en") for sentence in sentences)
