"""Intervals of means: against SciPy, and what must hold for any numbers."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from plans.insights.intervals import ROUNDING_OF_DIFFERENCE, Interval, Tally, around_mean, between

DIFFERENCES = st.lists(st.integers(-6, 6), min_size=5, max_size=60)
SPREAD_OUT = DIFFERENCES.filter(lambda values: len(set(values)) > 2)
LEVELS = st.sampled_from([0.95, 0.9875, 0.9995])


def paired(values: list[int], level: float = 0.95) -> Interval:
    return around_mean(Tally.of(values), level, least=ROUNDING_OF_DIFFERENCE)


@given(SPREAD_OUT, LEVELS)
def test_a_mean_has_the_interval_of_scipy(values: list[int], level: float) -> None:
    found = around_mean(Tally.of(values), level, least=0)

    low, high = stats.ttest_1samp(values, 0).confidence_interval(level)
    assert (found.low, found.high) == (pytest.approx(low, abs=1e-7), pytest.approx(high, abs=1e-7))


@given(SPREAD_OUT, SPREAD_OUT, LEVELS)
def test_two_means_have_the_interval_of_welch(one: list[int], other: list[int], level: float) -> None:
    found = between(Tally.of(one), Tally.of(other), level, least=0)

    low, high = stats.ttest_ind(one, other, equal_var=False).confidence_interval(level)
    near = {"abs": 0.01, "rel": 0.005}  # degrees of freedom are rounded, which tells most where few leave it wide
    assert (found.low, found.high) == (pytest.approx(low, **near), pytest.approx(high, **near))


@given(DIFFERENCES, st.integers(-20, 20))
def test_shifting_all_shifts_the_interval(values: list[int], shift: int) -> None:
    plain, shifted = paired(values), paired([value + shift for value in values])

    assert shifted.low == pytest.approx(plain.low + shift)
    assert shifted.high == pytest.approx(plain.high + shift)


@given(DIFFERENCES, DIFFERENCES)
def test_turning_signs_or_sides_turns_the_interval(one: list[int], other: list[int]) -> None:
    found, turned = paired(one), paired([-value for value in one])
    there = between(Tally.of(one), Tally.of(other), 0.95, least=ROUNDING_OF_DIFFERENCE)
    back = between(Tally.of(other), Tally.of(one), 0.95, least=ROUNDING_OF_DIFFERENCE)

    assert (turned.low, turned.high) == (pytest.approx(-found.high), pytest.approx(-found.low))
    assert (back.low, back.high) == (pytest.approx(-there.high), pytest.approx(-there.low))


def test_equal_answers_do_not_pretend_to_certainty() -> None:
    found = paired([1] * 5)

    assert found.high - found.mean == pytest.approx(stats.t.ppf(0.975, 4) * sqrt(1 / 6 / 5))
    assert found.excludes_zero
    assert not paired([0, 0, 0, 0, 0]).excludes_zero
