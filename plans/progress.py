"""Which step comes next, as arithmetic on ids. The order is the plan's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a person is in a plan.

    `next_id` is the first session without a log, None once every session has one. What was done
    out of order stays done; nothing has to be made up.
    """

    next_id: int | None
    done: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.next_id is None


def place_in(ordered: Sequence[int], logged: Iterable[int]) -> Place:
    """Return the place in the plan `ordered`, given the ids of sessions that have a log."""
    has_log = set(logged)
    remaining = [pk for pk in ordered if pk not in has_log]
    return Place(next_id=remaining[0] if remaining else None, done=len(ordered) - len(remaining), total=len(ordered))


def is_enough_for_today(*, done_day: int | None, next_day: int | None) -> bool:
    """After one step today, is the next for another day?

    Yes, unless the plan puts both on the same of its days (a three-day plan has several steps a day).
    """
    return next_day is None or next_day != done_day
