"""The quick way to tell the time agrees with the clock, in every zone and over every change."""

from datetime import UTC, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from core import clock
from reminders.lookups.zones import where_it_is

CHANGES = [datetime(2026, 3, 29, tzinfo=UTC), datetime(2026, 10, 4, tzinfo=UTC), datetime(2011, 12, 30, tzinfo=UTC)]
ZONES = ["Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "Asia/Kolkata", "America/New_York"]


@given(change=st.sampled_from(CHANGES), minutes=st.integers(-4000, 4000), hours=st.integers(1, 20))
def test_as_the_clock_says(change: datetime, minutes: int, hours: int) -> None:
    now, within = change + timedelta(minutes=minutes), timedelta(hours=hours)

    found = where_it_is(time(18), now=now, within=within)

    for zone in ZONES:
        today = clock.local_day(now, zone)
        days = [today - timedelta(days=back) for back in range(3)]
        due = {day for day in days if timedelta(0) <= now - clock.instant_of(day, time(18), zone) < within}
        assert {day for day, zones in found.items() if zone in zones} == due
