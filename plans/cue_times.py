"""When a cue comes round, as arithmetic: from a weekday and a wall-clock time in a zone to instants."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from core import clock

DAY, WEEK = timedelta(days=1), timedelta(days=7)
NEVER = datetime(9999, 1, 1, tzinfo=UTC)  # where to look at what will not come round (again)


@lru_cache(maxsize=4096)  # those who look at the same moment share their weekday, time and zone with many
def next_instant(weekday: int, wall: time, zone: str, *, after: datetime, not_before: date) -> datetime:
    """Return the first instant after `after` at which the clock in `zone` shows `wall` on the weekday; Monday is 0.

    `not_before`: the first local day that counts. A day that the zone leaves out does not come round.
    """
    day = max(clock.local_day(after, zone) - DAY, not_before)
    day += timedelta(days=(weekday - day.weekday()) % 7)
    while True:
        if clock.has_day(day, zone) and (instant := clock.instant_of(day, wall, zone)) > after:
            return instant
        day += WEEK
