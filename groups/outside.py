"""A group as who has just left it sees it, made of what was read under its lock: to ask anew costs a query."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Subquery

from groups.models import Event, Group, Picture
from groups.models.events import EventQuerySet


def events_showing(group: UUID) -> EventQuerySet:
    """Return the events of the group at an address, each with it, `picture_uuid` and `picture_alt` (may be None)."""
    pictures = Picture.objects.filter(post=None, group__uuid=group)
    events = Event.objects.filter(group__uuid=group).select_related("group")
    return events.annotate(
        picture_uuid=Subquery(pictures.values("uuid")[:1]),
        picture_alt=Subquery(pictures.values("alt")[:1]),
    )


def seen_from_outside(coming: Sequence[Event]) -> Group | None:
    """Return the group as `alone_seen_by` shows it to who is not in it; None where it does not exist for them.

    `coming`: all that the group has before it, one at least, as `events_showing` brings them.
    """
    one: Any = coming[0]
    group = one.group
    if not group.is_open or group.visibility == Group.Visibility.PRIVATE:
        return None
    group.is_member = group.is_looking = False
    group.role = None
    group.picture_uuid = one.picture_uuid
    group.picture_alt = one.picture_alt
    group.meets_at = min((event.starts_at for event in coming if event.status == Event.Status.SCHEDULED), default=None)
    return group  # type: ignore[no-any-return]
