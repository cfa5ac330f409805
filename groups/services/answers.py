"""Further ways to an answer: joining with it, a host who puts somebody down, and seats that are kept no longer."""

from datetime import datetime
from typing import Any, Unpack
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, NotPermitted
from core.gathered import gathered, made, read
from core.visibility import get_still
from groups.models import AnswerLink, Event, JoinRequest, Membership, Rsvp
from groups.models.memberships import HOSTING, asked_role
from groups.services.answerable import require_known, require_open
from groups.services.answered import Answering, answers_at, asked_of_answers
from groups.services.memberships import come_in, require_hosting
from groups.services.rsvps import (
    HOLDING,
    KEPT_UNTIL,
    Said,
    answer_locked,
    lock_event,
    lock_with_group,
    promote,
    take_seat,
)
from notifications.services.outbox import Message

KNOWN = ["id", "role", "is_looking", "left_at", "banned_at"]  # of a membership, what decides who may come in


def join_and_answer(*, event: Event, person: User, answer: str, now: datetime, **said: Unpack[Said]) -> Rsvp:
    """Join the open group of an event and answer it, both or neither. Who can't come has no need to join."""
    require_known(answer)
    if answer == Rsvp.Status.DECLINED:
        raise NotPermitted("not_a_member", _("Join the group first, then a seat can be yours."))
    require_good_standing(person, now=now)
    with transaction.atomic():
        locked = lock_with_group(event)
        come: Any = _who_comes(locked, person, now)
        one = Answering(_membership_of(come, locked), come.in_line, come.has_answered)
        come_in(known=one.membership, has_asked=come.has_asked, has_links=come.has_links, now=now)
        require_open(locked, now)
        return answer_locked(locked, one, answer=answer, now=now, **said)


def host_adds(*, event: Event, host: User, person: UUID, guests: int = 0, now: datetime) -> Rsvp:
    """Put somebody of the group down for an event, who is told of it; like anybody they may have to wait.

    `person` is their address, among those whom the host may know of. Their own word counts more: an answer that holds
    a seat or a place stays as it is, and a "can't come" too.
    """
    require_good_standing(host, now=now)
    with transaction.atomic():
        locked = lock_event(event)
        require_open(locked, now)
        one = _for_host(locked, host, person, now)
        mine, line = answers_at(locked, one)
        if mine.status in HOLDING:
            return mine
        if mine.status == Rsvp.Status.DECLINED:
            raise DomainError("said_no", _("They said that they can't come. Only they can change that."))
        mine.answered_at = now
        told = [_added(locked, one.person)]
        take_seat(locked, mine, line, in_line=one.in_line, guests=guests, telling=told, now=now)
        return mine


def fill_kept_seats(*, now: datetime) -> int:
    """Give away what was kept for those in line whom it is too few for, once it starts within a day.

    Returns how many events were looked at; only those in which somebody waits whom the free seats are enough for.
    """
    fits = Rsvp.objects.filter(event=OuterRef("pk"), status=Rsvp.Status.WAITLISTED)
    fits = fits.filter(guests__lt=OuterRef("capacity") - OuterRef("going_count"))
    soon = Event.objects.scheduled().filter(starts_at__lte=now + KEPT_UNTIL, ends_at__gt=now)
    found = list(soon.filter(Exists(fits), going_count__lt=F("capacity")))
    for event in found:
        with transaction.atomic():
            promote([lock_event(event)], now=now)
    return len(found)


def _who_comes(event: Event, person: User, now: datetime) -> User:
    """Return somebody as they are under the locks of an event and its group, with what is to be known of them there.

    `was`: their membership of now or before. `has_asked`, `has_links`: what ends when they come in.
    """
    there = {"group": event.group_id, "person": OuterRef("pk")}
    asked = JoinRequest.objects.filter(**there, status=JoinRequest.Status.OPEN)
    links = AnswerLink.objects.live(now).filter(event__group=event.group_id, person=OuterRef("pk"))
    known = {
        "was": gathered(Membership.objects.filter(**there).order_by("pk"), *KNOWN),
        "has_asked": Exists(asked),
        "has_links": Exists(links),
    }
    return get_still(User.objects.annotate(**known, **asked_of_answers(event, "pk")), person)


def _membership_of(come: Any, event: Event) -> Membership:
    was = [made(Membership, KNOWN, values) for values in read(come.was)]
    membership = was[0] if was else Membership()
    membership.group, membership.person = event.group, come
    return membership


def _for_host(event: Event, host: User, person: UUID, now: datetime) -> Answering:
    """Return whom a host puts down, asked under the event's lock."""
    members = Membership.objects.visible_to(host).filter(group=event.group_id, person__uuid=person)
    asked = members.select_related("person").annotate(**asked_of_answers(event), **asked_role(host, "group"))
    found: Any = asked.first()
    if found is None:
        require_hosting(event.group_id, host)
    elif found.asked_role not in HOSTING:
        raise NotPermitted("not_a_host", _("Only hosts put somebody down."))
    if found is None or found.is_looking or not _is_well(found.person, now):
        raise InvalidInput("cannot_be_added", _("Choose somebody who takes part in the group."), field="person")
    return Answering(found, found.in_line, found.has_answered)


def _is_well(person: User, now: datetime) -> bool:
    return person.is_active and person.banned_at is None and not person.is_suspended(now)


def _added(event: Event, person: User) -> Message:
    """The place that they are about to be given is given out once, so it names this one time."""
    return Message(
        person_id=person.pk,
        kind="host_added",
        about_id=str(event.uuid),
        dedupe_key=f"host_added:{event.uuid}:{person.uuid}:{event.next_place}",
        expires_at=event.ends_at,
    )
