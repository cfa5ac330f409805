"""Who reads, and what decides of what they see: written into a query, or looked up once for many."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, Self

from django.db.models import Case, Q, Value, When

from accounts.models import Block, other_than
from core.visibility import Viewer
from groups.models.memberships import MODERATING, Membership, MembershipQuerySet, Role

BARRED, UNSEEN = "barred", "unseen"

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
        mine = reader._mine.filter(Q(left_at=None) | Q(banned_at__isnull=False))
        is_what = Case(When(banned_at__isnull=False, then=Value(BARRED)), default="role")
        blocks = Block.objects.between(person).values_list(Value(UNSEEN), other_than(person))
        found = list(mine.values_list(is_what, "group").union(blocks, all=True))
        reader.groups = [key for what, key in found if what in Role.values]
        reader.watched = [key for what, key in found if what in MODERATING]
        reader.barred = [key for what, key in found if what == BARRED]
        reader.unseen = [key for what, key in found if what == UNSEEN]
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
