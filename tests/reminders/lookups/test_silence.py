"""Somebody noticed: once a silence, in days of the person's zone, with their own words, and never during a pause."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from accounts.models import User
from groups.company import told_at
from groups.models import Attendance, Buddies, BuddyWord, Membership, Noticer, Rsvp
from groups.services.noticers import agree_to_notice, ask_to_notice
from notifications.models import Notification
from notifications.services.delivery import deliver_due
from plans.models import Pause, SessionLog
from reminders.lookups.silence import due_silences
from reminders.services.planning import plan_reminders
from tests.kit.cast import make_group
from tests.kit.mail_sink import MailSink
from tests.kit.world import make_event
from tests.notifications.conftest import make_reachable
from tests.plans.kit import make_type

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORDS = "Ask me out for ginger tea."


def on(day: int, hour: int = 12) -> datetime:
    return START.replace(hour=hour) + timedelta(days=day)


@pytest.fixture
def friend(db: None) -> User:
    return make_reachable("friend")


@pytest.fixture
def noticer(mika: User, friend: User) -> Noticer:
    """Mika's friend agreed on the first day, to a silence of five days."""
    group = make_group()
    for person in (mika, friend):
        Membership.objects.create(group=group, person=person)
    asked = ask_to_notice(person=mika, friend=friend, after_days=5, words=WORDS, now=START)
    agree_to_notice(noticer=asked, person=friend, now=START)
    asked.refresh_from_db()
    return asked


def log(person: User, day: int) -> None:
    SessionLog.objects.create(
        person=person, exercise_type=make_type("walking"), minutes=10, intensity="light", done_at=on(day),
        local_on=date(2026, 3, 2) + timedelta(days=day), created_at=on(day),
    )  # fmt: skip


def days_told(until: int) -> list[int]:
    """Plan at night, by day and in the evening; return the days on which a message was written."""
    told = []
    for day in range(until):
        for hour in (3, 12, 21):
            before = Notification.objects.filter(kind="silence").count()
            plan_reminders(now=on(day, hour))
            if Notification.objects.filter(kind="silence").count() > before:
                told.append(day)
    return told


def test_after_so_many_quiet_days_once(noticer: Noticer) -> None:
    assert days_told(20) == [5]
    noticer.refresh_from_db()
    assert noticer.asked_on == date(2026, 3, 7)


def test_another_silence_is_another_message(mika: User, noticer: Noticer) -> None:
    assert days_told(7) == [5]
    log(mika, 8)
    assert days_told(20) == [13]


def _answer(person: User, day: int) -> None:
    event = make_event(make_group(slug="ferns"), on(day))
    Rsvp.objects.create(event=event, person=person, status="declined", answered_at=on(day))


def _turn_out(person: User, day: int) -> None:
    starts_at = on(day)
    event = make_event(make_group(slug="ferns"), on(0), starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    Attendance.objects.create(event=event, person=person)


def _word(person: User, day: int) -> None:
    pair = Buddies.objects.create(asked_by=person, asked=User.objects.get(email__startswith="friend"), agreed_at=START)
    BuddyWord.objects.create(buddies=pair, person=person, local_on=on(day).date(), word="not_today")


@pytest.mark.parametrize("sign", [log, _answer, _turn_out, _word])
def test_every_sign_ends_the_silence(mika: User, noticer: Noticer, sign: Any) -> None:
    sign(mika, 3)

    assert days_told(8) == []
    assert days_told(9) == [8]


def test_never_during_a_pause_and_counted_from_its_end(mika: User, noticer: Noticer) -> None:
    Pause.objects.create(person=mika, starts_on=date(2026, 3, 4), ends_on=date(2026, 3, 12))

    assert days_told(30) == [15]


@pytest.mark.parametrize("change", [{"suspended_until": on(90)}, {"banned_at": START}, {"is_active": False}])
def test_not_of_somebody_who_cannot_take_part(mika: User, noticer: Noticer, change: dict[str, Any]) -> None:
    User.objects.filter(pk=mika.pk).update(**change)

    assert not list(due_silences(now=on(9)))


def test_not_before_the_friend_agreed(noticer: Noticer) -> None:
    Noticer.objects.update(agreed_at=None)

    assert days_told(9) == []


def test_days_are_those_of_the_person(mika: User, noticer: Noticer) -> None:
    User.objects.filter(pk=mika.pk).update(time_zone="Pacific/Auckland")

    first = next(on(day, hour) for day in range(9) for hour in range(24) if list(due_silences(now=on(day, hour))))

    assert first == datetime(2026, 3, 7, 21, tzinfo=UTC)  # 10 o'clock on the eighth in Auckland


def test_the_friend_reads_the_words_and_the_person_sees_that_it_was_sent(noticer: Noticer, sink: MailSink) -> None:
    plan_reminders(now=on(5))

    deliver_due(now=on(5))

    (mail,) = [mail for mail in sink.mails if "hello would" in mail.subject]
    assert mail.message["To"] == "friend@people.example"
    for body in (mail.text, mail.html):
        assert WORDS in body
        assert "quiet for 5 days" in " ".join(body.split())
    told = told_at(noticer)
    assert told is not None
    assert on(5) <= told < on(5, 13)


def test_not_sent_when_they_were_heard_from_meanwhile(mika: User, noticer: Noticer, sink: MailSink) -> None:
    plan_reminders(now=on(5))
    log(mika, 5)

    deliver_due(now=on(5))

    assert not [mail for mail in sink.mails if "hello would" in mail.subject]
    assert told_at(noticer) is None
