"""What pages and answers show of groups, in a fixed number of queries, as one viewer sees it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable

from accounts.models import Block, User, named, seen
from core.visibility import Viewer
from groups.models import Attendance, Event, Group, Membership, Picture, Rsvp
from groups.models.events import EventQuerySet
from groups.models.groups import GroupQuerySet
from groups.models.memberships import MembershipQuerySet
from groups.models.rsvps import RsvpQuerySet, position_of
from groups.people import people_known_to


def groups_seen_by(viewer: Viewer) -> GroupQuerySet:
    """Return groups, each as `groups_in_full` has it."""
    return groups_in_full(Group.objects.visible_to(viewer), viewer)


def groups_in_full(groups: GroupQuerySet, viewer: Viewer) -> GroupQuerySet:
    """Add `is_member` and `is_looking` of the viewer, and `shown_pictures`, one at most."""
    pictures = Picture.objects.visible_to(viewer).filter(post=None).select_related("group")
    return _with_place_of(groups, viewer).prefetch_related(Prefetch("pictures", pictures, to_attr="shown_pictures"))


def _with_place_of(groups: GroupQuerySet, viewer: Viewer) -> GroupQuerySet:
    mine = Membership.objects.current().filter(group=OuterRef("pk"), person=viewer.pk)
    return groups.annotate(is_member=Exists(mine), is_looking=Exists(mine.filter(is_looking=True)))


def with_next_meeting(groups: GroupQuerySet, viewer: Viewer, *, now: datetime) -> GroupQuerySet:
    """Add `next_at`, an instant or None, so that groups can be put in order by it."""
    coming = Event.objects.visible_to(viewer).scheduled().upcoming(now).filter(group=OuterRef("pk"))
    return groups.annotate(next_at=Subquery(coming.values("starts_at")[:1]))


def alone_seen_by(viewer: Viewer, *, now: datetime) -> GroupQuerySet:
    """Return groups as one of them is shown by itself: all that is told of its next meeting and its picture is in it.

    They bring `meets_at`, `picture_uuid` and `role` of the viewer (each may be None), where a list of groups brings
    rows for all of them, and `picture_alt`.
    """
    coming = Event.objects.visible_to(viewer).scheduled().upcoming(now).filter(group=OuterRef("pk"))
    pictures = Picture.objects.visible_to(viewer).filter(post=None, group=OuterRef("pk"))
    mine = Membership.objects.current().filter(group=OuterRef("pk"), person=viewer.pk)
    return _with_place_of(Group.objects.visible_to(viewer), viewer).annotate(
        meets_at=Subquery(coming.values("starts_at")[:1]),
        picture_uuid=Subquery(pictures.values("uuid")[:1]),
        picture_alt=Subquery(pictures.values("alt")[:1]),
        role=Subquery(mine.values("role")),
    )


def with_events(groups: GroupQuerySet, events: EventQuerySet) -> GroupQuerySet:
    """Add `shown_events`, the first of `events` in each group: one at most."""
    return groups.prefetch_related(Prefetch("events", events.select_related("group")[:1], to_attr="shown_events"))


def events_seen_by(viewer: Viewer) -> EventQuerySet:
    """Return events with their group, `series_uuid`, and what `shown_answer` and `name_of_greeter` return of them.

    For a page of many see `groups.details`.
    """
    own = Q(rsvps__person=viewer.pk)
    events = Event.objects.visible_to(viewer)
    return events.select_related("group", "my_answer").annotate(  # type: ignore[misc] # of a filtered relation
        my_answer=FilteredRelation("rsvps", condition=own),
        my_position=position_of("pk", "my_answer__place"),
        greeter_name=_name_of_greeter(viewer),
        series_uuid=F("series__uuid"),
    )


def events_in_full(viewer: Viewer) -> EventQuerySet:
    """Return events as one is shown by itself: those of `events_seen_by`, and more for `keeps_seats`.

    `greeter_uuid` is who greets, where the viewer may open their page.
    """
    greeter = people_known_to(viewer).filter(pk=OuterRef("greeter"))
    waiting = Rsvp.objects.filter(event=OuterRef("pk")).in_line().order_by()
    return events_seen_by(viewer).annotate(greeter_uuid=Subquery(greeter.values("uuid")), has_line=Exists(waiting))


def keeps_seats(event: Any) -> bool:
    """Return whether the free seats of an event of `events_in_full` are kept for those first in line."""
    return event.capacity is not None and event.has_seat and event.has_line


def _name_of_greeter(viewer: Viewer) -> Combinable:
    if not viewer.is_authenticated:
        return Value(None, CharField())
    return Case(When(seen(Block.objects.others_of(viewer), "greeter__"), then="greeter__display_name"))


def with_presence(events: EventQuerySet, viewer: Viewer) -> EventQuerySet:
    """Add `was_there`: whether somebody noted that the viewer was there."""
    noted = Attendance.objects.visible_to(viewer).filter(event=OuterRef("pk"), person=viewer.pk)
    return events.annotate(was_there=Exists(noted))


def shown_answer(event: Any) -> Rsvp | None:
    """Return the viewer's own answer to an event of `events_seen_by` or `with_details`, with `position`, or None."""
    position = event.my_position
    mine: Rsvp | None = getattr(event, "my_answer", None)  # set where there is one
    if mine is not None:
        mine.position = position
    return mine


