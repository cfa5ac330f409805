"""What is said of several people together, so that nobody's part in it can be worked out.

A figure moves when at least `FEWEST` people have added to it since it last moved. So between two readings lie the parts
of five, and no two moves have a part in common. What five cannot give: see decision 0015.
"""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

FEWEST = 5
COUNTED_AT = 4  # o'clock at night, at the group's place: not at the moment somebody adds something


def is_enough(parts: Mapping[int, int]) -> bool:
    """Return whether the parts, each by its person, may be said as one figure. Who adds nothing does not count."""
    return sum(part > 0 for part in parts.values()) >= FEWEST


def is_time_to_count(now: datetime, zone: str) -> bool:
    return now.astimezone(ZoneInfo(zone)).hour == COUNTED_AT


def roughly(total: int, step: int) -> int:
    """Return the total in whole steps: what is said is never finer."""
    return total - total % step
