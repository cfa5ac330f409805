"""The week to look back on, decided when it is about to be sent. The message holds nothing of the week itself."""

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from notifications.kinds import Content, Hold, Kind, Prepare, alone, register
from notifications.models import Notification
from reminders.lookups.look_back import KIND, weeks_of


def gather_look_backs(notifications: Sequence[Notification], now: datetime) -> Prepare:
    """A line and a link. A week in which nothing was noted is told of by nobody: an invitation comes instead."""
    firsts = {date.fromisoformat(notification.occurrence) for notification in notifications}
    weeks = weeks_of({notification.person_id for notification in notifications}, firsts)

    def prepare(notification: Notification, now: datetime) -> Content | Hold:
        person, first = notification.person, date.fromisoformat(notification.occurrence)
        if clock.week_of(first, person.first_weekday)[0] != first:
            return Hold("week_changed")
        if weeks.rest_altogether(person, clock.local_day(now, person.time_zone)):
            return Hold("paused")
        if not weeks.hold_something(person, first):
            return Hold("nothing_to_tell")
        return Content({}, reverse("plans:look_back", args=[first]))

    return prepare


HELD = {
    "week_changed": _("Your weeks began with another day by then."),
    "paused": _("Your plan rested."),
    "nothing_to_tell": _("Nothing was noted in this week, so there was nothing to tell."),
}


def register_kinds() -> None:
    """Make the message known to the outbox."""
    register(
        Kind(
            name=KIND,
            label=_("A look back on the week"),
            template="reminders/mail/look_back",
            prepare=alone(gather_look_backs),
            gather=gather_look_backs,
            is_nudge=True,
            why=_("You noted something this week, and the week is about to be over."),
            held=HELD,
        )
    )
