"""Several cues of one person close to each other become one message: which one speaks, as arithmetic."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

CLOSE = timedelta(minutes=60)


@dataclass(frozen=True, order=True)
class Occasion:
    """A plan that may be reminded of on one day. The order says who speaks: the earliest, then by address.

    One that was left to another message (`can_begin` is false) may be spoken of, but speaks for nobody.
    """

    due_at: datetime
    plan: UUID
    can_begin: bool = field(default=True, compare=False)


def gathered(occasions: Iterable[Occasion]) -> list[list[Occasion]]:
    """Return the occasions in groups: each begins with the one that speaks, and lasts at most an hour.

    An occasion an hour and a half after the first begins a group of its own, though it be near the second.
    """
    groups: list[list[Occasion]] = []
    for occasion in sorted(occasions):
        if groups and occasion.due_at - groups[-1][0].due_at <= CLOSE:
            groups[-1].append(occasion)
        elif occasion.can_begin:
            groups.append([occasion])
    return groups
