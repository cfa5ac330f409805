"""The dose agrees with its worked examples and with what the content file says."""

from typing import Any

import pytest
import yaml
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core import pictures
from library import dose
from library.models import EvidenceGrade

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
    assert list(dose.EFFORTS["moderate"].zone(row["age"])) == row["expect_moderate_bpm"]
    assert list(dose.EFFORTS["vigorous"].zone(row["age"])) == row["expect_vigorous_bpm"]


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
    for band in dose.BANDS:
        with override("en"):
            english = band.label
        with override("zh-hans"):
            assert english not in {"", band.label}


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


@given(amount=minutes)
def test_rest_is_offered_above_the_ceiling_and_not_at_it(amount: int) -> None:
    assert dose.Week(minutes=amount).is_over_ceiling == (amount > dose.CEILING_MINUTES)
    assert dose.CEILING_MINUTES > dose.UPPER_MINUTES


@given(age=st.integers(min_value=18, max_value=110))
def test_zones_follow_each_other_and_stay_under_the_top(age: int) -> None:
    light, moderate, vigorous = (effort.zone(age) for effort in dose.EFFORTS.values())
    assert light[0] < light[1] <= moderate[0] < moderate[1] <= vigorous[0] < vigorous[1] < dose.max_heart_rate(age)


@given(strength=st.integers(0, 20), mindful=st.integers(0, 20), amount=minutes)
def test_sessions_stand_beside_the_minutes_and_never_join_them(strength: int, mindful: int, amount: int) -> None:
    week = dose.Week(minutes=amount, strength_sessions=strength, mindful_sessions=mindful)
    assert week.sessions_beside == strength + mindful
    assert (week.minutes, week.band) == (amount, dose.Week(minutes=amount).band)


def test_every_statement_has_a_grade_and_sources_in_the_library() -> None:
    known = {row["key"] for row in yaml.safe_load((dose.CONTENT.parent / "citations.yaml").read_text())["citations"]}
    for statement in dose.statements():
        assert statement.grade in EvidenceGrade.values
        assert statement.cited
    assert dose.cited_keys() <= known


def test_the_hill_is_drawn_with_the_same_marks() -> None:
    assert (pictures.HALF_MINUTES, pictures.GUIDELINE_MINUTES) == (dose.HALF_DOSE_MINUTES, dose.TARGET_MINUTES)


def test_the_hill_is_as_high_as_the_source_says() -> None:
    said = next(row for row in dose.statements() if row.key == "pearce_2022").texts["en"]
    assert f"about 75 minutes of brisk walking a week was linked with {pictures.LOWER_AT_HALF}%" in " ".join(
        said.split()
    )
    assert f"150 minutes with {pictures.LOWER_AT_GUIDELINE}%" in " ".join(said.split())


def test_the_target_people_begin_with_is_the_guideline() -> None:
    assert User._meta.get_field("weekly_target_minutes").default == dose.TARGET_MINUTES
