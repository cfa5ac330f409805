"""The newest of many groups, found without reading all that was ever said in them or in others."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from django.db.models import Max, Min, OuterRef, Subquery, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from rest_framework.request import Request

from core.pagination import Pages
from groups.models import Group, Post
from groups.models.feed import PostQuerySet

BEGINNING, END = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
SPARE, WIDER = 5, 8  # so many more than a page shows are looked at first, for those that are hidden; then times so many


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

        The group that reaches its `depth`th post soonest says how far to look: no other post of the page is beyond.
        """
        beyond, within = ("gt", "lte") if is_back else ("lt", "gte")
        posts = Post.objects.filter(**{f"created_at__{beyond}": position}) if position else Post.objects.all()
        end = self._end(posts.order_by("created_at", "pk") if is_back else posts.newest_first(), depth, is_back=is_back)
        found = posts.filter(**{"group__in": self.groups, f"created_at__{within}": end})
        order = sorted(found.values_list("created_at", "pk"), reverse=not is_back)
        return [key for _created_at, key in order[:depth]]

    def _end(self, posts: PostQuerySet, depth: int, *, is_back: bool) -> Combinable:
        """Return the instant of the first `depth`th post that any group has: beyond all, when none has as many."""
        depths = posts.filter(group=OuterRef("pk")).values("created_at")[depth - 1 : depth]
        nearest, beyond_all = (Min, END) if is_back else (Max, BEGINNING)
        ends = Group.objects.filter(pk__in=self.groups).order_by().values(whole=Value(1))
        end = ends.annotate(end=nearest(Subquery(depths))).values("end")
        return Coalesce(Subquery(end), Value(beyond_all))
