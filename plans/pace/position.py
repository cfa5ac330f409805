"""Where somebody is in a plan, and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from itertools import chain, islice

from plans.pace.facts import Way
from plans.pace.outline import Outline, Rules


class Gap(IntEnum):
    """What a time without the plan asks for; after each of them the small version of a step comes first."""

    NONE = 0
    SMALL = 1  # the same step
    REPEAT = 2  # the last comfortable week
    BACK = 3  # one week before that
    RESTART = 4  # from the first week

    @classmethod
    def of(cls, days: int, rules: Rules) -> "Gap":
        bounds = {
            cls.RESTART: rules.restart_after_days,
            cls.BACK: rules.back_after_days,
            cls.REPEAT: rules.repeat_after_days,
            cls.SMALL: rules.small_after_days,
        }
        return next((gap for gap, least in bounds.items() if days >= least), cls.NONE)


class Code(StrEnum):
    """Why a step is the next one."""

    FIRST = "first"
    GOING_ON = "going_on"
    MOVED_ON = "moved_on"
    AGAIN = "again"  # less of it felt manageable than the plan goes by
    CHOSE_ON = "chose_on"
    CHOSE_AGAIN = "chose_again"
    CHOSE_BACK = "chose_back"
    SMALL = "small"
    REPEAT = "repeat"
    BACK = "back"
    FIRST_AGAIN = "first_again"  # no earlier week has felt comfortable
    AFRESH = "afresh"  # the person was further down already
    ILL = "ill"
    RESTART = "restart"
    COMPLETE = "complete"


@dataclass(frozen=True)
class Reason:
    """`count` of `total` steps: done in this round, or manageable in the one before."""

    code: Code
    count: int = 0
    total: int = 0


@dataclass(frozen=True)
class Position:
    """`place` counts the stretches from 0; `offered` None: the plan is complete."""

    outline: Outline
    offered: int | None
    place: int
    reason: Reason
    gap: Gap
    gap_days: int | None  # None: nothing done yet
    done_in_round: frozenset[int]
    done_ever: frozenset[int]
    early: frozenset[int]  # done before their week came
    ways: frozenset[Way]
    comfortable: int | None  # place of the last comfortable stretch
    last_on: date | None

    @property
    def is_complete(self) -> bool:
        return self.offered is None

    @property
    def is_small_first(self) -> bool:
        """Whether the small version leads: after any gap it is the way back in."""
        return not self.is_complete and self.gap > Gap.NONE

    @property
    def is_welcome_back(self) -> bool:
        return not self.is_complete and self.gap >= Gap.REPEAT

    @property
    def is_by_day(self) -> bool:
        return self.outline.is_by_day

    @property
    def is_last(self) -> bool:
        """Whether going on from here would end the plan."""
        return self.place == len(self.outline.stretches) - 1

    @property
    def week(self) -> int | None:
        return self.outline.by_id[self.offered].week if self.offered is not None else None

    @property
    def done(self) -> int:
        """How many steps of the plan have ever been done."""
        return len(self.done_ever)

    @property
    def total(self) -> int:
        return len(self.outline.steps)

    def ahead(self, limit: int) -> list[int]:
        """Return the next steps, the offered one first, if all goes comfortably."""
        return list(islice(self._to_come(), limit))

    def _to_come(self) -> Iterator[int]:
        known = self.done_in_round | self.early
        stretches = self.outline.stretches[self.place :]
        return (step.id for step in chain.from_iterable(stretches) if step.id not in known)
