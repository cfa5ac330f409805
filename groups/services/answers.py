"""Further ways to an answer: joining with it, a host who puts somebody down, and seats that are kept no longer."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Event, Membership, Rsvp
from groups.services.memberships import join_group
from groups.services.rsvps import HOLDING, KEPT_UNTIL, answers_at, lock_event, promote, require_open, rsvp, take_seat
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


def host_adds(*, event: Event, host: User, person: User, guests: int = 0, now: datetime) -> Rsvp:
    """Put somebody of the group down for an event, who is told of it; like anybody they may have to wait.

    Their own word counts more: an answer that holds a seat or a place stays as it is, and a "can't come" too.
    """
    require_good_standing(host, now=now)
    with transaction.atomic():
        locked = lock_event(event)
        require_open(locked, now)
        both = Membership.objects.current().filter(group=locked.group_id, person__in=[host, person])
        there = {membership.person_id: membership for membership in both}
        if host.pk not in there or not there[host.pk].is_hosting:
            raise NotPermitted("not_a_host", _("Only hosts put somebody down."))
        if person.pk not in there or there[person.pk].is_looking or not _is_well(person, now):
            raise InvalidInput("cannot_be_added", _("Choose somebody who takes part in the group."), field="person")
        mine, line = answers_at(locked, person)
        if mine.status in HOLDING:
            return mine
        if mine.status == Rsvp.Status.DECLINED:
            raise DomainError("said_no", _("They said that they can't come. Only they can change that."))
        mine.answered_at = now
        place = locked.next_place  # given out once, so it names this one time
        take_seat(locked, mine, line, guests=guests, now=now)
        _tell_added(locked, person, place, now)
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
