"""Who reads, and what decides of what they see: written into a query, or looked up once for many."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, Self

from django.db.models import DateTimeField, Value

from accounts.models import Block
from core.visibility import Viewer
from groups.models.memberships import MODERATING, Membership, MembershipQuerySet

BLOCK = ""  # in place of a role

type Ids = Collection[int] | Any  # or a query for them


class Reader:
    """Somebody who looks, signed in or not.

    `groups`: where they are in; `watched`: those of them that they look after; `barred`: out of which they were sent
    for good; `unseen`: people with whom a block stands between them. Each is made when it is asked for.
    """

    def __init__(self, person: Viewer) -> None:
        self.person = person

    @classmethod
    def of(cls, person: Viewer) -> Self:
        """Return queries, which become part of a larger one."""
        return cls(person)

    @classmethod
    def looked_up(cls, person: Viewer) -> Self:
        """Ask now, in one query: for the newest few of very many rows.

        A database that is handed the ids has nothing to gather before it shows the first row.
        """
        reader = cls(person)
        if not person.is_authenticated:
            return reader
        never = Value(None, DateTimeField())
        mine = reader._mine.values_list("group", "person", "role", "left_at", "banned_at")
        blocks = Block.objects.between(person).values_list("blocker", "blocked", Value(BLOCK), never, never)
        groups, watched, barred, unseen = [], [], [], []
        for one, other, role, left_at, banned_at in mine.union(blocks, all=True):
            if role == BLOCK:
                unseen.append(other if one == person.pk else one)
            elif banned_at:
                barred.append(one)
            elif left_at is None:
                groups.append(one)
                if role in MODERATING:
                    watched.append(one)
        reader.groups, reader.watched, reader.barred, reader.unseen = groups, watched, barred, unseen
        return reader

    @cached_property
    def groups(self) -> Ids:
        return self._mine.current().values("group") if self.person.is_authenticated else ()

    @cached_property
    def watched(self) -> Ids:
        return self._mine.moderating().values("group") if self.person.is_authenticated else ()

    @cached_property
    def barred(self) -> Ids:
        return self._mine.banned().values("group") if self.person.is_authenticated else ()

    @cached_property
    def unseen(self) -> Ids:
        return Block.objects.others_of(self.person) if self.person.is_authenticated else ()

    @property
    def _mine(self) -> MembershipQuerySet:
        return Membership.objects.filter(person=self.person.pk)
