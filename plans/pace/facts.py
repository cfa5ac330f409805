"""What happened. A set of facts: their order of arrival says nothing, a fact told twice is one fact."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

DAYS_ILL = 2  # from so many days on, an illness leads one week back


class Way(StrEnum):
    """The person's own word on the pace; the values of `plans.models.Turn.Way`."""

    ON = "on"
    AGAIN = "again"
    BACK = "back"


@dataclass(frozen=True)
class Done:
    """Something done in the plan. `step` None: a step that the plan no longer has. `key` settles one instant."""

    on: date
    at: datetime
    step: int | None
    is_floor: bool = False
    intensity: str = "light"
    key: str = ""


@dataclass(frozen=True)
class Turn:
    on: date
    at: datetime
    way: Way


@dataclass(frozen=True)
class Pause:
    """Days of rest, both ends included; `last` None: until the person says."""

    first: date
    last: date | None
    is_ill: bool = False

    def last_before(self, day: date) -> date:
        """Return the last day of the pause that lies before `day`."""
        yesterday = day - timedelta(days=1)
        return min(self.last, yesterday) if self.last else yesterday


type Fact = Done | Turn | Pause


def moments(facts: frozenset[Fact]) -> list[Done | Turn]:
    """Return what was done and said, in the order of the instants at which it was."""
    found = [fact for fact in facts if isinstance(fact, Done | Turn)]
    return sorted(found, key=_when)


def _when(fact: Done | Turn) -> tuple[datetime, bool, str, date, int, bool, str]:
    """Return what to sort by: the instant, then all that two facts of one instant may differ in."""
    if isinstance(fact, Turn):
        return fact.at, True, fact.way, fact.on, 0, False, ""
    return fact.at, False, fact.key, fact.on, fact.step or 0, fact.is_floor, fact.intensity


def was_ill(facts: frozenset[Fact], *, since: date, before: date) -> bool:
    """Whether an illness of two days or more lies in a gap. One that something was done in is over by then."""
    return any(
        isinstance(fact, Pause)
        and fact.is_ill
        and fact.first >= since
        and (fact.last_before(before) - fact.first).days + 1 >= DAYS_ILL
        for fact in facts
    )
