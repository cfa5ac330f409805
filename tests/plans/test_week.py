"""A week is the person's own: their zone, their first weekday, their target."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core import clock
from plans.services.logs import log_session
from plans.today import day_of
from plans.week import Dose, dose_of
from tests.kit.cast import Cast, make_person
from tests.plans.kit import make_type

rows = st.lists(
    st.tuples(
        st.sampled_from(["walking", "aerobic", "group-outdoor", "strength", "mindful"]),
        st.sampled_from(["light", "moderate", "vigorous"]),
        st.integers(min_value=1, max_value=1440),
    )
)
WEEK = {"first": date(2026, 3, 9), "last": date(2026, 3, 15), "target": 150}


def dose_of_week(person: User, *, now: datetime) -> Dose:
    return day_of(person, [], now=now).dose


@given(day=st.dates(), first=st.integers(min_value=0, max_value=6))
def test_a_week_begins_on_the_chosen_day_and_holds_today(day: date, first: int) -> None:
    if not date(2, 1, 1) < day < date(9999, 1, 1):
        return
    begins, ends = clock.week_of(day, first)
    assert begins.weekday() == first
    assert begins <= day <= ends == begins + timedelta(days=6)


@given(one=rows, other=rows)
def test_two_weeks_of_logs_add_up(one: list[Any], other: list[Any]) -> None:
    whole, parts = dose_of(one + other, **WEEK), [dose_of(one, **WEEK), dose_of(other, **WEEK)]
    for name in ("minutes", "light_minutes", "strength_sessions", "mindful_sessions"):
        assert getattr(whole, name) == sum(getattr(part, name) for part in parts)


@given(found=rows)
def test_strength_stands_beside_the_minutes(found: list[Any]) -> None:
    without = [row for row in found if row[0] != "strength"]
    assert dose_of(found, **WEEK).minutes == dose_of(without, **WEEK).minutes
    assert dose_of(found, **WEEK).strength_sessions == len(found) - len(without)


def note(person: User, kind: str, minutes: int, intensity: str, now: datetime) -> None:
    log_session(person=person, now=now, minutes=minutes, intensity=intensity, exercise_type=make_type(kind))


def test_vigorous_minutes_count_twice_and_light_ones_stand_beside(cast: Cast, now: datetime) -> None:
    note(cast.member, "walking", 30, "moderate", now)
    note(cast.member, "aerobic", 20, "vigorous", now)
    note(cast.member, "walking", 40, "light", now)
    note(cast.member, "strength", 25, "vigorous", now)
    note(cast.member, "mindful", 10, "light", now)
    note(cast.stranger, "walking", 500, "vigorous", now)
    dose = dose_of_week(cast.member, now=now)
    assert (dose.minutes, dose.light_minutes) == (70, 40)
    assert (dose.strength_sessions, dose.mindful_sessions, dose.sessions_beside) == (1, 1, 2)
    assert dose.has_more_beside
    assert not dose_of_week(cast.stranger, now=now).has_more_beside
    assert dose.band == "started"
    assert dose.percent == 47
    with translation.override("zh-hans"):
        assert "已经动起来了" in dose.band_label


def test_the_target_is_the_persons_own(cast: Cast, now: datetime) -> None:
    cast.member.weekly_target_minutes = 60
    note(cast.member, "walking", 30, "moderate", now)
    assert dose_of_week(cast.member, now=now).percent == 50


@pytest.mark.parametrize(("first_weekday", "minutes"), [(0, 10), (6, 30)])
def test_the_first_weekday_decides_what_sunday_belongs_to(cast: Cast, first_weekday: int, minutes: int) -> None:
    sunday, monday = datetime(2026, 3, 8, 12, tzinfo=UTC), datetime(2026, 3, 9, 12, tzinfo=UTC)
    note(cast.member, "walking", 20, "moderate", sunday)
    note(cast.member, "walking", 10, "moderate", monday)
    cast.member.first_weekday = first_weekday
    assert dose_of_week(cast.member, now=monday).minutes == minutes


def test_late_on_sunday_in_kolkata_is_still_sunday(db: None) -> None:
    person = make_person("asha", time_zone="Asia/Kolkata")
    late = datetime(2026, 3, 8, 18, 0, tzinfo=UTC)  # Sunday 23:30 in Kolkata
    after = datetime(2026, 3, 8, 18, 45, tzinfo=UTC)  # Monday 00:15 there, still Sunday in UTC
    note(person, "walking", 20, "moderate", late)
    assert dose_of_week(person, now=late).minutes == 20
    assert dose_of_week(person, now=after).minutes == 0


def test_as_many_queries_whatever_the_number_of_logs(cast: Cast, now: datetime, django_assert_num_queries: Any) -> None:
    for count in (1, 2):
        for _ in range(count):
            note(cast.member, "walking", 10, "moderate", now)
        with django_assert_num_queries(2):  # the pauses besides
            dose_of_week(cast.member, now=now)
