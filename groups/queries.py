"""What pages and answers show of groups, in a fixed number of queries, as one viewer sees it."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Prefetch, Q, Subquery

from accounts.models import User
from core.visibility import Viewer
from groups.models import Attendance, Event, Group, Membership, Picture, Rsvp
from groups.models.events import EventQuerySet
from groups.models.groups import GroupQuerySet
from groups.models.memberships import MembershipQuerySet
from groups.models.rsvps import RsvpQuerySet


def groups_seen_by(viewer: Viewer) -> GroupQuerySet:
    """Return groups with `is_member` and `is_looking` of the viewer, and `shown_pictures`, one at most."""
    mine = Membership.objects.current().filter(group=OuterRef("pk"), person=viewer.pk)
    pictures = Picture.objects.visible_to(viewer).filter(post=None).select_related("group")
    groups = Group.objects.visible_to(viewer).annotate(
        is_member=Exists(mine), is_looking=Exists(mine.filter(is_looking=True))
    )
    return groups.prefetch_related(Prefetch("pictures", pictures, to_attr="shown_pictures"))


def with_next_meeting(groups: GroupQuerySet, viewer: Viewer, *, now: datetime) -> GroupQuerySet:
    """Add `next_at`, an instant or None, so that groups can be put in order by it."""
    coming = Event.objects.visible_to(viewer).scheduled().upcoming(now).filter(group=OuterRef("pk"))
    return groups.annotate(next_at=Subquery(coming.values("starts_at")[:1]))


def with_events(groups: GroupQuerySet, events: EventQuerySet) -> GroupQuerySet:
    """Add `shown_events`, the first of `events` in each group: one at most."""
    return groups.prefetch_related(Prefetch("events", events.select_related("group")[:1], to_attr="shown_events"))


def meetings_seen_by(viewer: Viewer) -> EventQuerySet:
    """Return events with their group and `shown_greeter` (or None)."""
    greeters = Prefetch("greeter", User.objects.visible_to(viewer), to_attr="shown_greeter")
    return Event.objects.visible_to(viewer).select_related("group", "series").prefetch_related(greeters)


def events_seen_by(viewer: Viewer) -> EventQuerySet:
    """Return events of `meetings_seen_by` with `my_answers` too (at most one, with `position`)."""
    mine = Rsvp.objects.own_of(viewer).with_position()
    return meetings_seen_by(viewer).prefetch_related(Prefetch("rsvps", mine, to_attr="my_answers"))


def in_one_query(events: EventQuerySet, viewer: Viewer) -> EventQuerySet:
    """Ask for what events of `events_seen_by` come with in the query itself; `unfold` what it gives.

    Such a query takes longer to write, so this is for one that is prepared.
    """
    greeters = User.objects.visible_to(viewer).filter(pk=OuterRef("greeter"))
    ahead = Rsvp.objects.filter(event=OuterRef("pk"), place__lte=OuterRef("my_answer__place")).order_by()
    joined = events.prefetch_related(None).annotate(
        my_answer=FilteredRelation("rsvps", condition=Q(rsvps__person=viewer.pk)),  # one of each person at most
        my_position=Subquery(ahead.values("event").annotate(n=Count("pk")).values("n")),
        is_greeter_seen=Exists(greeters),
    )
    return joined.select_related("group", "series", "greeter", "my_answer")  # type: ignore[misc] # one answer, as a row


def unfold(events: list[Any]) -> list[Any]:
    """Return events of `in_one_query` as those of `events_seen_by` are."""
    for event in events:
        event.shown_greeter = event.greeter if event.is_greeter_seen else None
        mine = getattr(event, "my_answer", None)
        event.my_answers = [mine] if mine else []
        for answer in event.my_answers:
            answer.position = event.my_position
    return events


def with_presence(events: EventQuerySet, viewer: Viewer) -> EventQuerySet:
    """Add `was_there`: whether somebody noted that the viewer was there."""
    noted = Attendance.objects.visible_to(viewer).filter(event=OuterRef("pk"), person=viewer.pk)
    return events.annotate(was_there=Exists(noted))


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


def people_looked_after_by(viewer: Viewer, group: Group) -> MembershipQuerySet:
    """Return the people of the group as its page of people names them, longest there first.

    `is_known`: the viewer may open the person's page; those who host see the others by name, to look after the group.
    """
    known = User.objects.visible_to(viewer).filter(pk=OuterRef("person"))
    met = Membership.objects.looked_after_by(viewer).filter(group=group).annotate(is_known=Exists(known))
    return met.select_related("person").order_by("joined_at")


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
