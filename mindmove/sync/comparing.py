"""How everything is that a person has and may see, and how their devices were told that it is.

One statement says both, so that they are of one moment. What a transaction has not committed is not in it, and is a
difference the next time, whatever its clock or its numbers say.
"""

from datetime import date
from uuid import UUID

from accounts.models import User
from accounts.shadow import Clock, Name, Shadow, Told
from mindmove.sync.kinds import KINDS
from mindmove.sync.statement import NOT_TOLD, OF_CLOCK, rows_of

RANK = {name: place for place, name in enumerate(KINDS)}


def shadow_of(person: User, today: date) -> Shadow:
    """Return what there is and what was told, in one query."""
    clock: Clock | None = None
    there: dict[Name, str] = {}
    told: dict[Name, Told] = {}
    for kind, key, version, position in rows_of(person, today):
        if kind == OF_CLOCK:
            clock = Clock(UUID(key), position, int(version))
        elif position == NOT_TOLD:
            there[kind, key] = version
        else:
            told[kind, key] = Told(version, position)
    order = sorted(there, key=lambda name: (RANK[name[0]], name[1]))
    return Shadow(clock, {name: there[name] for name in order}, told)
