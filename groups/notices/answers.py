"""What is told about seats and answers, each decided again when it is about to be sent.

None waits for the morning but what the greeter hears: the others are about a seat that somebody may be waiting for.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from groups.models import Event, Membership, Rsvp
from groups.notices.events import HELD, content_of, look_again, with_link
from groups.services.rsvps import HOLDING
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification


def prepare_seats_kept(notification: Notification, now: datetime) -> Content | Hold:
    """For the first in line with guests: how many seats are free, and that they could come with fewer."""
    event, reason = look_again(notification, now)
    if event is None:
        return Hold(reason)
    line = Rsvp.objects.filter(event=event).in_line()
    first = next((answer for answer in line if event.capacity is None or answer.seats <= event.capacity), None)
    if first is None or first.person_id != notification.person_id:
        return Hold("not_waiting")
    if event.status == Event.Status.CANCELLED or not event.seats_left:
        return Hold("no_seats")
    free = ngettext("One seat is free.", "%(seats)s seats are free.", event.seats_left) % {"seats": event.seats_left}
    return with_link(content_of(notification, event, now, free=free, seats=first.seats), notification, event, now)


def prepare_host_added(notification: Notification, now: datetime) -> Content | Hold:
    event, reason = look_again(notification, now)
    if event is None:
        return Hold(reason)
    if event.status == Event.Status.CANCELLED:
        return Hold("event_cancelled")
    mine = Rsvp.objects.filter(event=event, person=notification.person, status__in=HOLDING).first()
    if mine is None:
        return Hold("not_going")
    waits = mine.status == Rsvp.Status.WAITLISTED
    return with_link(content_of(notification, event, now, waits=waits), notification, event, now)


def prepare_first_time_coming(notification: Notification, now: datetime) -> Content | Hold:
    """For who greets. A quiet answer is for hosts, so a greeter who hosts nothing is not told whose it is."""
    greeter = notification.person
    answer = Rsvp.objects.visible_to(greeter).filter(uuid=notification.about_id).select_related("person").first()
    if answer is None:
        return Hold("not_visible")
    event = Event.objects.visible_to(greeter).select_related("group").get(pk=answer.event_id)
    if reason := _why_not_greeted(answer, event, notification, now):
        return Hold(reason)
    return content_of(notification, event, now, name=str(answer.person))


def _why_not_greeted(answer: Rsvp, event: Event, notification: Notification, now: datetime) -> str:
    if event.status == Event.Status.CANCELLED:
        return "event_cancelled"
    if now >= event.ends_at:
        return "event_over"
    if event.greeter_id != notification.person_id:
        return "not_greeting"
    if answer.status != Rsvp.Status.GOING or not answer.is_first_time:
        return "not_coming"
    current = Membership.objects.current().filter(group=event.group_id, person=notification.person)
    return "" if current.exists() else "left_group"


KINDS = [
    (
        "seats_kept",
        _("Seats kept for you, though not for all your guests"),
        _("You are first in line, with guests."),
        prepare_seats_kept,
    ),
    ("host_added", _("A host put you down for an event"), _("A host of your group put you down."), prepare_host_added),
    (
        "first_time_coming",
        _("Somebody comes for the first time"),
        _("You greet those who come for the first time."),
        prepare_first_time_coming,
    ),
]
REASONS = {
    **HELD,
    "not_waiting": _("You were no longer first in line."),
    "no_seats": _("The seats were no longer free."),
    "not_greeting": _("Somebody else greets now."),
    "not_coming": _("They were no longer coming for the first time."),
}


def register_kinds() -> None:
    """Make the notices known to the outbox."""
    for name, label, why, prepare in KINDS:
        register(
            Kind(
                name=name,
                label=label,
                template=f"groups/mail/{name}",
                prepare=prepare,
                is_bulk=False,
                waits_for_morning=name == "first_time_coming",
                why=why,
                held=REASONS,
            )
        )
