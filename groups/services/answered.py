"""Who answers, what they have said before, and who waits: read once the event's row is locked."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import NotPermitted
from groups.models import Event, Membership, Rsvp


@dataclass(frozen=True)
class Answering:
    """Somebody of the event's group, as they are now, with their person. `in_line`: how many wait for a seat."""

    membership: Membership
    in_line: int
    has_answered: bool

    @property
    def person(self) -> User:
        return self.membership.person


def who_answers(event: Event, person: User) -> Answering:
    """Return who answers a locked event, or raise NotPermitted for who is not in its group.

    Asked under the event's lock: leaving, a suspension and a ban take the same lock, so no seat outlives them.
    """
    members = Membership.objects.current().filter(group=event.group_id, person=person)
    found: Any = members.select_related("person").annotate(**asked_of_answers(event)).first()
    if found is None:
        raise NotPermitted("not_a_member", _("Join the group first, then a seat can be yours."))
    return Answering(found, found.in_line, found.has_answered)


def asked_of_answers(event: Event, person: str = "person") -> dict[str, Any]:
    """Return what to annotate a row with that is read under the event's lock; `person` leads from it to who answers."""
    theirs = Rsvp.objects.filter(event=event, person=OuterRef(person))
    waiting = Rsvp.objects.filter(event=event, status=Rsvp.Status.WAITLISTED).order_by().values("event")
    in_line = Coalesce(Subquery(waiting.annotate(n=Count("pk")).values("n")), Value(0))
    return {"in_line": in_line, "has_answered": Exists(theirs)}


def answers_at(event: Event, one: Answering, *, giving: Q | None = None) -> tuple[Rsvp, list[Rsvp]]:
    """Return somebody's answer to a locked event, a new one if need be, and the line as far as it may move.

    Where no seat is free the line is read only when theirs is about to be: `giving` is what is so of an answer that
    gives seats back by what they say now. Either way an answer of theirs in line knows its own `position`.
    """
    if not (one.has_answered or (one.in_line and event.has_seat)):
        return Rsvp(event=event, person=one.person), []
    theirs, answers = Q(person=one.person), Rsvp.objects.filter(event=event)
    asked = theirs
    if event.has_seat:
        asked = theirs | Q(status=Rsvp.Status.WAITLISTED)
    elif giving is not None:
        seats = answers.filter(theirs, giving, status=Rsvp.Status.GOING)
        asked = theirs | Q(Exists(seats), status=Rsvp.Status.WAITLISTED)
    found = list(answers.filter(asked).with_position_of(one.person).select_related("person").order_by("place"))
    mine = next((answer for answer in found if answer.person_id == one.person.pk), None)
    line = [answer for answer in found if answer.status == Rsvp.Status.WAITLISTED]
    return mine or Rsvp(event=event, person=one.person), line
