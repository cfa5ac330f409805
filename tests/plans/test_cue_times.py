"""When a cue comes round, against a plain walk through every minute of the local clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.cue_times import next_instant

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "UTC"]
LONG_AGO = date(2005, 1, 1)
YEARS_2010_TO_2030 = st.integers(1262304000, 1893456000).map(lambda second: datetime.fromtimestamp(second, UTC))


@given(
    weekday=st.integers(0, 6),
    wall=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
    after=YEARS_2010_TO_2030,
)
def test_it_is_ahead_within_two_weeks_and_on_the_weekday(weekday: int, wall: time, zone: str, after: datetime) -> None:
    found = next_instant(weekday, wall, zone, after=after, not_before=LONG_AGO)

    local = found.astimezone(ZoneInfo(zone))
    assert after < found <= after + timedelta(days=15)
    assert local.weekday() == weekday
    assert local.time() == wall or local.time() > wall  # later only where the clock jumps over it


@given(
    weekday=st.integers(0, 6),
    wall=st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    zone=st.sampled_from(ZONES),
    after=YEARS_2010_TO_2030,
    sooner=st.timedeltas(timedelta(0), timedelta(days=6)),
)
def test_nothing_comes_round_in_between(
    weekday: int, wall: time, zone: str, after: datetime, sooner: timedelta
) -> None:
    found = next_instant(weekday, wall, zone, after=after, not_before=LONG_AGO)

    between = after + min(sooner, found - after - timedelta(microseconds=1))
    assert next_instant(weekday, wall, zone, after=between, not_before=LONG_AGO) == found


@pytest.mark.parametrize(
    ("weekday", "wall", "zone", "after", "expected"),
    [
        (6, time(2, 30), "Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        (4, time(8), "Pacific/Apia", datetime(2011, 12, 29, tzinfo=UTC), datetime(2012, 1, 5, 18, tzinfo=UTC)),
    ],
)
def test_over_a_change_of_the_clock(weekday: int, wall: time, zone: str, after: datetime, expected: datetime) -> None:
    assert next_instant(weekday, wall, zone, after=after, not_before=LONG_AGO) == expected


def test_not_before_the_first_day() -> None:
    found = next_instant(1, time(10), "UTC", after=datetime(2026, 3, 1, tzinfo=UTC), not_before=date(2026, 3, 11))

    assert found == datetime(2026, 3, 17, 10, tzinfo=UTC)
