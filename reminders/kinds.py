"""The reminders, each decided from what is true when it is about to be sent."""

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from groups.models import Event, Rsvp
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification
from reminders.lookups.day import LEFT_TO_ANOTHER, plans_of_day, told_with
from reminders.wording import say


def prepare_session_cue(notification: Notification, now: datetime) -> Content | Hold:
    """Their own sentence and the way to today; not the plan's name, which could tell why they follow it.

    Plans that come due within the hour are told in the same message, each with its sentence.
    """
    person, about = notification.person, notification.about_id
    day = date.fromisoformat(notification.occurrence)
    plans = plans_of_day(person, day, about=about, now=now)
    if about not in plans:
        return Hold("gone")
    if reason := plans[about].held:
        return Hold(reason)
    told = told_with(plans, about=about, person=person, day=day, now=now)
    if not told:
        return Hold(LEFT_TO_ANOTHER)
    sentences = [{"when_text": plan.when_text, "then_text": plan.then_text} for plan in told]
    return Content({"sentences": sentences}, reverse("home"))


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


CUE_HELD = {
    "plan_ended": _("You no longer follow this plan."),
    "cue_removed": _("You took this day out of your plan."),
    "already_done": _("You had done it already."),
    "paused": _("Your plan rested."),
    "resting": _("You kept this day for rest."),
    "moved": _("You had put the step on another day."),
    "enough_this_week": _("You had done as many this week as you like to."),
    LEFT_TO_ANOTHER: _("Another message of the same hour spoke of this plan too."),
}

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
            held=CUE_HELD,
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
