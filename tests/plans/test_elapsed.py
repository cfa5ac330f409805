"""How long it took, when nobody said."""

from datetime import UTC, datetime, timedelta

import pytest

from plans.elapsed import likely_minutes

START = datetime(2026, 3, 10, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("seconds", "planned", "minutes"),
    [
        (0, 15, 15),  # two taps in a row
        (4 * 60, 15, 15),
        (5 * 60, 15, 5),
        (18 * 60 + 20, 15, 18),
        (30 * 60, 15, 30),
        (31 * 60, 15, 15),
        (14 * 3600, 15, 15),  # noted the next morning
        (20, 1, 1),
        (60, 2, 1),
    ],
)
def test_the_time_since_counts_as_long_as_it_is_likely(seconds: int, planned: int, minutes: int) -> None:
    assert likely_minutes(START, START + timedelta(seconds=seconds), planned) == minutes
