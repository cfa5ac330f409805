"""Coming steps on their days: whatever the days, changes and pauses, the order stays and nothing is owed."""

from datetime import date, time, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plans.projection import Change, Following, Span, any_days, is_paused, planned_days

TODAY = date(2026, 3, 10)  # a Tuesday
UNTIL = TODAY + timedelta(days=61)
days = st.integers(min_value=-20, max_value=60).map(lambda n: TODAY + timedelta(days=n))
times = st.dictionaries(st.integers(0, 6), st.times(), min_size=1, max_size=7)
portions = st.lists(st.integers(1, 3), max_size=40).map(
    lambda sizes: [tuple(range(sum(sizes[:i]), sum(sizes[: i + 1]))) for i in range(len(sizes))]
)
pauses = st.lists(
    st.builds(lambda first, length: Span(first, first + timedelta(days=length)), days, st.integers(0, 20))
)


@st.composite
def followed(draw: Any) -> Following:
    done = draw(st.dictionaries(days.filter(lambda day: day <= TODAY), st.integers(1, 3), max_size=5))
    return Following(starts_on=draw(days), times=draw(times), done=done)


@st.composite
def changed(draw: Any) -> list[Change]:
    planned = draw(st.lists(days, unique=True, max_size=8))
    found = [Change(day, draw(st.none() | days), draw(st.none() | st.times())) for day in planned]
    return [change for change in found if change.moved_to != change.planned_on]


def project(following: Following, parts: Any, changes: Any = (), rests: Any = (), until: date = UNTIL) -> list[Any]:
    return list(planned_days(following, parts, changes=changes, pauses=list(rests), today=TODAY, until=until))


@given(following=followed(), parts=portions, changes=changed(), rests=pauses)
def test_no_step_is_planned_twice_and_the_order_is_the_plans(
    following: Following, parts: Any, changes: Any, rests: Any
) -> None:
    found = project(following, parts, changes, rests)
    steps = [item.step for item in found]
    assert steps == [step for part in parts for step in part][: len(steps)]
    assert [item.day for item in found] == sorted(item.day for item in found)


@given(following=followed(), parts=portions, changes=changed(), rests=pauses)
def test_nothing_in_the_past_nor_before_the_start_nor_in_a_pause(
    following: Following, parts: Any, changes: Any, rests: Any
) -> None:
    for item in project(following, parts, changes, rests):
        assert TODAY <= item.day <= UNTIL
        assert item.planned_on >= following.starts_on
        assert not is_paused(item.day, rests)


@given(following=followed(), changes=changed(), rests=pauses)
def test_what_was_moved_lands_where_it_was_said_and_nowhere_else(
    following: Following, changes: Any, rests: Any
) -> None:
    fresh = Following(starts_on=following.starts_on, times=following.times, done={})
    found = {item.planned_on: item for item in project(fresh, [(n,) for n in range(200)], changes, rests)}
    for change in changes:
        to = change.moved_to
        lands = to and TODAY <= to <= UNTIL and change.planned_on >= fresh.starts_on and not is_paused(to, rests)
        assert (change.planned_on in found) == bool(lands)
        if lands:
            assert found[change.planned_on].day == to
            assert change.at_time is None or found[change.planned_on].at_time == change.at_time


@given(following=followed(), parts=portions, changes=changed(), rests=pauses, fewer=st.integers(0, 61))
def test_looking_less_far_ahead_changes_nothing_nearer(
    following: Following, parts: Any, changes: Any, rests: Any, fewer: int
) -> None:
    near = UNTIL - timedelta(days=fewer)
    far = [item for item in project(following, parts, changes, rests) if item.day <= near]
    assert project(following, parts, changes, rests, until=near) == far


def test_a_day_without_a_change_is_a_day_of_the_cue() -> None:
    following = Following(starts_on=TODAY, times={1: time(8), 4: time(18)}, done={})
    found = project(following, [("a",), ("b", "c"), ("d",)])
    assert [(str(item.day), item.step, item.at_time) for item in found] == [
        ("2026-03-10", "a", time(8)), ("2026-03-13", "b", time(18)), ("2026-03-13", "c", time(18)),
        ("2026-03-17", "d", time(8)),
    ]  # fmt: skip
    assert not any(item.day != item.planned_on for item in found)


def test_what_is_done_today_is_not_planned_for_today() -> None:
    following = Following(starts_on=TODAY, times={1: time(8)}, done={TODAY: 1})
    assert [str(item.day) for item in project(following, [("next",)])] == ["2026-03-17"]


def test_a_day_of_rest_leaves_the_step_for_the_next_day() -> None:
    following = Following(starts_on=TODAY, times={1: time(8), 4: time(8)}, done={})
    found = project(following, [("a",), ("b",)], [Change(TODAY, None)])
    assert [(str(item.day), item.step) for item in found] == [("2026-03-13", "a"), ("2026-03-17", "b")]


# n a week ----------------------------------------------------------------------------------------
@given(
    often=st.integers(1, 14), parts=portions, rests=pauses, starts=days, first=st.integers(0, 6),
    done=st.dictionaries(days.filter(lambda day: day <= TODAY), st.integers(1, 3), max_size=5),
)  # fmt: skip
def test_any_day_of_a_week_keeps_the_order_and_never_asks_for_more_than_was_said(
    often: int, parts: Any, rests: Any, starts: date, first: int, done: Any
) -> None:
    following = Following(starts_on=starts, times={}, times_a_week=often, done=done)
    limits = {"pauses": rests, "today": TODAY, "until": UNTIL, "first_weekday": first}
    found = list(any_days(following, parts, **limits))
    steps = [step for week in found for step in week.steps]
    sizes = {step: len(part) for part in parts for step in part}
    assert steps == [step for part in parts for step in part][: len(steps)]
    for week in found:
        assert week.first_on.weekday() == first
        assert week.last_on >= max(TODAY, starts)
        assert any(not is_paused(week.last_on - timedelta(days=n), rests) for n in range(7))
        assert sum(1 / sizes[step] for step in week.steps) <= often + 1e-9
    assert project(following, parts) == []


def test_what_was_done_this_week_is_taken_off() -> None:
    following = Following(starts_on=date(2026, 3, 1), times={}, times_a_week=3, done={date(2026, 3, 9): 1})
    limits = {"pauses": [], "today": TODAY, "until": date(2026, 3, 22), "first_weekday": 0}
    found = list(any_days(following, [(n,) for n in range(9)], **limits))
    assert [week.steps for week in found] == [(0, 1), (2, 3, 4)]