def name_of_greeter(event: Any) -> str | None:
    """Return the name of who greets newcomers at an event, as far as the reader may know it.

    None for an event that neither `events_seen_by` nor `with_details` brought.
    """
    name = getattr(event, "greeter_name", None)
    return None if name is None else named(name)


def next_public_events(viewer: Viewer, *, now: datetime) -> EventQuerySet:
    """Return coming events of public groups that anybody can join, soonest first."""
    open_groups = Group.objects.visible_to(viewer).listed().filter(join_policy=Group.JoinPolicy.OPEN)
    return events_seen_by(viewer).scheduled().upcoming(now).filter(group__in=open_groups)


def members_seen_by(viewer: Viewer, group: Group) -> MembershipQuerySet:
    """Return the members that the viewer may know of, owners and hosts among them, longest there first."""
    return Membership.objects.visible_to(viewer).filter(group=group).select_related("person").order_by("joined_at")


def people_looked_after_by(viewer: Viewer, group: Group) -> MembershipQuerySet:
    """Return the people of the group as its page of people names them, longest there first.

    `is_known`: the viewer may open the person's page; those who host see the others by name, to look after the group.
    """
    known = User.objects.visible_to(viewer).filter(pk=OuterRef("person"))
    met = Membership.objects.looked_after_by(viewer).filter(group=group).annotate(is_known=Exists(known))
    return met.select_related("person").order_by("joined_at")


def people_met_by(viewer: Viewer, group: UUID) -> MembershipQuerySet:
    """Return the people of the group at an address, each with it, as far as the viewer may know of them and of it."""
    groups = Group.objects.visible_to(viewer).filter(uuid=group)
    return Membership.objects.looked_after_by(viewer).filter(group__in=groups).select_related("person", "group")


def answers_seen_by(viewer: Viewer, event: Event, status: str) -> RsvpQuerySet:
    """Return the answers of one kind that the viewer may know of; the line in its order.

    `is_known`: the viewer may open the person's page; hosts see the answers of people whom they do not.
    """
    known = User.objects.visible_to(viewer).filter(pk=OuterRef("person"))
    answers = Rsvp.objects.visible_to(viewer).filter(event=event, status=status).annotate(is_known=Exists(known))
    return answers.select_related("person").order_by("place", "answered_at")


def coming_seen_by(viewer: Viewer, event: Event) -> RsvpQuerySet:
    """Return the answers of those who come, and for hosts of those in line, each with `position`, as seen."""
    told = Rsvp.objects.visible_to(viewer).filter(event=event).with_position().select_related("person")
    hosts = Membership.objects.hosting().filter(group=event.group_id, person=viewer.pk)
    return told.filter(Q(status=Rsvp.Status.GOING) | Q(Exists(hosts), status=Rsvp.Status.WAITLISTED))
