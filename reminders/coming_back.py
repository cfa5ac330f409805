"""When to invite somebody back who has gone quiet, as arithmetic: rarer the longer it lasts, and then no more.

After five days, and then after one week more, two, four, eight: on days 5, 12, 26, 54 and 110 of the silence. The next
would come after half a year, when silence is an answer.
"""

from collections.abc import Iterator
from itertools import count

FIRST = 5
GAP = 7  # after the first; each one after is twice as long
LAST = 183  # half a year: nobody is invited after that
LATE_BY = 1  # a day on which nothing was sent is made good on the next


def _days() -> Iterator[int]:
    yield (day := FIRST)
    for number in count():
        day += GAP * 2**number
        if day > LAST:
            return
        yield day


DAYS = tuple(_days())


def invitation_on(days: int) -> int | None:
    """Return the day of the silence whose invitation is due when it has lasted `days`, or None."""
    return next((day for day in DAYS if day <= days <= day + LATE_BY), None)


def quiet_before(day: int) -> int:
    """Return how many days before the invitation of `day` have to be quiet: as many as since the one before it."""
    place = DAYS.index(day)
    return day - DAYS[place - 1] if place else FIRST
