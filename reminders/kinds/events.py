"""An event the day before, and shortly before it starts, each decided when it is about to be sent."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from groups.models import Event, Rsvp
from groups.services.answer_links import make_link
from notifications.kinds import Content, Hold, Kind, is_reading, register
from notifications.models import Notification
from reminders.wording import say


def prepare_event(notification: Notification, now: datetime) -> Content | Hold:
    """What, where and when: in the person's zone, and at the place when it differs."""
    person = notification.person
    answer = Rsvp.objects.filter(uuid=notification.about_id, person=person).select_related("event__group").first()
    if answer is None:
        return Hold("gone")
    event = answer.event
    if reason := _why_not(answer, event, notification):
        return Hold(reason)
    moment = say(event.starts_at, zone=person.time_zone, place_zone=event.time_zone, now=now)
    link = "" if is_reading() else make_link(event=event, person=person, message=notification.uuid, now=now)
    names = {"title": event.title, "group": event.group.name, "place": event.place}
    context = {**names, "moment": moment, "answer_url": link}
    return Content(context, event.get_absolute_url(), about=event)


def _why_not(answer: Rsvp, event: Event, notification: Notification) -> str:
    """Return what has changed since the reminder came due, or nothing."""
    if event.status == Event.Status.CANCELLED:
        return "event_cancelled"
    if answer.status != Rsvp.Status.GOING:
        return "not_going"
    if event.starts_at.isoformat() != notification.occurrence:
        return "event_moved"
    if not Event.objects.visible_to(notification.person).filter(pk=event.pk).exists():
        return "not_visible"
    return ""


HELD = {
    "event_cancelled": _("The event was cancelled."),
    "not_going": _("You were no longer going."),
    "event_moved": _("The event moved; its new time has a reminder of its own."),
    "not_visible": _("The event is no longer open to you."),
}


def register_kinds() -> None:
    """Make the reminders known to the outbox."""
    coming = _("You said that you are coming.")
    for name, label in [
        ("event_day_before", _("An event the day before")),
        ("event_soon", _("An event shortly before it starts")),
    ]:
        register(
            Kind(
                name=name,
                label=label,
                template="reminders/mail/event",
                prepare=prepare_event,
                why=coming,
                held=HELD,
            )
        )
