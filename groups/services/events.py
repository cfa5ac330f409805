"""Making, changing and calling off events."""

from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from core.errors import DomainError, InvalidInput
from core.markdown import to_html
from groups.models import Event, Group, Membership, Rsvp
from groups.services.memberships import lock_group
from groups.services.rsvps import lock_event, promote
from notifications.services.outbox import Message, notify_all


class EventFields(TypedDict, total=False):
    """What a host may say about an event. Instants are aware; `capacity` None means no limit."""

    title: str
    about: str
    starts_at: datetime
    ends_at: datetime
    time_zone: str
    place: str
    setting: str
    effort: str
    capacity: int | None
    where_to_stand: str
    how_it_goes: str
    leaving_early: str
    greeter: User | None


def create_event(*, group: Group, now: datetime, **fields: Unpack[EventFields]) -> Event:
    """Add an event to the group. Raises InvalidInput, naming the field, for times or a greeter that cannot be."""
    with transaction.atomic():
        locked = lock_group(group)  # so that nobody leaves between this and their answer to it
        event = Event(group=locked, created_at=now, **{"time_zone": locked.time_zone, **fields})
        _require_sense(event, now)
        event.about_html = to_html(event.about)
        event.save()
        return event


def change_event(*, event: Event, now: datetime, **fields: Unpack[EventFields]) -> Event:
    """Change an event that is still on.

    More seats let those in line in; fewer than are going is refused, because nobody is sent away.
    """
    with transaction.atomic():
        locked = lock_event(event)
        _require_on(locked, now)
        for name, value in fields.items():
            setattr(locked, name, value)
        _require_sense(locked, now)
        _require_seats(locked)
        locked.about_html = to_html(locked.about)
        locked.save(update_fields=[*fields, "about_html"])
        promote(locked, now=now)
        return locked


def cancel_event(*, event: Event, now: datetime) -> Event:
    """Call an event off and tell everybody who said going or maybe or waits in line. Twice is once."""
    with transaction.atomic():
        locked = lock_event(event)
        if locked.status == Event.Status.CANCELLED:
            return locked
        _require_on(locked, now)
        locked.status = Event.Status.CANCELLED
        locked.save(update_fields=["status"])
        _tell_cancelled(locked, now)
        return locked


def _tell_cancelled(event: Event, now: datetime) -> None:
    concerned = Rsvp.objects.filter(event=event).exclude(status=Rsvp.Status.DECLINED).select_related("person")
    notify_all(
        [
            Message(
                person_id=answer.person_id,
                kind="event_cancelled",
                about_id=str(event.uuid),
                dedupe_key=f"event_cancelled:{event.uuid}:{answer.person.uuid}",
                expires_at=event.ends_at,
            )
            for answer in concerned
        ],
        now=now,
    )


def _require_on(event: Event, now: datetime) -> None:
    if event.status == Event.Status.CANCELLED:
        raise DomainError("event_cancelled", _("This event is cancelled and stays as it is."))
    if not event.is_open(now):
        raise DomainError("event_over", _("This event is over and stays as it was."))


def _require_sense(event: Event, now: datetime) -> None:
    if event.ends_at <= event.starts_at:
        raise InvalidInput("ends_before_start", _("An event ends after it starts."), field="ends_at")
    if event.ends_at <= now:
        raise InvalidInput("in_the_past", _("Choose a time that is still to come."), field="starts_at")
    if event.capacity is not None and event.capacity < 1:
        raise InvalidInput("no_seats", _("At least one seat, or leave it empty for no limit."), field="capacity")
    if event.greeter is not None and not _is_member(event.group_id, event.greeter):
        raise InvalidInput("greeter_not_member", _("Choose somebody from the group."), field="greeter")


def _require_seats(event: Event) -> None:
    if event.capacity is None or event.going_count <= event.capacity:
        return
    message = ngettext(
        "%(going)s person is going already, and nobody is sent away. Choose at least that many seats.",
        "%(going)s people are going already, and nobody is sent away. Choose at least that many seats.",
        event.going_count,
    )
    raise InvalidInput("seats_taken", message % {"going": event.going_count}, field="capacity")


def _is_member(group_id: int, person: User) -> bool:
    return Membership.objects.current().filter(group=group_id, person=person).exists()
