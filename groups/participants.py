"""Who answered and who was there, as those who host an event see it; and what the page of an event shows of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from accounts.models import User, UserQuerySet
from core.visibility import Viewer
from groups.models import Attendance, Event, HostMessage, Membership, Rsvp
from groups.models.hosting import HostMessageQuerySet

ORDER = [Rsvp.Status.GOING, Rsvp.Status.WAITLISTED, Rsvp.Status.MAYBE, Rsvp.Status.DECLINED]


@dataclass(frozen=True)
class Participant:
    """One person and their answer, if they gave one. `presence` is the row that says they were there, or None."""

    person: User
    answer: Rsvp | None
    presence: Attendance | None

    @property
    def says_so(self) -> bool:
        """Whether they said themselves that they were there, which no host takes back."""
        return self.presence is not None and not self.presence.is_said_by_host


def participants_seen_by(viewer: Viewer, event: Event) -> list[Participant]:
    """Return who answered: going first, then the line in its order, maybe, and who can't come."""
    presences = _presences(viewer, event)
    answers = Rsvp.objects.visible_to(viewer).filter(event=event).select_related("person")
    in_order = answers.order_by("place", "answered_at")
    found = [Participant(answer.person, answer, presences.get(answer.person_id)) for answer in in_order]
    return sorted(found, key=lambda one: ORDER.index(Rsvp.Status(one.answer.status)) if one.answer else len(ORDER))


def others_seen_by(viewer: Viewer, event: Event) -> list[Participant]:
    """Return people of the group who did not answer, those who came all the same first."""
    presences = _presences(viewer, event)
    answered = Rsvp.objects.visible_to(viewer).filter(event=event).values("person")
    members = Membership.objects.visible_to(viewer).filter(group=event.group_id).exclude(person__in=answered)
    people = [member.person for member in members.select_related("person").order_by("joined_at")]
    found = [Participant(person, None, presences.get(person.pk)) for person in people]
    return sorted(found, key=lambda one: one.presence is None)


def people_at(viewer: Viewer, event: Event) -> UserQuerySet:
    """Return the people of `participants_seen_by` and of `others_seen_by`."""
    answered = Rsvp.objects.visible_to(viewer).filter(event=event).values("person")
    members = Membership.objects.visible_to(viewer).filter(group=event.group_id).values("person")
    return User.objects.get_queryset().filter(Q(pk__in=answered) | Q(pk__in=members))


def by_answer(participants: list[Participant]) -> list[tuple[str, list[Participant]]]:
    """Return the answers that were given, each in words with its people."""
    said: dict[Rsvp.Status, list[Participant]] = {}
    for one in participants:
        if one.answer is not None:
            said.setdefault(Rsvp.Status(one.answer.status), []).append(one)
    return [(str(status.label), said[status]) for status in ORDER if status in said]


def messages_seen_by(viewer: Viewer, event: Event) -> HostMessageQuerySet:
    """Return what hosts wrote about the event, newest first."""
    return HostMessage.objects.visible_to(viewer).filter(event=event).order_by("-created_at")


def hosting_part(viewer: Viewer, event: Event, *, now: datetime) -> dict[str, Any]:
    """Return this part of the event's page: words of the hosts, and whether it has begun."""
    has_begun = event.status == Event.Status.SCHEDULED and now >= event.starts_at
    return {
        "words_of_hosts": messages_seen_by(viewer, event) if viewer.is_authenticated else [],
        "has_begun": has_begun,
    }


def _presences(viewer: Viewer, event: Event) -> dict[int, Attendance]:
    return {row.person_id: row for row in Attendance.objects.visible_to(viewer).filter(event=event)}
