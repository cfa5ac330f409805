"""A ladder from an amount to an amount: 1 → 3 km, 5 → 10 repetitions. One rung a week; arithmetic alone.

A rung is as high as the caps let it be: the amount grows by the plan's percentage at most (and by the smallest
step of its unit at least), and the minutes of the week by no more than `library.dose.allowed_next`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from library import dose

KM, REPETITIONS = "km", "repetitions"
RUNNING, WALKING = "running_or_jumping", "walking_or_cycling"
STEPS = {KM: Decimal("0.1"), REPETITIONS: Decimal(1)}  # the smallest that a unit grows by
MOST = {KM: Decimal(42), REPETITIONS: Decimal(200)}
MINUTES_PER_KM = {RUNNING: 8, WALKING: 12}  # slow enough to talk
MAX_RUNGS, MAX_TIMES, MAX_FLOOR = 52, 7, 10


class TooLong(ValueError):
    """The goal is more than a year of weeks away."""


@dataclass(frozen=True)
class Ladder:
    start: Decimal
    goal: Decimal
    unit: str
    growth: str
    times: int

    def __post_init__(self) -> None:
        if not (STEPS[self.unit] <= self.start < self.goal <= MOST[self.unit] and 1 <= self.times <= MAX_TIMES):
            raise ValueError(f"no ladder from {self.start} to {self.goal} {self.unit}, {self.times} times a week")

    @property
    def percent(self) -> int:
        return dose.WEEKLY_CAPS[self.growth]


@dataclass(frozen=True)
class Rung:
    """A week: the amount of each of its steps, with minutes that are an estimate."""

    amount: Decimal
    minutes: int


def minutes_of(amount: Decimal, unit: str, growth: str) -> int:
    """Estimate the minutes of an amount. Repetitions come in two calm rounds with time to warm up."""
    if unit == KM:
        return math.ceil(amount * MINUTES_PER_KM[growth])
    return 5 + math.ceil(amount / 2)


def rungs(ladder: Ladder) -> list[Rung]:
    """Return the rungs, the first at the start and the last at the goal; raise TooLong past a year."""
    found: list[Rung] = []
    for amount in _climb(ladder):
        if len(found) == MAX_RUNGS:
            raise TooLong
        found.append(Rung(amount, minutes_of(amount, ladder.unit, ladder.growth)))
    return found


def floor_of(ladder: Ladder) -> Rung:
    """Return the small version of every rung: the first one, or as much of it as fits into ten minutes."""
    minutes = minutes_of(ladder.start, ladder.unit, ladder.growth)
    if minutes <= MAX_FLOOR:
        return Rung(ladder.start, minutes)
    return Rung(Decimal(0), MAX_FLOOR)


def _climb(ladder: Ladder) -> Iterator[Decimal]:
    amount = ladder.start
    while amount < ladder.goal:
        yield amount
        amount = min(_next(amount, ladder), ladder.goal)
    yield amount


def _next(amount: Decimal, ladder: Ladder) -> Decimal:
    step = STEPS[ladder.unit]
    grown = amount * (100 + ladder.percent) / 100
    steps = max(1, int(((grown - amount) / step).to_integral_value(ROUND_FLOOR)))
    while steps > 1 and not _fits(amount, amount + steps * step, ladder):
        steps -= 1
    return amount + steps * step


def _fits(amount: Decimal, grown: Decimal, ladder: Ladder) -> bool:
    before, after = (ladder.times * minutes_of(a, ladder.unit, ladder.growth) for a in (amount, grown))
    return after <= dose.allowed_next(before, ladder.growth)
