"""What groups tell people at once: a seat came free, an event was called off.

Both are decided again when they are about to be sent, and neither waits for the morning: somebody
may be about to set out.
"""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.moments import differs, moment_in_words
from groups.models import Event, Membership, Rsvp
from groups.models.rsvps import RsvpQuerySet
from groups.services.answer_links import make_link
from notifications.kinds import Content, Hold, Kind, is_reading, register
from notifications.models import Notification


def prepare_seat_promoted(notification: Notification, now: datetime) -> Content | Hold:
    event, reason = look_again(notification, now)
    if event is None:
        return Hold(reason)
    if event.status == Event.Status.CANCELLED:
        return Hold("event_cancelled")
    if not _answers(notification, event).going().exists():
        return Hold("not_going")
    return with_link(content_of(notification, event, now), notification, event, now)


def prepare_event_cancelled(notification: Notification, now: datetime) -> Content | Hold:
    event, reason = look_again(notification, now)
    if event is None:
        return Hold(reason)
    if event.status != Event.Status.CANCELLED:
        return Hold("event_on")
    if not _answers(notification, event).exclude(status=Rsvp.Status.DECLINED).exists():
        return Hold("not_going")
    return content_of(notification, event, now)


def look_again(notification: Notification, now: datetime) -> tuple[Event | None, str]:
    """Return the event, or None and why this person is no longer told about it."""
    person = notification.person
    visible = Event.objects.visible_to(person).select_related("group")
    event = visible.filter(uuid=notification.about_id).first()
    if event is None:
        return None, "not_visible"
    if now >= event.ends_at:
        return None, "event_over"
    if not Membership.objects.current().filter(group=event.group_id, person=person).exists():
        return None, "left_group"
    return event, ""


def _answers(notification: Notification, event: Event) -> RsvpQuerySet:
    return Rsvp.objects.filter(event=event, person=notification.person)


def content_of(notification: Notification, event: Event, now: datetime, **more: object) -> Content:
    """When at the place, and on the person's own clock when it shows another time."""
    own = notification.person.time_zone
    yours = moment_in_words(event.starts_at, own, now=now) if differs(event.starts_at, event.time_zone, own) else ""
    context = {
        "title": event.title,
        "place": event.place,
        "moment": moment_in_words(event.starts_at, event.time_zone, now=now),
        "yours": yours,
        **more,
    }
    return Content(context, event.get_absolute_url(), about=event)


def with_link(content: Content, notification: Notification, event: Event, now: datetime) -> Content:
    """Add `answer_url`, where the person answers without signing in; who reads it again is signed in."""
    if is_reading():
        return content
    link = make_link(event=event, person=notification.person, message=notification.uuid, now=now)
    return replace(content, context=content.context | {"answer_url": link})


HELD = {
    "not_visible": _("The event is no longer open to you."),
    "event_over": _("The event was over."),
    "left_group": _("You had left the group."),
    "event_cancelled": _("The event was cancelled."),
    "event_on": _("The event is on after all."),
    "not_going": _("You were no longer going."),
}


def register_kinds() -> None:
    """Make the notices known to the outbox."""
    for name, label, why, prepare in [
        (
            "seat_promoted",
            _("A seat that came free for you"),
            _("You were in line for a seat."),
            prepare_seat_promoted,
        ),
        (
            "event_cancelled",
            _("An event that was called off"),
            _("You had said that you are coming, or may come."),
            prepare_event_cancelled,
        ),
    ]:
        register(
            Kind(
                name=name,
                label=label,
                template=f"groups/mail/{name}",
                prepare=prepare,
                is_bulk=False,
                waits_for_morning=False,
                why=why,
                held=HELD,
            )
        )
