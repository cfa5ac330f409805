"""Who has gone quiet is invited back on a few days, further apart each time, by day, and never during a pause."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from groups.models import Attendance, Rsvp
from notifications.models import Notification
from plans.models import DayChange, Enrollment, Pause, SessionLog
from reminders.coming_back import DAYS
from reminders.services.seldom import plan_seldom
from tests.kit.cast import make_group, make_person
from tests.kit.world import make_event
from tests.plans.kit import make_type
from tests.reminders.conftest import follow

pytestmark = pytest.mark.django_db

FIRST = date(2026, 3, 2)


def at(day: int, hour: int = 12, zone: str = "Europe/Berlin") -> datetime:
    return clock.instant_of(FIRST + timedelta(days=day), time(hour), zone)


def note(person: User, day: int = 0) -> SessionLog:
    return SessionLog.objects.create(
        person=person, exercise_type=make_type("walking"), minutes=10, intensity="light",
        done_at=at(day), local_on=FIRST + timedelta(days=day), created_at=at(day),
    )  # fmt: skip


def invited() -> list[str]:
    return list(Notification.objects.filter(kind="come_back").order_by("due_at").values_list("occurrence", flat=True))


def days_invited(until: int, *, begin: int = 0, hours: tuple[int, ...] = (3, 12, 21)) -> list[int]:
    """Plan at night, by day and in the evening; return the days on which a message was written."""
    found = []
    for day in range(begin, until):
        for hour in hours:
            before = len(invited())
            plan_seldom(now=at(day, hour))
            found += [day] * (len(invited()) - before)
    return found


@pytest.fixture
def quiet(mika: User) -> User:
    """Mika follows a plan, and did something on the first day."""
    follow(mika, created_at=at(-9), starts_on=FIRST - timedelta(days=9))
    note(mika)
    return mika


def test_rarer_the_longer_it_lasts_and_then_no_more(quiet: User) -> None:
    assert days_invited(125, hours=(12,)) == list(DAYS)
    assert days_invited(235, begin=218, hours=(12,)) == []


def test_by_day_alone(quiet: User) -> None:
    assert days_invited(7, hours=(0, 3, 9, 20, 23)) == []
    assert days_invited(7, hours=(10,)) == [5]


def test_a_day_without_a_planner_is_made_good_on_the_next(quiet: User) -> None:
    plan_seldom(now=at(6))
    assert invited() == ["2026-03-02/5"]


def test_who_began_a_plan_and_noted_nothing_is_invited_too(mika: User) -> None:
    follow(mika, created_at=at(0), starts_on=FIRST)

    assert days_invited(13) == [5, 12]


def test_a_log_begins_another_silence(quiet: User) -> None:
    assert days_invited(7) == [5]
    note(quiet, 7)

    assert days_invited(20, begin=7) == [12, 19]


def answer(person: User, day: int) -> None:
    event = make_event(make_group(slug="ferns"), at(0))
    Rsvp.objects.create(event=event, person=person, status="declined", answered_at=at(day))


def turn_out(person: User, day: int) -> None:
    event = make_event(make_group(slug="ferns"), at(0), starts_at=at(day), ends_at=at(day) + timedelta(hours=1))
    Attendance.objects.create(event=event, person=person)


def move(person: User, day: int) -> None:
    plan = Enrollment.objects.get(person=person)
    DayChange.objects.create(enrollment=plan, planned_on=FIRST, moved_to=None, created_at=at(day))


@pytest.mark.parametrize("sign", [answer, turn_out, move])
def test_any_sign_since_the_last_invitation_keeps_the_next(sign: Callable[[User, int], None], quiet: User) -> None:
    assert days_invited(8) == [5]
    sign(quiet, 8)

    assert days_invited(28, begin=8) == [26]


def test_a_pause_silences_it_and_its_end_begins_another_silence(quiet: User) -> None:
    Pause.objects.create(person=quiet, starts_on=FIRST + timedelta(days=3), ends_on=FIRST + timedelta(days=20))

    assert days_invited(34, hours=(12,)) == [25, 32]


def test_a_pause_without_an_end_silences_it_for_good(quiet: User) -> None:
    Pause.objects.create(person=quiet, starts_on=FIRST + timedelta(days=3))

    assert days_invited(60, hours=(12,)) == []


def test_who_stopped_the_plan_or_is_going_somewhere_is_left_alone(quiet: User) -> None:
    Enrollment.objects.update(ended_at=at(0))
    assert days_invited(14, hours=(12,)) == []
    Enrollment.objects.update(ended_at=None)
    event = make_event(make_group(slug="ferns"), at(0), starts_at=at(60), ends_at=at(60, 13))
    Rsvp.objects.create(event=event, person=quiet, status="going", answered_at=at(0))
    assert days_invited(14, hours=(12,)) == []


# (zone, day of the last log, so that an invitation falls on or beside a clock change)
SWEEPS = [
    ("Europe/Berlin", date(2026, 3, 24)),
    ("Europe/Berlin", date(2026, 10, 20)),
    ("America/New_York", date(2026, 3, 3)),
    ("America/New_York", date(2026, 10, 27)),
    ("Australia/Lord_Howe", date(2026, 9, 29)),
    ("Australia/Lord_Howe", date(2026, 3, 31)),
    ("Asia/Kolkata", date(2026, 3, 24)),
    ("Pacific/Apia", date(2011, 12, 25)),  # the fifth day did not exist
]


@pytest.mark.parametrize(("zone", "last_on"), SWEEPS)
def test_exactly_one_over_a_clock_change(zone: str, last_on: date) -> None:
    person = make_person("mika", time_zone=zone)
    noon = clock.instant_of(last_on, time(12), zone)
    kind = make_type("walking")
    SessionLog.objects.create(
        person=person, exercise_type=kind, minutes=10, intensity="light",
        done_at=noon, local_on=last_on, created_at=noon,
    )  # fmt: skip

    for number in range(8 * 7):
        plan_seldom(now=noon + number * timedelta(hours=3))

    assert invited() == [f"{last_on.isoformat()}/5"]
    (due_at,) = Notification.objects.filter(kind="come_back").values_list("due_at", flat=True)
    local = due_at.astimezone(ZoneInfo(zone))
    assert 10 <= local.hour <= 12
    assert local.date() == (date(2011, 12, 31) if zone == "Pacific/Apia" else last_on + timedelta(days=5))


def test_as_many_queries_for_one_as_for_three() -> None:
    def count(day: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            plan_seldom(now=at(day))
        return len(queries)

    note(make_person("mika"))
    one = count(5)
    for name in ("anna", "lou", "ida"):
        note(make_person(name), 30)

    assert count(35) == one
    assert len(invited()) == 4
