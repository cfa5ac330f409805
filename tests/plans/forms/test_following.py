"""Days to follow on, as the form lays them out."""

import pytest

from plans.forms.following import days_from, spread

EVERY_DAY = [0, 1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(("times", "days"), [(1, [0]), (2, [0, 4]), (3, [0, 2, 5]), (7, EVERY_DAY), (14, EVERY_DAY)])
def test_days_lie_apart(times: int, days: list[int]) -> None:
    assert spread(times) == days


def test_the_week_begins_with_the_persons_first_day() -> None:
    assert [number for number, _name in days_from(6)] == [6, 0, 1, 2, 3, 4, 5]
