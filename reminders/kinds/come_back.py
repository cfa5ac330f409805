"""An invitation after a silence, decided when it is about to be sent: in the person's own words, with a small step."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification
from plans.resting import resting_on
from plans.today import active_plans, day_of
from reminders.coming_back import DAYS
from reminders.lookups.come_back import KIND, invitation_of


def prepare_come_back(notification: Notification, now: datetime) -> Content | Hold:
    """Their own sentence and the small version of their next step; not the plan's name, nor how long it has been."""
    person = notification.person
    resting = resting_on(person, clock.local_day(now, person.time_zone))
    if resting.of_all or resting.of_one:
        return Hold("paused")
    invitation = invitation_of(person, now=now)
    if invitation is None or invitation.occurrence != notification.occurrence:
        return Hold("heard_from")
    return Content(_own_words(person, now) | {"is_last": invitation.day == DAYS[-1]}, reverse("home"))


def _own_words(person: User, now: datetime) -> dict[str, str]:
    """Return the sentence of the plan begun last, and the small version of its step, as far as there are any."""
    plans = list(active_plans(person))
    words = dict.fromkeys(["when_text", "then_text", "obstacle_text", "instead_text", "small"], "")
    if not plans:
        return words
    plan = plans[-1]
    words |= {name: getattr(plan, name) for name in words if name != "small"}
    steps = [step for step in day_of(person, plans, now=now).steps if step.enrollment.pk == plan.pk]
    return words | {"small": steps[0].session.floor if steps and not steps[0].is_complete else ""}


HELD = {
    "paused": _("Your plan rested."),
    "heard_from": _("You were back by then, or had something planned."),
}


def register_kinds() -> None:
    """Make the message known to the outbox."""
    register(
        Kind(
            name=KIND,
            label=_("An invitation when it has been quiet"),
            template="reminders/mail/come_back",
            prepare=prepare_come_back,
            is_nudge=True,
            why=_("It has been quiet here for a while. These notes become rarer, and stop after half a year."),
            held=HELD,
        )
    )
