"""What pages and answers show of groups, in a fixed number of queries, as one viewer sees it."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, Subquery

from accounts.models import User
from core.visibility import Viewer
from groups.models import Event, Group, Membership, Rsvp
from groups.models.events import EventQuerySet
from groups.models.groups import GroupQuerySet, MembershipQuerySet
from groups.models.rsvps import RsvpQuerySet

MOST_WORDS = 5


def groups_seen_by(viewer: Viewer, *, now: datetime) -> GroupQuerySet:
    """Return groups with `next_at` (an instant or None) and `is_member` of the viewer."""
    coming = Event.objects.visible_to(viewer).scheduled().upcoming(now).filter(group=OuterRef("pk"))
    mine = Membership.objects.current().filter(group=OuterRef("pk"), person=viewer.pk)
    return Group.objects.visible_to(viewer).annotate(
        next_at=Subquery(coming.values("starts_at")[:1]), is_member=Exists(mine)
    )


def find_groups(viewer: Viewer, *, kind: str = "", words: str = "", now: datetime) -> GroupQuerySet:
    """Return groups that lists may name, those that meet soonest first, each with `shown_events` (at most one)."""
    groups = groups_seen_by(viewer, now=now).findable_by(viewer)
    if kind:
        groups = groups.filter(kind=kind)
    for word in words.split()[:MOST_WORDS]:
        groups = groups.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(about__icontains=word))
    coming = Event.objects.visible_to(viewer).scheduled().upcoming(now)
    return groups.order_by(F("next_at").asc(nulls_last=True), "name").prefetch_related(
        Prefetch("events", coming.select_related("group")[:1], to_attr="shown_events")
    )


def events_seen_by(viewer: Viewer) -> EventQuerySet:
    """Return events with their group, `shown_greeter` (or None) and `my_answers` (at most one, with `position`)."""
    mine = Rsvp.objects.visible_to(viewer).filter(person=viewer.pk).with_position()
    return (
        Event.objects.visible_to(viewer)
        .select_related("group")
        .prefetch_related(Prefetch("greeter", User.objects.visible_to(viewer), to_attr="shown_greeter"))
        .prefetch_related(Prefetch("rsvps", mine, to_attr="my_answers"))
    )


def shown_answer(event: Any) -> Rsvp | None:
    """Return the viewer's own answer to an event of `events_seen_by`, with `position`, or None."""
    return next(iter(event.my_answers), None)


def next_public_events(viewer: Viewer, *, now: datetime) -> EventQuerySet:
    """Return coming events of public groups that anybody can join, soonest first."""
    open_groups = Group.objects.visible_to(viewer).listed().filter(join_policy=Group.JoinPolicy.OPEN)
    return events_seen_by(viewer).scheduled().upcoming(now).filter(group__in=open_groups)


def members_seen_by(viewer: Viewer, group: Group) -> MembershipQuerySet:
    """Return the members that the viewer may know of, owners and hosts among them, longest there first."""
    return Membership.objects.visible_to(viewer).filter(group=group).select_related("person").order_by("joined_at")


def answers_seen_by(viewer: Viewer, event: Event, status: str) -> RsvpQuerySet:
    """Return the answers of one kind that the viewer may know of; the line in its order."""
    answers = Rsvp.objects.visible_to(viewer).filter(event=event, status=status)
    return answers.select_related("person").order_by("place", "answered_at")
