"""At most every two weeks; a plan suggests in its weeks and then lets it be."""

from datetime import date, timedelta

import pytest

from plans.scales.line import line_of
from plans.scales.timing import is_suggested, next_on

TODAY = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("ago", "until"), [(None, 0), (0, 14), (1, 13), (13, 1), (14, 0), (400, 0), (-1, 15)]
)  # -1: the person has flown west over the date line since
def test_a_scale_is_open_again_after_fourteen_days(ago: int | None, until: int) -> None:
    last = None if ago is None else TODAY - timedelta(days=ago)
    assert next_on(last, TODAY) == TODAY + timedelta(days=until)


@pytest.mark.parametrize(
    ("begun", "last", "expected"),
    [
        (0, None, True),  # week 0 is the first day
        (-1, None, False),  # the plan begins tomorrow
        (13, None, True),
        (14, None, True),  # week 2
        (14, 14, True),
        (14, 13, False),  # too fresh
        (20, 5, False),  # taken since week 2
        (28, 20, True),
        (41, None, True),
        (42, None, False),  # two weeks after the last of them nobody asks any more
    ],
)
def test_a_plan_suggests_in_its_weeks(begun: int, last: int | None, expected: bool) -> None:
    taken = None if last is None else TODAY - timedelta(days=last)
    assert is_suggested(TODAY - timedelta(days=begun), [0, 2, 4], taken, TODAY) is expected


def test_a_plan_without_weeks_suggests_nothing() -> None:
    assert not is_suggested(TODAY, [], None, TODAY)


def test_the_line_keeps_to_its_box_and_goes_by_days() -> None:
    days = [date(2026, 1, 1), date(2026, 1, 15), date(2026, 2, 26)]
    line = line_of([(days[0], 0), (days[1], 100), (days[2], 50)], 0, 100)
    assert line is not None
    assert line.points == ((8.0, 88.0), (84.0, 8.0), (312.0, 48.0))
    assert line.path == "M8.0 88.0 L84.0 8.0 L312.0 48.0"
    assert line_of([(days[0], 3)], 0, 100) is None
