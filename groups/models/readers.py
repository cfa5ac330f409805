"""Who reads, and what decides of what they see: written into a query, or looked up once for many."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, Self

from accounts.models import Block
from core.visibility import Viewer
from groups.models.memberships import MODERATING, Membership, MembershipQuerySet

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
        """Ask now, in two queries: for the newest few of very many rows.

        A database that is handed the ids has nothing to gather before it shows the first row.
        """
        reader = cls(person)
        rows = list(reader._mine.values_list("group", "role", "left_at", "banned_at"))
        inside = [(group, role) for group, role, left_at, banned_at in rows if left_at is None and banned_at is None]
        reader.groups = [group for group, _role in inside]
        reader.watched = [group for group, role in inside if role in MODERATING]
        reader.barred = [group for group, _role, _left_at, banned_at in rows if banned_at]
        pairs = Block.objects.between(person).values_list("blocker", "blocked")
        reader.unseen = [blocked if blocker == person.pk else blocker for blocker, blocked in pairs]
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
