"""Which time zones a wall-clock time has come in, of all that a person may live in. No query."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from core import clock

DAY = timedelta(days=1)
LOOKED_BACK = 2 * DAY


@cache
def _zones() -> dict[str, ZoneInfo]:
    """Return every zone by name; held on to, because the library reads one that nobody holds from its file again."""
    return {name: ZoneInfo(name) for name in sorted(available_timezones())}


def where_it_is(wall: time, *, now: datetime, within: timedelta) -> dict[date, list[str]]:
    """Return day → the zones in which the time of that day came at most `within` (a day) ago: a few days in all.

    A day that a zone skipped counts from the first instant that exists after it.
    """
    found: dict[date, list[str]] = defaultdict(list)
    for name, zone in _zones().items():
        for day, since in _last_times(wall, zone, now):
            if timedelta(0) <= since < within:
                found[day].append(name)
    return found


def _last_times(wall: time, zone: ZoneInfo, now: datetime) -> Iterator[tuple[date, timedelta]]:
    """Yield the last days of the zone, each with how long ago the time came on it."""
    local, before = now.astimezone(zone), (now - LOOKED_BACK).astimezone(zone)
    is_steady = local.utcoffset() == before.utcoffset()  # then the hands of the clock tell
    reading = local.replace(tzinfo=None)
    for back in range(LOOKED_BACK.days + 1):
        day = reading.date() - back * DAY
        yield day, reading - datetime.combine(day, wall) if is_steady else now - clock.instant_of(day, wall, zone.key)
