"""Making, changing and calling off one event."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput
from core.markdown import to_html
from groups.models import Event, Group, Membership
from groups.services.memberships import lock_group, require_host, require_hosting
from groups.services.outings import OutingFields, require_open_group, require_sense, those_in
from groups.services.places import as_said_before, settle
from groups.services.rsvps import lock_event, promote
from groups.services.telling import answers_to, lines_among, tell_cancelled, tell_moved

WHEN_AND_WHERE = ("starts_at", "ends_at", "time_zone", "place", "latitude", "longitude")
LONGEST, FURTHEST = timedelta(days=7), timedelta(days=731)


class EventFields(OutingFields, total=False):
    """What a host may say about an event. Instants are aware."""

    starts_at: datetime
    ends_at: datetime


def create_event(*, group: Group, now: datetime, by: User | None = None, **fields: Unpack[EventFields]) -> Event:
    """Add an event to the group. Raises InvalidInput, naming the field, for times or a greeter that cannot be.

    `by` is who asks for it, None the site itself; likewise below.
    """
    _require_standing(by, now)
    with transaction.atomic():
        locked = lock_group(group)  # so that nobody leaves between this and their answer to it
        require_open_group(locked)
        event = Event(group=locked, created_at=now, changed_at=now, **{"time_zone": locked.time_zone, **fields})
        _require_sense(event, now)
        mine = Event.objects.filter(group=locked, series=None).scheduled()
        if by is not None and (twin := as_said_before(mine, {name: getattr(event, name) for name in fields}, now=now)):
            return twin
        event.about_html = to_html(event.about)
        settle(event, place=event.place, time_zone=event.time_zone, is_said=True, else_at=locked)
        event.save()
        return event


def change_event(*, event: Event, now: datetime, by: User | None = None, **fields: Unpack[EventFields]) -> Event:
    """Change an event that is still on; an occurrence leaves the way of its series from then on.

    More seats let those in line in; fewer than are going is refused, because nobody is sent away. Whoever comes, may
    come or waits is told at once when time or place are other ones.
    """
    _require_standing(by, now)
    with transaction.atomic():
        locked = lock_event(event)
        there = those_in(locked.group_id, [_greets(locked, fields), by.pk if by else None])
        if by is not None:
            require_host(there.get(by.pk))  # they may have been put out while this waited
        locked.group = event.group
        _require_on(locked, now)
        before = {name: locked.serializable_value(name) for name in {*fields, *WHEN_AND_WHERE}}
        for name, value in fields.items():
            setattr(locked, name, value)
        _require_sense(locked, now, there)
        _require_seats(locked)
        is_said = "latitude" in fields
        settle(locked, place=locked.place, time_zone=locked.time_zone, is_said=is_said, else_at=locked.group)
        changed = {name for name, value in before.items() if locked.serializable_value(name) != value}
        if changed:
            _save_change(locked, now)
        if changed & set(WHEN_AND_WHERE):
            answers = answers_to([locked])
            promote([locked], lines_among([locked], answers), now=now)
            tell_moved(locked, answers, now=now)
        elif changed:
            promote([locked], now=now)
        return locked


def cancel_event(*, event: Event, now: datetime, by: User | None = None) -> Event:
    """Call an event off and tell everybody who said going or maybe or waits in line. Twice is once.

    `by`: who has to host the group still, once their act has waited for the event.
    """
    with transaction.atomic():
        locked = lock_event(event)
        if by is not None:
            require_hosting(locked.group_id, by)
        if locked.status == Event.Status.CANCELLED:
            return locked
        _require_on(locked, now)
        call_off([locked], now=now)
        tell_cancelled(locked, now=now)
        return locked


def call_off(events: Collection[Event], *, now: datetime) -> None:
    """Mark locked events as called off, for calendars too."""
    for event in events:
        event.status, event.changed_at = Event.Status.CANCELLED, now
        event.sequence += 1
    Event.objects.bulk_update(events, ["status", "changed_at", "sequence"])


def _save_change(event: Event, now: datetime) -> None:
    event.about_html = to_html(event.about)
    event.is_changed_alone = event.series_id is not None
    event.changed_at = now
    event.sequence += 1
    event.save()


def _require_standing(by: User | None, now: datetime) -> None:
    if by is not None:
        require_good_standing(by, now=now)


def _require_on(event: Event, now: datetime) -> None:
    if event.status == Event.Status.CANCELLED:
        raise DomainError("event_cancelled", _("This event is cancelled and stays as it is."))
    if not event.is_open(now):
        raise DomainError("event_over", _("This event is over and stays as it was."))


def _greets(event: Event, fields: EventFields) -> int | None:
    """Return the key of who will greet."""
    if "greeter" not in fields:
        return event.greeter_id
    return None if fields["greeter"] is None else fields["greeter"].pk


def _require_sense(event: Event, now: datetime, there: Mapping[int, Membership] | None = None) -> None:
    if event.ends_at <= event.starts_at:
        raise InvalidInput("ends_before_start", _("An event ends after it starts."), field="ends_at")
    if event.duration > LONGEST or event.starts_at > now + FURTHEST:
        raise InvalidInput("out_of_reach", _("A week at most, and within the two years to come."), field="starts_at")
    if event.ends_at <= now:
        raise InvalidInput("in_the_past", _("Choose a time that is still to come."), field="starts_at")
    require_sense(event, event.group, there)


def _require_seats(event: Event) -> None:
    if event.capacity is None or event.going_count <= event.capacity:
        return
    message = ngettext(
        "%(going)s person is going already, and nobody is sent away. Choose at least that many seats.",
        "%(going)s people are going already, and nobody is sent away. Choose at least that many seats.",
        event.going_count,
    )
    raise InvalidInput("seats_taken", message % {"going": event.going_count}, field="capacity")
