"""Who reads, and what decides of what they see: written into a query, or looked up once for many."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Self

from accounts.models import Block
from core.visibility import Viewer
from groups.models.memberships import MODERATING, Membership

type Ids = Collection[int] | Any  # or a query for them


@dataclass(frozen=True)
class Reader:
    """Somebody who looks, signed in or not.

    `groups`: where they are in; `watched`: those of them that they look after; `barred`: out of which they were sent
    for good; `unseen`: people with whom a block stands between them.
    """

    person: Viewer
    groups: Ids
    watched: Ids
    barred: Ids
    unseen: Ids

    @classmethod
    def of(cls, person: Viewer) -> Self:
        """Return queries, which become part of a larger one."""
        if not person.is_authenticated:
            return cls(person, (), (), (), ())
        mine = Membership.objects.filter(person=person.pk)
        groups = mine.current().values("group")
        barred = mine.banned().values("group")
        return cls(person, groups, mine.moderating().values("group"), barred, Block.objects.others_of(person))

    @classmethod
    def looked_up(cls, person: Viewer) -> Self:
        """Ask now, in two queries: for the newest few of very many rows.

        A database that is handed the ids has nothing to gather before it shows the first row.
        """
        rows = Membership.objects.filter(person=person.pk).values_list("group", "role", "left_at", "banned_at")
        inside = [(group, role) for group, role, left_at, banned_at in rows if left_at is None and banned_at is None]
        watched = [group for group, role in inside if role in MODERATING]
        barred = [group for group, _role, _left_at, banned_at in rows if banned_at]
        return cls(person, [group for group, _ in inside], watched, barred, list(Block.objects.others_of(person)))
