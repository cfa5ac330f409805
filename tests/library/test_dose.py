"""The dose agrees with its worked examples and with what the content file says."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library import dose

EXAMPLES = dose.content()["worked_examples"]
WEEKS = [row for row in EXAMPLES if "moderate" in row]
HEARTS = [row for row in EXAMPLES if "age" in row]
minutes = st.integers(min_value=0, max_value=5000)


@pytest.mark.parametrize("row", WEEKS, ids=str)
def test_worked_weeks(row: dict[str, Any]) -> None:
    equivalent = dose.moderate_equivalent(light=row["light"], moderate=row["moderate"], vigorous=row["vigorous"])
    assert equivalent == row["expect_equivalent"]
    assert dose.band_of(equivalent).key == row["expect_band"]


@pytest.mark.parametrize("row", HEARTS, ids=str)
def test_worked_heart_rates(row: dict[str, Any]) -> None:
    assert dose.max_heart_rate(row["age"]) == row["expect_hr_max"]
    assert list(dose.heart_rate_zone(row["age"], "moderate")) == row["expect_moderate_bpm"]
    assert list(dose.heart_rate_zone(row["age"], "vigorous")) == row["expect_vigorous_bpm"]


def test_there_are_examples_of_both_sorts() -> None:
    assert len(WEEKS) == 4
    assert len(HEARTS) == 1


@pytest.mark.parametrize(
    ("kind", "intensity", "expected"),
    [
        ("walking", "light", {"aerobic_minutes"}),
        ("aerobic", "vigorous", {"aerobic_minutes"}),
        ("group-outdoor", "moderate", {"aerobic_minutes"}),
        ("strength", "vigorous", {"strength_session"}),
        ("mindful", "light", {"mindful_session"}),
        ("mindful", "moderate", {"mindful_session", "aerobic_minutes"}),
    ],
)
def test_where_a_session_counts(kind: str, intensity: str, expected: set[str]) -> None:
    assert dose.counted_as(kind, intensity) == expected


@pytest.mark.parametrize(
    ("total", "key"),
    [
        *[(0, "not_yet"), (1, "started"), (74, "started"), (75, "half_and_more"), (149, "half_and_more")],
        *[(150, "guideline"), (300, "guideline"), (301, "above"), (9999, "above")],
    ],
)
def test_band_edges(total: int, key: str) -> None:
    assert dose.band_of(total).key == key


def test_bands_leave_no_gap_and_speak_both_languages() -> None:
    for lower, upper in zip(dose.BANDS, dose.BANDS[1:], strict=False):
        assert lower.last is not None
        assert upper.first == lower.last + 1
    assert all(band.label("en") and band.label("zh-hans") != band.label("en") for band in dose.BANDS)


@given(light=minutes, moderate=minutes, vigorous=minutes)
def test_a_week_is_the_sum_of_its_bouts(light: int, moderate: int, vigorous: int) -> None:
    bouts = [(light, "light"), (moderate, "moderate"), (vigorous, "vigorous")]
    whole = dose.moderate_equivalent(light=light, moderate=moderate, vigorous=vigorous)
    assert whole == sum(dose.equivalent_of(amount, intensity) for amount, intensity in bouts)


@given(light=minutes, moderate=minutes)
def test_light_minutes_never_change_the_figure(light: int, moderate: int) -> None:
    assert dose.moderate_equivalent(light=light, moderate=moderate) == dose.moderate_equivalent(moderate=moderate)


@given(less=minutes, more=minutes, target=st.integers(min_value=10, max_value=1000))
def test_percent_rises_and_stops_at_a_hundred(less: int, more: int, target: int) -> None:
    low, high = sorted([less, more])
    assert 0 <= dose.percent_of(low, target) <= dose.percent_of(high, target) <= 100
