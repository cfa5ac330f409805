"""Who of the line gets the seats that are free. Pure: no ORM, no clock.

Seats go to the earliest in line. Whoever brings guests waits until there are seats for all of them, and what is free
meanwhile is kept for them: those behind wait too, so nobody is passed and a family is not kept waiting by people who
come alone. Two things keep that from leaving seats empty:

- whoever waits for more seats than there are at all is passed over, and keeps their place;
- in the last day before it starts nothing is kept any more: seats that are too few for the earliest go to the next
  they are enough for, and the earliest keep their places.

A newcomer joins the end of the line before it moves, so they never get a seat that somebody in line could have had.
"""

from collections.abc import Iterable
from typing import Protocol


class Waiting(Protocol):
    @property
    def seats(self) -> int: ...


def let_in[W: Waiting](line: Iterable[W], *, free: int | None, capacity: int | None, keeps: bool) -> list[W]:
    """Return those of `line` (first come first) who get seats; `free` None means that there is no limit.

    `keeps`: seats that are too few for the earliest are kept for them.
    """
    lucky = []
    for waiting in line:
        if free is not None and waiting.seats > free:
            if keeps and capacity is not None and waiting.seats <= capacity:
                break
            continue
        lucky.append(waiting)
        free = None if free is None else free - waiting.seats
    return lucky
