"""The newest of many groups, found without reading all that was ever said in them or in others."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from rest_framework.request import Request

from core.pagination import Pages
from groups.models import Post

BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
SPARE, WIDER = 5, 8  # so many more than a page shows are looked at first, for those that are hidden; then times so many

# The group that reaches its `depth`th post soonest says how far to look: no other post of the page is beyond. What is
# near is put aside before it is put in order: a database that is asked for the newest few of some groups may walk
# through all that others said since those fell silent.
NEWEST = """
WITH reached AS (
    SELECT (
        SELECT created_at FROM groups_post WHERE group_id = groups_group.id {beyond}
        ORDER BY created_at DESC, id DESC LIMIT 1 OFFSET %(depth)s - 1
    ) AS depth FROM groups_group WHERE id IN ({groups})
), near AS MATERIALIZED (
    SELECT created_at, id FROM groups_post WHERE group_id IN ({groups}) {beyond}
    AND created_at >= COALESCE((SELECT MAX(depth) FROM reached), %(end)s)
)
SELECT id FROM near ORDER BY created_at DESC, id DESC LIMIT %(depth)s
"""
OLDEST = NEWEST.replace("DESC", "ASC").replace("MAX", "MIN").replace(">=", "<=")


class NewestFirst(Pages):
    ordering = ("-created_at", "-pk")


class NewestOfMany(NewestFirst):
    """Pages of what is said in `groups`, newest first."""

    def __init__(self, groups: Collection[int]) -> None:
        self.groups = groups

    def page_of(self, queryset: Any, request: Request, view: Any) -> list[Any] | None:
        """Return the page, read from the posts next to the cursor; further ones when too few of these may be seen."""
        cursor = self.decode_cursor(request)
        offset, is_back, position = cursor or (0, False, None)
        depth = offset + (self.get_page_size(request) or 0) + 1 + SPARE
        while True:
            near = self._nearest(depth, position, is_back=is_back)
            page = super().page_of(queryset.filter(pk__in=near), request, view)
            is_full = self.has_previous if is_back else self.has_next
            if is_full or len(near) < depth:
                return page
            depth *= WIDER

    def _nearest(self, depth: int, position: Any, *, is_back: bool) -> list[int]:
        """Return the keys of the `depth` posts that come first from `position` on, whoever may see them.

        A statement of our own: the ORM takes longer to write it than a database to answer.
        """
        if not self.groups:
            return []
        sql, end, beyond = (OLDEST, END, ">") if is_back else (NEWEST, BEGINNING, "<")
        given = {"end": moment(end), "depth": depth} | ({"position": moment(position)} if position else {})
        parts = {
            "groups": ", ".join(str(int(key)) for key in self.groups),  # a place for each takes a driver longer to fill
            "beyond": f"AND created_at {beyond} %(position)s" if position else "",  # unsaid, a database guesses better
        }
        with connection.cursor() as cursor:
            cursor.execute(sql.format(**parts), given)
            return [key for (key,) in cursor.fetchall()]


def moment(value: Any) -> Any:
    """Return an instant, or what a cursor says of it, as the database takes it; ValidationError if it is none."""
    return Post._meta.get_field("created_at").get_db_prep_value(value, connection)  # noqa: SLF001 - Django's public name
