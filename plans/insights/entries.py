"""One thing that was done, as far as the statistics need to know."""

from datetime import date, datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

# By the clock on the wall: from this hour on it is …
PARTS_OF_DAY = ((5, "morning"), (11, "noon"), (16, "evening"), (22, "night"))
BY = ("kind", "setting", "company", "time")


class Entry(NamedTuple):
    """`setting` and `company` are empty where the person did not say; moods, mastery and pleasure None likewise."""

    day: date
    minutes: int
    kind: str
    setting: str = ""
    company: str = ""
    time: str = ""
    guess: int | None = None
    before: int | None = None
    after: int | None = None
    mastery: int | None = None
    pleasure: int | None = None


def part_of_day(instant: datetime, zone: str) -> str:
    """Return the part of the day at `instant`, as the clocks in `zone` showed it."""
    hour = instant.astimezone(ZoneInfo(zone)).hour
    return next((part for first, part in reversed(PARTS_OF_DAY) if hour >= first), PARTS_OF_DAY[-1][1])
