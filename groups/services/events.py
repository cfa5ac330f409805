"""Making, changing and calling off one event."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import User, UserQuerySet
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput
from core.markdown import to_html
from groups.models import Event, Group, Membership
from groups.services.memberships import lock_group, require_host, require_hosting
from groups.services.outings import (
    OutingFields,
    not_from_group,
    require_open_group,
    require_sense,
    those_in,
    those_meant,
)
from groups.services.places import as_said_before, settle
from groups.services.rsvps import give_free_seats, lock_event
from groups.services.telling import answers_to, lines_among, news_of_move, tell_called_off
from notifications.services.outbox import notify_all

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
        there = those_in(locked.pk, [event.greeter_id, by.pk if by else None])
        if by is not None:
            require_host(there.get(by.pk))  # they may have been put out while this waited
        _require_sense(event, now, there)
        mine = Event.objects.filter(group=locked, series=None).scheduled()
        if by is not None and (twin := as_said_before(mine, {name: getattr(event, name) for name in fields}, now=now)):
            return twin
        event.about_html = to_html(event.about)
        settle(event, place=event.place, time_zone=event.time_zone, is_said=True, else_at=locked)
        event.save()
        return event


def change_event(
    *,
    event: Event,
    now: datetime,
    by: User | None = None,
    greeter_among: UserQuerySet | None = None,
    **fields: Unpack[EventFields],
) -> Event:
    """Change an event that is still on; an occurrence leaves the way of its series from then on.

    More seats let those in line in; fewer than are going is refused, because nobody is sent away. Whoever comes, may
    come or waits is told at once when time or place are other ones. `greeter_among`: instead of `greeter`, a query of
    the one person who is to greet, which is then asked together with what `by` is.
    """
    _require_standing(by, now)
    with transaction.atomic():
        locked = lock_event(event)
        there = _there(locked, fields, by, greeter_among)
        if by is not None:
            require_host(there.get(by.pk))  # they may have been put out while this waited
        locked.group = event.group
        _require_on(locked, now)
        if greeter_among is not None:
            fields["greeter"] = _who_is_meant(there)
        changed = _set(locked, fields, there, now)
        if changed:
            _save_change(locked, now, has_moved=bool(changed & set(WHEN_AND_WHERE)))
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
        locked.status, locked.changed_at = Event.Status.CANCELLED, now
        locked.sequence += 1
        locked.save(update_fields=["status", "changed_at", "sequence"])
        tell_called_off(Event.objects.filter(pk=locked.pk), now=now)
        return locked


def _set(event: Event, fields: EventFields, there: Mapping[int, Membership], now: datetime) -> set[str]:
    """Let the event be as is said, and return the names of what is another than before."""
    before = {name: event.serializable_value(name) for name in {*fields, *WHEN_AND_WHERE}}
    for name, value in fields.items():
        setattr(event, name, value)
    _require_sense(event, now, there)
    _require_seats(event)
    settle(event, place=event.place, time_zone=event.time_zone, is_said="latitude" in fields, else_at=event.group)
    return {name for name, value in before.items() if event.serializable_value(name) != value}


def _save_change(event: Event, now: datetime, *, has_moved: bool) -> None:
    """Write the event down, with the seats that it has for its line, and tell whom it concerns; all of it once."""
    event.about_html = to_html(event.about)
    event.is_changed_alone = event.series_id is not None
    event.changed_at = now
    event.sequence += 1
    answers = answers_to([event]) if has_moved else []
    line = lines_among([event], answers)[event.pk] if has_moved else None
    news = give_free_seats(event, line, now=now)
    event.save()
    notify_all([*news, *news_of_move(event, answers)], now=now)


def _there(
    event: Event, fields: EventFields, by: User | None, greeter_among: UserQuerySet | None
) -> dict[int, Membership]:
    """Return key → membership of who asks for a change and who will greet, as far as they are in the group."""
    if greeter_among is not None:
        return those_meant(event.group_id, by, greeter_among)
    return those_in(event.group_id, [_greets(event, fields), by.pk if by else None])


def _who_is_meant(there: Mapping[int, Any]) -> User:
    found: User | None = next((one.person for one in there.values() if one.is_meant), None)
    if found is None:
        raise not_from_group()
    return found


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


def _require_sense(event: Event, now: datetime, there: Mapping[int, Membership]) -> None:
    if event.ends_at <= event.starts_at:
        raise InvalidInput("ends_before_start", _("An event ends after it starts."), field="ends_at")
    if event.duration > LONGEST or event.starts_at > now + FURTHEST:
        raise InvalidInput("out_of_reach", _("A week at most, and within the two years to come."), field="starts_at")
    if event.ends_at <= now:
        raise InvalidInput("in_the_past", _("Choose a time that is still to come."), field="starts_at")
    require_sense(event, there)


def _require_seats(event: Event) -> None:
    if event.capacity is None or event.going_count <= event.capacity:
        return
    message = ngettext(
        "%(going)s person is going already, and nobody is sent away. Choose at least that many seats.",
        "%(going)s people are going already, and nobody is sent away. Choose at least that many seats.",
        event.going_count,
    )
    raise InvalidInput("seats_taken", message % {"going": event.going_count}, field="capacity")
