"""One reminder per local occurrence, over every clock change (promise R5)."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from accounts.models import User
from accounts.services.profile import change_settings
from core import clock
from notifications.models import Notification
from plans.models import Cue, DayChange, Enrollment
from reminders.lookups.cues import DueCue, look_at_changes, look_at_cues
from reminders.services.planning import plan_reminders
from tests.kit.cast import make_person
from tests.reminders.conftest import follow, make_template, put_on

pytestmark = pytest.mark.django_db

EVERY_DAY = range(7)
MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)
TICK = timedelta(minutes=15)

# (zone, first local day of a sweep over a change, wall time, local days that must be reminded)
SWEEPS = [
    ("Europe/Berlin", date(2026, 3, 28), time(2, 30), [28, 29]),  # skipped on the 29th
    ("Europe/Berlin", date(2026, 10, 24), time(2, 30), [24, 25]),  # twice on the 25th
    ("America/New_York", date(2026, 3, 7), time(2, 15), [7, 8]),
    ("America/New_York", date(2026, 10, 31), time(1, 45), [31, 1]),
    ("Australia/Lord_Howe", date(2026, 10, 3), time(2, 15), [3, 4]),  # half an hour
    ("Australia/Lord_Howe", date(2026, 4, 4), time(1, 45), [4, 5]),
    ("Asia/Kolkata", date(2026, 3, 28), time(0, 5), [28, 29]),  # never changes, half an hour off
    ("Pacific/Apia", date(2011, 12, 29), time(8, 0), [29, 31]),  # the 30th did not exist
    ("Europe/Berlin", date(2026, 3, 28), time(23, 55), [28, 29]),
]


def due_cues(*, now: datetime) -> list[DueCue]:
    """Return what a look at everything finds due; planners look only where something comes round."""
    cues, changes = (model.objects.values_list("pk", flat=True) for model in (Cue, DayChange))
    looks = [*look_at_cues(cues, now=now), *look_at_changes(changes, now=now)]
    return [look.due for look in looks if look.due is not None]


@pytest.mark.parametrize(("zone", "first", "wall", "days"), SWEEPS)
def test_exactly_one_per_local_occurrence(zone: str, first: date, wall: time, days: list[int]) -> None:
    start = clock.instant_of(first, time(0, 0), zone)
    end = clock.instant_of(first + timedelta(days=3 if zone == "Pacific/Apia" else 2), time(0, 0), zone)
    person = make_person("mika", time_zone=zone)
    follow(person, *[(weekday, wall) for weekday in EVERY_DAY], created_at=start)

    tick = start
    while tick <= end:
        plan_reminders(now=tick)
        tick += TICK

    told = Notification.objects.order_by("occurrence").values_list("occurrence", flat=True)
    assert [date.fromisoformat(day).day for day in told] == days


@pytest.mark.parametrize(
    ("now", "is_due"),
    [
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), False),  # 01:59 in Berlin
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), True),  # 03:00: the first time after the gap
    ],
)
def test_a_skipped_time_is_due_when_the_clock_has_jumped(now: datetime, is_due: bool) -> None:
    follow(make_person("mika"), (6, time(2, 30)))

    assert bool(list(due_cues(now=now))) == is_due


def test_each_in_their_own_zone() -> None:
    template = make_template()
    for name, zone in [("anna", "Europe/Berlin"), ("ravi", "Asia/Kolkata"), ("lou", "America/New_York")]:
        follow(make_person(name, time_zone=zone), (1, time(10, 0)), template=template)
    ten_in_kolkata = datetime(2026, 3, 10, 4, 30, tzinfo=UTC)

    due = list(due_cues(now=ten_in_kolkata))

    assert [cue.person_id for cue in due] == [User.objects.get(email="ravi@people.example").pk]
    assert due[0].due_at == ten_in_kolkata


def test_for_two_hours_and_not_a_second_more(now: datetime) -> None:
    follow(make_person("mika"), (1, time(10, 0)))  # it is ten o'clock

    assert len(list(due_cues(now=now - timedelta(seconds=1)))) == 0
    assert len(list(due_cues(now=now))) == 1
    assert len(list(due_cues(now=now + timedelta(minutes=119, seconds=59)))) == 1
    assert len(list(due_cues(now=now + timedelta(hours=2)))) == 0


def test_around_midnight() -> None:
    follow(make_person("mika"), (1, time(23, 30)))  # Tuesday the 10th
    half_past_midnight = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)

    (due,) = due_cues(now=half_past_midnight)

    assert due.day == date(2026, 3, 10)


@pytest.mark.parametrize(
    "fields",
    [
        {"ended_at": datetime(2026, 3, 1, tzinfo=UTC)},
        {"starts_on": date(2026, 3, 11)},
        {"created_at": datetime(2026, 3, 10, 9, 1, tzinfo=UTC)},  # chosen after the time had passed
    ],
)
def test_not_when(fields: dict, now: datetime) -> None:
    follow(make_person("mika"), (1, time(10, 0)), **fields)

    assert not list(due_cues(now=now + timedelta(minutes=5)))


@pytest.mark.parametrize(("chosen", "is_due"), [(time(9, 59), True), (time(10, 1), False)])
def test_a_time_that_had_passed_when_it_was_chosen_is_for_next_week(chosen: time, is_due: bool, now: datetime) -> None:
    enrollment = follow(make_person("mika"), (1, time(10, 0)))
    enrollment.cues.update(chosen_at=clock.instant_of(TUESDAY, chosen, "Europe/Berlin"))

    assert bool(list(due_cues(now=now + timedelta(minutes=5)))) == is_due


def test_not_after_the_account_was_closed(now: datetime) -> None:
    follow(make_person("mika", is_active=False), (1, time(10, 0)))

    assert not list(due_cues(now=now))


@pytest.mark.parametrize("count", [1, 3])
def test_one_query_for_cues_and_one_for_moved_steps(
    count: int, now: datetime, django_assert_num_queries: Callable
) -> None:
    template = make_template()
    for n in range(count):
        follow(make_person(f"p{n}"), (1, time(10, 0)), template=template)
        put_on(follow(make_person(f"q{n}"), (0, time(10, 0)), template=template), MONDAY, TUESDAY)

    with django_assert_num_queries(2):
        assert len(list(due_cues(now=now))) == 2 * count


@pytest.mark.parametrize(
    ("at_time", "due_at"),
    [
        (None, datetime(2026, 3, 10, 8, 0, tzinfo=UTC)),  # at nine, as on the Monday it was planned for
        (time(9, 30), datetime(2026, 3, 10, 8, 30, tzinfo=UTC)),
    ],
)
def test_a_step_that_was_moved_is_due_on_its_new_day(at_time: time | None, due_at: datetime, now: datetime) -> None:
    put_on(follow(make_person("mika"), (0, time(9, 0))), MONDAY, TUESDAY, at_time=at_time)

    (due,) = due_cues(now=now)

    assert (due.day, due.due_at) == (TUESDAY, due_at)


def test_a_moved_step_without_any_time_reminds_nobody(now: datetime) -> None:
    put_on(follow(make_person("mika"), (4, time(9, 0))), MONDAY, TUESDAY)

    assert not list(due_cues(now=now))


def test_a_step_moved_after_the_time_had_passed_reminds_nobody(now: datetime) -> None:
    put_on(follow(make_person("mika"), (0, time(9, 0))), MONDAY, TUESDAY, created_at=now)

    assert not list(due_cues(now=now))


@pytest.mark.parametrize(
    ("day", "wall", "days"),
    [
        (date(2026, 3, 29), time(2, 30), [29]),  # skipped
        (date(2026, 10, 25), time(2, 30), [25]),  # twice
    ],
)
def test_a_moved_step_over_a_clock_change_is_told_once(day: date, wall: time, days: list[int]) -> None:
    start = clock.instant_of(day, time(0, 0), "Europe/Berlin")
    put_on(follow(make_person("mika")), day - timedelta(days=1), day, at_time=wall, created_at=start)

    for quarter in range(100):
        plan_reminders(now=start + quarter * TICK)

    told = Notification.objects.values_list("occurrence", flat=True)
    assert [date.fromisoformat(occurrence).day for occurrence in told] == days


def test_a_cue_and_a_moved_step_of_one_plan_and_day_are_one_reminder(now: datetime) -> None:
    put_on(follow(make_person("mika"), (0, time(9, 0)), (1, time(9, 30))), MONDAY, TUESDAY)

    plan_reminders(now=now)

    assert Notification.objects.count() == 1


def test_moving_to_another_zone_does_not_remind_twice_of_one_day(mika: User, now: datetime) -> None:
    follow(mika, (1, time(10, 0)))
    plan_reminders(now=now)
    change_settings(person=mika, changes={"time_zone": "America/New_York"})

    plan_reminders(now=now + timedelta(hours=5))  # ten o'clock in New York, the same day

    assert Notification.objects.count() == 1
    assert Enrollment.objects.count() == 1
