"""One look back for each person and week, on the last evening of their own week, over every clock change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core import clock
from notifications.models import Notification
from plans.models import SessionLog
from reminders.services.seldom import plan_seldom
from tests.kit.cast import make_person
from tests.plans.kit import make_type

pytestmark = pytest.mark.django_db

TICK = timedelta(hours=3)
# (zone, first day of a sweep of two weeks over a change, first weekday)
SWEEPS = [
    ("Europe/Berlin", date(2026, 3, 23), 0),  # the clocks change on the last day of the week
    ("Europe/Berlin", date(2026, 10, 19), 0),
    ("America/New_York", date(2026, 3, 2), 6),
    ("America/New_York", date(2026, 10, 26), 0),
    ("Australia/Lord_Howe", date(2026, 9, 28), 0),
    ("Asia/Kolkata", date(2026, 3, 23), 6),
    ("Pacific/Apia", date(2011, 12, 19), 5),  # the week ends on a Friday, and the 30th did not exist
]


def note(person: User, day: date) -> SessionLog:
    return SessionLog.objects.create(
        person=person, exercise_type=make_type("walking"), minutes=10, intensity="light",
        done_at=clock.instant_of(day, time(12), person.time_zone), local_on=day,
    )  # fmt: skip


def told() -> list[tuple[str, datetime]]:
    return list(Notification.objects.filter(kind="look_back").order_by("due_at").values_list("occurrence", "due_at"))


@pytest.mark.parametrize(("zone", "start", "first_weekday"), SWEEPS)
def test_exactly_one_for_each_week(zone: str, start: date, first_weekday: int) -> None:
    person = make_person("mika", time_zone=zone, first_weekday=first_weekday)
    days = [start + timedelta(days=number) for number in range(14)]
    for day in days:
        note(person, day)

    tick, end = clock.instant_of(start, time(0), zone), clock.instant_of(days[-1] + timedelta(days=1), time(0), zone)
    while tick < end:
        plan_seldom(now=tick)
        tick += TICK

    weeks = [clock.week_of(day, first_weekday) for day in days]
    over = sorted({first for first, last in weeks if last in days})
    assert [first for first, _ in told()] == [first.isoformat() for first in over]
    for first, due_at in told():
        last = date.fromisoformat(first) + timedelta(days=6)
        assert timedelta(0) <= due_at - clock.instant_of(last, time(18), zone) < TICK


def test_not_before_six_and_the_next_morning_still_after_an_outage() -> None:
    person = make_person("mika")
    note(person, date(2026, 3, 4))
    sunday_at_six = datetime(2026, 3, 8, 17, 0, tzinfo=UTC)

    plan_seldom(now=sunday_at_six - timedelta(seconds=1))
    assert told() == []
    plan_seldom(now=sunday_at_six + timedelta(hours=16))
    assert told() == []  # the afternoon after is another week
    plan_seldom(now=sunday_at_six + timedelta(hours=15))
    assert [first for first, _ in told()] == ["2026-03-02"]


@pytest.mark.parametrize("fields", [{"is_active": False}, {"banned_at": datetime(2026, 3, 1, tzinfo=UTC)}, {}])
def test_nobody_is_told_of_an_empty_week_or_a_closed_account(fields: dict[str, object]) -> None:
    person = make_person("mika", **fields)
    note(person, date(2026, 3, 4) if fields else date(2026, 3, 1))

    plan_seldom(now=datetime(2026, 3, 8, 17, 0, tzinfo=UTC))

    assert told() == []


def test_as_many_queries_for_one_as_for_three() -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            plan_seldom(now=datetime(2026, 3, 8, 17, 0, tzinfo=UTC))
        return len(queries)

    note(make_person("mika"), date(2026, 3, 4))
    one = count()
    for name, zone in [("anna", "Europe/Berlin"), ("lou", "Europe/Paris"), ("ida", "Africa/Algiers")]:
        note(make_person(name, time_zone=zone), date(2026, 3, 5))

    assert count() == one
    assert len(told()) == 4
