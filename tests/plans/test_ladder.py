"""Rungs rise to the goal, never faster than the caps let them, and there are not too many."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from library import dose
from plans.ladder import KM, MAX_RUNGS, REPETITIONS, RUNNING, STEPS, WALKING, Ladder, TooLong, floor_of, rungs


def ladder(start: str, goal: str, unit: str = KM, growth: str = WALKING, times: int = 3) -> Ladder:
    return Ladder(start=Decimal(start), goal=Decimal(goal), unit=unit, growth=growth, times=times)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    unit = draw(st.sampled_from([KM, REPETITIONS]))
    whole = st.integers(1, 420 if unit == KM else 200)
    low, high = sorted((draw(whole), draw(whole)))
    assume(low < high)
    step = STEPS[unit]
    growth = draw(st.sampled_from([RUNNING, WALKING]))
    return Ladder(start=low * step, goal=high * step, unit=unit, growth=growth, times=draw(st.integers(1, 7)))


@given(ladders())
def test_a_ladder_rises_from_its_start_to_its_goal_within_a_year(wanted: Ladder) -> None:
    try:
        found = rungs(wanted)
    except TooLong:
        return
    amounts = [rung.amount for rung in found]
    assert (amounts[0], amounts[-1]) == (wanted.start, wanted.goal)
    assert amounts == sorted(set(amounts))
    assert len(found) <= MAX_RUNGS


@given(ladders())
def test_no_rung_is_higher_than_the_caps_allow(wanted: Ladder) -> None:
    try:
        found = rungs(wanted)
    except TooLong:
        return
    for before, after in pairwise(found):
        assert after.amount <= max(before.amount * (100 + wanted.percent) / 100, before.amount + STEPS[wanted.unit])
        assert wanted.times * after.minutes <= dose.allowed_next(wanted.times * before.minutes, wanted.growth)


@given(ladders())
def test_the_small_version_is_small_and_no_longer_than_any_rung(wanted: Ladder) -> None:
    small = floor_of(wanted)
    assert 1 <= small.minutes <= 10
    try:
        assert all(small.minutes <= rung.minutes for rung in rungs(wanted))
    except TooLong:
        return


def test_push_ups_rise_by_one() -> None:
    assert [int(rung.amount) for rung in rungs(ladder("5", "10", REPETITIONS))] == [5, 6, 7, 8, 9, 10]


def test_running_rises_by_a_tenth() -> None:
    found = [str(rung.amount) for rung in rungs(ladder("1", "3", growth=RUNNING))]
    assert found[:3] == ["1", "1.1", "1.2"]
    assert found[-2:] == ["2.8", "3.0"]
    assert len(found) > len(rungs(ladder("1", "3")))


def test_a_goal_beyond_a_year_is_said_to_be_one() -> None:
    with pytest.raises(TooLong):
        rungs(ladder("0.1", "42", growth=RUNNING))


@pytest.mark.parametrize(
    "wrong", [("3", "1"), ("2", "2"), ("0", "1"), ("1", "43")], ids=["down", "level", "nothing", "far"]
)
def test_what_is_no_ladder_is_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="no ladder"):
        ladder(*wrong)


def test_the_small_version_of_a_long_start_is_ten_minutes() -> None:
    assert (floor_of(ladder("3", "5")).amount, floor_of(ladder("3", "5")).minutes) == (0, 10)
