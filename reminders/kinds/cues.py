"""The cue at the time that somebody chose, decided when it is about to be sent."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from notifications.kinds import Content, Hold, Kind, Later, Prepare, alone, register
from notifications.models import Notification
from reminders.lookups.day import LEFT_TO_ANOTHER, Asked, days_of, told_with

CAN_BE_UNDONE = {"resting", "moved"}  # by a button that stays in sight
LOOK_AGAIN = timedelta(minutes=10)


def gather_session_cues(notifications: Sequence[Notification], now: datetime) -> Prepare:
    """Their own sentence and the way to today; not the plan's name, which could tell why they follow it.

    Plans that come due within the hour are told in the same message, each with its sentence.
    """
    days = days_of([_asked(each) for each in notifications], now=now)

    def prepare(notification: Notification, now: datetime) -> Content | Hold | Later:
        about, of_day = notification.about_id, days[_asked(notification)]
        if about not in of_day.plans:
            return Hold("gone")
        if reason := of_day.plans[about].held:
            return _not_now(notification, reason, now)
        told = told_with(of_day, about=about, now=now)
        if not told:
            return Hold(LEFT_TO_ANOTHER)
        sentences = [{"when_text": plan.when_text, "then_text": plan.then_text} for plan in told]
        return Content({"sentences": sentences}, reverse("home"))

    return prepare


prepare_session_cue = alone(gather_session_cues)


def _asked(notification: Notification) -> Asked:
    return Asked(notification.person, date.fromisoformat(notification.occurrence), notification.about_id)


def _not_now(notification: Notification, reason: str, now: datetime) -> Hold | Later:
    """A day that was set aside may be taken back while the cue still makes sense; everything else is decided."""
    expires_at = notification.expires_at
    is_open = expires_at is not None and now + 2 * LOOK_AGAIN < expires_at  # so that the last look comes in time
    return Later(now + LOOK_AGAIN, reason) if is_open and reason in CAN_BE_UNDONE else Hold(reason)


HELD = {
    "plan_ended": _("You no longer follow this plan."),
    "cue_removed": _("You took this day out of your plan."),
    "already_done": _("You had done it already."),
    "paused": _("Your plan rested."),
    "resting": _("You kept this day for rest."),
    "moved": _("You had put the step on another day."),
    "enough_this_week": _("You had done as many this week as you like to."),
    LEFT_TO_ANOTHER: _("Another message of the same hour spoke of this plan too."),
}


def register_kinds() -> None:
    """Make the cue known to the outbox."""
    register(
        Kind(
            name="session_cue",
            label=_("A nudge at the time you chose"),
            template="reminders/mail/session_cue",
            prepare=prepare_session_cue,
            gather=gather_session_cues,
            is_nudge=True,
            why=_("You asked for this when you chose the days and times of your plan."),
            held=HELD,
        )
    )
