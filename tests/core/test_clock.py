"""Wall-clock times over daylight-saving changes, in zones that do it in unusual ways."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Asia/Beirut"]


@pytest.mark.parametrize(
    ("day", "wall", "zone", "expected"),
    [
        # Skipped: the first instant that exists.
        (date(2026, 3, 29), time(2, 30), "Europe/Berlin", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (date(2026, 3, 8), time(2, 0), "America/New_York", datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (date(2026, 10, 4), time(2, 15), "Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
        (date(2011, 12, 30), time(8, 0), "Pacific/Apia", datetime(2011, 12, 30, 10, 0, tzinfo=UTC)),
        # Repeated: the first pass.
        (date(2026, 10, 25), time(2, 30), "Europe/Berlin", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
        (date(2026, 11, 1), time(1, 30), "America/New_York", datetime(2026, 11, 1, 5, 30, tzinfo=UTC)),
        (date(2026, 4, 5), time(1, 45), "Australia/Lord_Howe", datetime(2026, 4, 4, 14, 45, tzinfo=UTC)),
        # Plain.
        (date(2026, 6, 1), time(18, 0), "Asia/Kolkata", datetime(2026, 6, 1, 12, 30, tzinfo=UTC)),
    ],
)
def test_known_changes(day: date, wall: time, zone: str, expected: datetime) -> None:
    assert clock.instant_of(day, wall, zone) == expected


@given(
    day=st.dates(date(2005, 1, 1), date(2035, 12, 31)),
    wall=st.times().map(lambda value: value.replace(microsecond=0)),
    zone=st.sampled_from(ZONES),
)
def test_it_is_the_first_instant_whose_wall_clock_has_reached_the_time(day: date, wall: time, zone: str) -> None:
    wanted = datetime.combine(day, wall)

    instant = clock.instant_of(day, wall, zone)

    assert _wall(instant, zone) >= wanted
    assert _wall(instant - timedelta(seconds=1), zone) < wanted


@given(day=st.dates(date(2005, 1, 1), date(2035, 12, 31)), zone=st.sampled_from(ZONES))
def test_only_apia_lacks_a_day(day: date, zone: str) -> None:
    assert clock.has_day(day, zone) == ((zone, day) != ("Pacific/Apia", date(2011, 12, 30)))


def test_apia_lacks_the_thirtieth() -> None:
    assert not clock.has_day(date(2011, 12, 30), "Pacific/Apia")


def test_frozen_time_stands_still_and_goes_on_after() -> None:
    noon = datetime(2026, 3, 10, 12, tzinfo=UTC)

    with clock.frozen_at(noon):
        assert clock.now() == noon

    assert clock.now() != noon


def test_the_local_day_is_the_zones() -> None:
    instant = datetime(2026, 3, 10, 23, 30, tzinfo=UTC)

    assert clock.local_day(instant, "Europe/Berlin") == date(2026, 3, 11)
    assert clock.local_day(instant, "America/New_York") == date(2026, 3, 10)


def _wall(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
