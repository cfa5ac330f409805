"""A plan as the arithmetic sees it: ordered stretches of steps, and the plan's own rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from library.dose import allowed_next

EFFORTS = {"light": 0, "moderate": 1, "vigorous": 2}


@dataclass(frozen=True)
class Step:
    """`aliases` are the steps that this one was copied from: what was done of them was done of this one."""

    id: int
    week: int
    minutes: int
    floor_minutes: int
    intensity: str
    day: int | None = None
    aliases: tuple[int, ...] = ()


@dataclass(frozen=True)
class Rules:
    """When to move on, and where to begin after how many days; the columns of a plan template."""

    move_on_percent: int = 75
    small_after_days: int = 4
    repeat_after_days: int = 7
    back_after_days: int = 14
    restart_after_days: int = 60
    growth: str = "walking_or_cycling"

    def is_comfortable(self, easy: int, of: int) -> bool:
        """Whether enough of the steps felt manageable."""
        return easy * 100 >= of * self.move_on_percent


@dataclass(frozen=True)
class Outline:
    """The steps of a plan in order.

    A stretch is what is offered, repeated and gone back to as a whole: a week, or a day in a plan
    that numbers the days of all its steps.
    """

    steps: tuple[Step, ...]

    @classmethod
    def of(cls, steps: Iterable[Step]) -> "Outline":
        return cls(tuple(steps))

    @cached_property
    def is_by_day(self) -> bool:
        return bool(self.steps) and all(step.day is not None for step in self.steps)

    @cached_property
    def stretches(self) -> tuple[tuple[Step, ...], ...]:
        """Weeks or days that hold steps, in order; empty ones are not there."""

        def named(step: Step) -> tuple[int, int]:
            return step.week, step.day or 0 if self.is_by_day else 0

        ordered = sorted(self.steps, key=named)  # steps of one stretch keep their order
        return tuple(tuple(group) for _name, group in groupby(ordered, key=named))

    @cached_property
    def own_ids(self) -> dict[int, int]:
        """Return the id of a step, or of one that it was copied from → the id of the step."""
        copied = {alias: step.id for step in self.steps for alias in step.aliases}
        return copied | {step.id: step.id for step in self.steps}

    @cached_property
    def by_id(self) -> dict[int, Step]:
        return {step.id: step for step in self.steps}

    @cached_property
    def minutes(self) -> tuple[int, ...]:
        """What each stretch asks for."""
        return tuple(sum(step.minutes for step in stretch) for stretch in self.stretches)

    @cached_property
    def places(self) -> dict[int, int]:
        """Return the id of a step → the index of its stretch."""
        return {step.id: place for place, stretch in enumerate(self.stretches) for step in stretch}

    def is_too_much(self, place: int, *, after: int, growth: str) -> bool:
        """Whether a week asks for more than one may grow to after the week `after`. The first week never does."""
        if self.is_by_day or place == 0:
            return False
        return self.minutes[place] > allowed_next(self.minutes[after], growth)
