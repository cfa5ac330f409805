"""The reminders, each decided from what is true when it is about to be sent."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from groups.models import Event, Rsvp
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification
from plans.models import Enrollment, SessionLog
from reminders.wording import say


def prepare_session_cue(notification: Notification, now: datetime) -> Content | Hold:
    """Their own sentence and the way to today; not the plan's name, which could tell why they follow it."""
    person = notification.person
    day = date.fromisoformat(notification.occurrence)
    enrollment = Enrollment.objects.filter(uuid=notification.about_id, person=person).first()
    if enrollment is None:
        return Hold("gone")
    if not enrollment.is_active:
        return Hold("plan_ended")
    if not enrollment.cues.filter(weekday=day.weekday()).exists():
        return Hold("cue_removed")
    today = clock.local_day(now, person.time_zone)
    if SessionLog.objects.filter(person=person, enrollment=enrollment, local_on__range=(day, max(day, today))).exists():
        return Hold("already_done")
    return Content({"when_text": enrollment.when_text, "then_text": enrollment.then_text}, reverse("home"))


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
    context = {"title": event.title, "group": event.group.name, "place": event.place, "moment": moment}
    return Content(context, event.get_absolute_url())


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


EVENT_HELD = {
    "event_cancelled": _("The event was cancelled."),
    "not_going": _("You were no longer going."),
    "event_moved": _("The event moved; its new time has a reminder of its own."),
    "not_visible": _("The event is no longer open to you."),
}


def register_kinds() -> None:
    """Make the reminders known to the outbox."""
    register(
        Kind(
            name="session_cue",
            label=_("A nudge at the time you chose"),
            template="reminders/mail/session_cue",
            prepare=prepare_session_cue,
            why=_("You asked for this when you chose the days and times of your plan."),
            held={
                "plan_ended": _("You no longer follow this plan."),
                "cue_removed": _("You took this day out of your plan."),
                "already_done": _("You had done it already."),
            },
        )
    )
    for name, label, why in [
        ("event_day_before", _("An event the day before"), _("You said that you are coming.")),
        ("event_soon", _("An event shortly before it starts"), _("You said that you are coming.")),
    ]:
        register(
            Kind(
                name=name,
                label=label,
                template="reminders/mail/event",
                prepare=prepare_event,
                why=why,
                held=EVENT_HELD,
            )
        )
