"""Seats and the line for them.

Every door (page, API, leaving, a raised capacity) ends in `take_seat`, `free_seat` or `promote`. All
three want the event's row locked (`lock_event`), which makes the order of arrival at that lock the
order of the line. At no commit does a free seat of an open event exist while somebody waits for one.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Event, Membership, Rsvp
from notifications.services.outbox import Message, notify_all

ANSWERS = (Rsvp.Status.GOING, Rsvp.Status.MAYBE, Rsvp.Status.DECLINED)


def rsvp(
    *, event: Event, person: User, answer: str, is_quiet: bool = False, is_first_time: bool = False, now: datetime
) -> Rsvp:
    """Keep one person's one answer (a value of `ANSWERS`) to an event, and return it as it stands.

    Going means a seat, or a place at the end of the line. Raises DomainError when the event is
    cancelled or over, or when the person is not in its group.
    """
    if answer not in ANSWERS:
        raise InvalidInput("unknown_answer", _("Choose going, maybe or can't come."), field="answer")
    with transaction.atomic():
        locked = lock_event(event)
        _require_open(locked, now)
        _require_member(locked, person)
        mine = Rsvp.objects.filter(event=locked, person=person).first() or Rsvp(event=locked, person=person)
        mine.is_quiet, mine.is_first_time, mine.answered_at = is_quiet, is_first_time, now
        if answer == Rsvp.Status.GOING:
            take_seat(locked, mine, now=now)
        else:
            free_seat(locked, mine, answer=answer, now=now)
        return mine


def lock_event(event: Event) -> Event:
    """Return the event's row as it is now, locked until the end of the transaction."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)


def take_seat(event: Event, mine: Rsvp, *, now: datetime) -> None:
    """Keep the seat or place that `mine` has; else give a seat, or the last place when none is free."""
    if mine.status in {Rsvp.Status.GOING, Rsvp.Status.WAITLISTED}:
        mine.save()
        return
    promote(event, now=now)  # whoever waits comes before whoever arrives
    if event.has_seat:
        mine.status = Rsvp.Status.GOING
        event.going_count += 1
    else:
        mine.status, mine.place = Rsvp.Status.WAITLISTED, event.next_place
        event.next_place += 1
    mine.save()
    event.save(update_fields=["going_count", "next_place"])


def free_seat(event: Event, mine: Rsvp, *, answer: str = Rsvp.Status.DECLINED, now: datetime) -> None:
    """Give back the seat or place of `mine`, leave `answer` in its stead, and let the next one in."""
    had_seat = mine.status == Rsvp.Status.GOING
    mine.status, mine.place, mine.promoted_at = answer, None, None
    mine.save()
    if had_seat:
        event.going_count -= 1
        event.save(update_fields=["going_count"])
    promote(event, now=now)


def promote(event: Event, *, now: datetime) -> None:
    """Give every free seat to the earliest in line, and tell each of them once."""
    if not event.is_open(now) or not event.has_seat:
        return
    line = Rsvp.objects.filter(event=event).in_line().select_related("person")
    lucky = list(line if event.seats_left is None else line[: event.seats_left])
    if not lucky:
        return
    messages = [_news_for(event, first) for first in lucky]
    for first in lucky:
        first.status, first.place, first.promoted_at = Rsvp.Status.GOING, None, now
        first.save(update_fields=["status", "place", "promoted_at"])
    event.going_count += len(lucky)
    event.save(update_fields=["going_count"])
    notify_all(messages, now=now)


def _news_for(event: Event, first: Rsvp) -> Message:
    """A place is given out once per event, so person and place name this one promotion."""
    return Message(
        person_id=first.person_id,
        kind="seat_promoted",
        about_id=str(event.uuid),
        dedupe_key=f"seat_promoted:{event.uuid}:{first.person.uuid}:{first.place}",
        expires_at=event.ends_at,
    )


def _require_open(event: Event, now: datetime) -> None:
    if event.status == Event.Status.CANCELLED:
        raise DomainError("event_cancelled", _("This event is cancelled, so it takes no answers any more."))
    if not event.is_open(now):
        raise DomainError("event_over", _("This event is over, so it takes no answers any more."))


def _require_member(event: Event, person: User) -> None:
    """Asked under the event's lock: leaving takes the same lock, so no seat outlives a membership."""
    if not Membership.objects.current().filter(group=event.group_id, person=person).exists():
        raise NotPermitted("not_a_member", _("Join the group first, then a seat can be yours."))
