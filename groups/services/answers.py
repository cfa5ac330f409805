"""Further ways to an answer: joining with it, a host who puts somebody down, and seats that are kept no longer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Event, Membership, Rsvp
from groups.models.memberships import HOSTING, asked_role
from groups.services.memberships import join_group, require_hosting
from groups.services.rsvps import (
    HOLDING,
    KEPT_UNTIL,
    answers_at,
    how_many_wait,
    lock_event,
    promote,
    require_open,
    rsvp,
    take_seat,
)
from notifications.services.outbox import notify


def join_and_answer(
    *,
    event: Event,
    person: User,
    answer: str,
    guests: int | None = None,
    is_quiet: bool | None = None,
    is_first_time: bool | None = None,
    now: datetime,
) -> Rsvp:
    """Join the open group of an event and answer it, both or neither. Who can't come has no need to join."""
    if answer == Rsvp.Status.DECLINED:
        raise NotPermitted("not_a_member", _("Join the group first, then a seat can be yours."))
    with transaction.atomic():
        join_group(group=event.group, person=person, now=now)
        return rsvp(
            event=event,
            person=person,
            answer=answer,
            guests=guests,
            is_quiet=is_quiet,
            is_first_time=is_first_time,
            now=now,
        )


def host_adds(*, event: Event, host: User, person: UUID, guests: int = 0, now: datetime) -> Rsvp:
    """Put somebody of the group down for an event, who is told of it; like anybody they may have to wait.

    `person` is their address, among those whom the host may know of. Their own word counts more: an answer that holds
    a seat or a place stays as it is, and a "can't come" too.
    """
    require_good_standing(host, now=now)
    with transaction.atomic():
        locked = lock_event(event)
        require_open(locked, now)
        membership, in_line = _for_host(locked, host, person, now)
        mine, line = answers_at(locked, membership.person)
        if mine.status in HOLDING:
            return mine
        if mine.status == Rsvp.Status.DECLINED:
            raise DomainError("said_no", _("They said that they can't come. Only they can change that."))
        mine.answered_at = now
        place = locked.next_place  # given out once, so it names this one time
        take_seat(locked, mine, line, in_line=in_line, guests=guests, now=now)
        _tell_added(locked, membership.person, place, now)
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


def _for_host(event: Event, host: User, person: UUID, now: datetime) -> tuple[Membership, int]:
    """Return the membership of whom a host puts down, asked under the event's lock, and how many wait in line."""
    members = Membership.objects.visible_to(host).filter(group=event.group_id, person__uuid=person)
    asked: Any = members.select_related("person").annotate(in_line=how_many_wait(event), **asked_role(host, "group"))
    found = asked.first()
    if found is None:
        require_hosting(event.group_id, host)
    elif found.asked_role not in HOSTING:
        raise NotPermitted("not_a_host", _("Only hosts put somebody down."))
    if found is None or found.is_looking or not _is_well(found.person, now):
        raise InvalidInput("cannot_be_added", _("Choose somebody who takes part in the group."), field="person")
    return found, found.in_line


def _is_well(person: User, now: datetime) -> bool:
    return person.is_active and person.banned_at is None and not person.is_suspended(now)


def _tell_added(event: Event, person: User, place: int, now: datetime) -> None:
    notify(
        person=person,
        kind="host_added",
        about_id=str(event.uuid),
        dedupe_key=f"host_added:{event.uuid}:{person.uuid}:{place}",
        expires_at=event.ends_at,
        now=now,
    )
