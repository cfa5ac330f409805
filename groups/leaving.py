"""Whether an address of the API tells of a group that somebody has left, or was put out of, since an instant."""

from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import ResolverMatch

from accounts.models import User
from groups.models import Comment, Event, Group, Invitation, Membership, Post, Series
from notifications.tokens import hash_of

# First word of the address → the rows that its UUID names, and their way to the group.
ROWS: dict[str, tuple[Any, str]] = {
    "groups": (Group, ""),
    "events": (Event, "group"),
    "series": (Series, "group"),
    "posts": (Post, "group"),
    "comments": (Comment, "post__group"),
}


def has_left_since(person: User, address: ResolverMatch, since: datetime, _body: bytes) -> bool:
    """Whether they no longer see the group of the address; and of what is in it, whether they left after `since`."""
    group = group_at(address)
    if group is None:
        return False
    if not Group.objects.visible_to(person).filter(pk=group.pk).exists():
        return True
    if "uuid" in address.kwargs and address.route.startswith("api/v1/groups/<uuid:uuid>/"):
        return False  # of the group itself, and told to all who see it
    ended = Membership.objects.filter(Q(left_at__gte=since) | Q(banned_at__gte=since), group=group, person=person)
    return ended.exists()


def words_of(address: ResolverMatch) -> list[str]:
    """Return the words of an address of the API, its names in brackets as in its route."""
    return address.route.removeprefix("api/v1/").split("/")


def group_at(address: ResolverMatch) -> Group | None:
    """Return the group that the address is about."""
    words = words_of(address)
    if words[:2] == ["invitations", "<str:token>"]:
        token_hash = hash_of(address.kwargs["token"])
        named = Invitation._default_manager.filter(token_hash=token_hash)  # noqa: SLF001 - documented API
        return Group.objects.filter(pk__in=named.values("group")).first()
    if words[0] not in ROWS:
        return None
    model, way = ROWS[words[0]]
    uuid = next((value for name, value in address.kwargs.items() if name in {"group", "event", "post", "uuid"}), None)
    if uuid is None:
        return None
    rows = model.objects.filter(uuid=uuid)
    return Group.objects.filter(pk__in=rows.values(way or "pk")).first()
