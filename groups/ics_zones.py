"""Time zones as calendar programs want them: every change of the clocks in the years that matter. No ORM."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
type Offset = tuple[timedelta, str, bool]


@lru_cache(maxsize=256)
def timezone_of(name: str, first_year: int, last_year: int) -> Timezone:
    """Return the VTIMEZONE of an IANA zone, right from the start of `first_year` to the end of `last_year`.

    Each onset stands as the clocks showed it *before* they were changed (RFC 5545, 3.6.5), and as an RDATE too:
    some readers want a rule or a date beside the start.
    """
    zone = ZoneInfo(name)
    found = Timezone()
    found.add("tzid", name)
    start = datetime(first_year, 1, 1, tzinfo=UTC) - DAY  # a day of air: the year begins earlier in the east
    end = datetime(last_year + 1, 1, 1, tzinfo=UTC) + DAY
    _add_onset(found, start, before=_offset(start, zone), after=_offset(start, zone))
    for change in _changes(zone, start, end):
        _add_onset(found, change, before=_offset(change - SECOND, zone), after=_offset(change, zone))
    return found


def _offset(instant: datetime, zone: ZoneInfo) -> Offset:
    local = instant.astimezone(zone)
    return local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst())


def _add_onset(found: Timezone, instant: datetime, *, before: Offset, after: Offset) -> None:
    onset = (instant + before[0]).replace(tzinfo=None)
    part = TimezoneDaylight() if after[2] else TimezoneStandard()
    part.add("dtstart", onset)
    part.add("rdate", onset)
    part.add("tzoffsetfrom", before[0])
    part.add("tzoffsetto", after[0])
    part.add("tzname", after[1])
    found.add_component(part)


def _changes(zone: ZoneInfo, start: datetime, end: datetime) -> list[datetime]:
    """Return the first second of every new offset or name, in order."""
    changes = []
    day = start
    while day < end:
        if _offset(day, zone) != _offset(day + DAY, zone):
            changes.append(_first_after(zone, day, day + DAY))
        day += DAY
    return changes


def _first_after(zone: ZoneInfo, low: datetime, high: datetime) -> datetime:
    was = _offset(low, zone)
    while high - low > SECOND:
        middle = low + (high - low) // 2
        middle = middle.replace(microsecond=0)
        low, high = (middle, high) if _offset(middle, zone) == was else (low, middle)
    return high
