"""Which way into a group fits a viewer, and what those who host it see of its doors."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from core.visibility import Viewer
from groups.models import Event, Group, Invitation, JoinRequest
from groups.models.joining import InvitationQuerySet, JoinRequestQuerySet
from groups.rules import may


@dataclass(frozen=True)
class Ways:
    """`asked` is the viewer's own request that waits, `waiting` how many wait for a viewer who hosts."""

    may_join: bool = False
    may_ask: bool = False
    asked: JoinRequest | None = None
    is_looking: bool = False
    waiting: int = 0


def ways_of(viewer: Viewer, group: Group, mine: Any = None) -> Ways:
    """Return what the viewer can do at the group's door; `mine` is what `feed.my_membership` found, if anything."""
    if mine is not None:
        return Ways(is_looking=mine.is_looking, waiting=mine.asking if mine.is_hosting else 0)
    may_ask = may(viewer, "ask_to_join", group)
    asked = my_request(viewer, group) if may_ask else None
    return Ways(may_join=may(viewer, "join_group", group), may_ask=may_ask and asked is None, asked=asked)


def my_request(viewer: Viewer, group: Group) -> JoinRequest | None:
    """Return the viewer's own request as long as it waits for an answer."""
    mine = JoinRequest.objects.visible_to(viewer).filter(group=group, person=viewer.pk)
    return mine.filter(status=JoinRequest.Status.OPEN).first()


def requests_seen_by(viewer: User, group: Group, *, now: datetime) -> JoinRequestQuerySet:
    """Return who waits for an answer, the first first, for those who host; of others their own."""
    waiting = JoinRequest.objects.visible_to(viewer).filter(group=group).open(now)
    return waiting.select_related("person", "group").order_by("created_at", "pk")


def invitations_seen_by(viewer: User, group: Group, *, now: datetime) -> InvitationQuerySet:
    """Return the links that still let somebody in, the newest first, for those who host."""
    links = Invitation.objects.visible_to(viewer).filter(group=group).usable(now)
    return links.select_related("group").order_by("-created_at", "-pk")


def next_meeting(invitation: Invitation, *, now: datetime) -> Event | None:
    """Return when they next meet: whoever holds a link that is good may know, of a private group too."""
    return Event.objects.filter(group=invitation.group_id).scheduled().upcoming(now).first()
