"""How much more a week may ask for than the one before it."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library import dose
from plans import manuscript

PLANS = sorted((Path(manuscript.__file__).parent / "content").glob("*.yaml"))
RUNNING, WALKING = "running_or_jumping", "walking_or_cycling"
growths = st.sampled_from([RUNNING, WALKING])
minutes = st.integers(min_value=0, max_value=2000)


@pytest.mark.parametrize(
    ("week", "growth", "most"),
    [
        *[(0, RUNNING, 10), (40, RUNNING, 50), (89, RUNNING, 99), (140, RUNNING, 154), (149, RUNNING, 164)],
        *[(0, WALKING, 30), (40, WALKING, 70), (120, WALKING, 150), (140, WALKING, 168), (200, WALKING, 240)],
    ],
)
def test_the_cap_and_the_small_start(week: int, growth: str, most: int) -> None:
    assert dose.allowed_next(week, growth) == most


@given(week=minutes, growth=growths)
def test_more_than_the_cap_only_up_to_the_target(week: int, growth: str) -> None:
    most = dose.allowed_next(week, growth)
    capped = week * (100 + dose.WEEKLY_CAPS[growth]) / 100
    assert most >= capped
    assert most < capped + 1 or most <= min(dose.TARGET_MINUTES, week + dose.SMALL_STARTS[growth])


@given(week=minutes, growth=growths)
def test_a_longer_week_never_allows_less(week: int, growth: str) -> None:
    assert dose.allowed_next(week + 1, growth) >= dose.allowed_next(week, growth)


def test_the_ten_plans_grow_within_it() -> None:
    assert len(PLANS) == 10
    for path in PLANS:
        plan = manuscript.read(path)
        weeks = [sum(session.minutes for session in week.sessions) for week in plan.schedule]
        for before, after in pairwise(weeks):
            assert after <= dose.allowed_next(before, plan.pace.growth), (plan.slug, before, after)
