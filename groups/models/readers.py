"""Who reads, and what decides of what they see: written into a query, or looked up once for many."""

from collections.abc import Collection
from functools import cached_property
from typing import Any, Self

from django.db import connection

from accounts.models import Block
from core.visibility import Viewer
from groups.models.memberships import MODERATING, Membership, MembershipQuerySet

BLOCK = ""  # in place of a role
# All that is known of who reads: a group with the part they have in it, or the other one of a block.
KNOWN = """
SELECT group_id, role, left_at IS NULL, banned_at IS NOT NULL FROM groups_membership WHERE person_id = %(person)s
UNION ALL
SELECT CASE blocker_id WHEN %(person)s THEN blocked_id ELSE blocker_id END, '', NULL, NULL
FROM accounts_block WHERE blocker_id = %(person)s OR blocked_id = %(person)s
"""

type Ids = Collection[int] | Any  # or a query for them
NONE: Ids = ()  # known to be none, so that nobody need ask


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

        A database that is handed the ids has nothing to gather before it shows the first row. A statement of our own:
        the ORM takes longer to write it than a database to answer.
        """
        reader = cls(person)
        if not person.is_authenticated:
            return reader
        groups, watched, barred, unseen = [], [], [], []
        with connection.cursor() as cursor:
            cursor.execute(KNOWN, {"person": person.pk})
            for key, role, is_in, is_barred in cursor.fetchall():
                if role == BLOCK:
                    unseen.append(key)
                elif is_barred:
                    barred.append(key)
                elif is_in:
                    groups.append(key)
                    if role in MODERATING:
                        watched.append(key)
        reader.groups, reader.watched, reader.barred, reader.unseen = groups, watched, barred or NONE, unseen
        return reader

    @cached_property
    def groups(self) -> Ids:
        return self._mine.current().values("group") if self.person.is_authenticated else NONE

    @cached_property
    def watched(self) -> Ids:
        return self._mine.moderating().values("group") if self.person.is_authenticated else NONE

    @cached_property
    def barred(self) -> Ids:
        return self._mine.banned().values("group") if self.person.is_authenticated else NONE

    @cached_property
    def unseen(self) -> Ids:
        return Block.objects.others_of(self.person) if self.person.is_authenticated else NONE

    @property
    def _mine(self) -> MembershipQuerySet:
        return Membership.objects.filter(person=self.person.pk)
