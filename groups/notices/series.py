"""What is told of meetings that move, of series that change, end or are called off, and of a greeter who has gone.

A notice of a series lists what it means when it is sent, whatever else changed meanwhile. What moves is told at once:
somebody may be about to set out. What hosts are asked waits for the morning.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.errors import Text
from core.moments import day_in_words, differs, moment_in_words
from groups.models import Event, Group, Membership, Rsvp, Series
from groups.models.events import EventQuerySet
from groups.notices.events import HELD, content_of, look_again
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification

MOST_LISTED = 10


def prepare_event_moved(notification: Notification, now: datetime) -> Content | Hold:
    event, reason = look_again(notification, now)
    if event is None:
        return Hold(reason)
    if event.status == Event.Status.CANCELLED:
        return Hold("event_cancelled")
    if not _concerning(notification).filter(pk=event.pk).exists():
        return Hold("not_going")
    return Hold("said_later") if _is_said_later(notification) else content_of(notification, event, now)


def prepare_series_changed(notification: Notification, now: datetime) -> Content | Hold:
    return _prepare(notification, now, lambda series: _concerning(notification).filter(series=series).scheduled())


def prepare_series_cancelled(notification: Notification, now: datetime) -> Content | Hold:
    off = Event.Status.CANCELLED
    return _prepare(
        notification,
        now,
        lambda series: _concerning(notification).filter(group=series.group_id, series__isnull=False, status=off),
    )


def prepare_series_ending(notification: Notification, now: datetime) -> Content | Hold:
    series = _visible(notification)
    if series is None:
        return Hold("not_visible")
    if not _is_host(notification, series.group):
        return Hold("not_host")
    if series.ended_at is not None or series.asked_at is None:
        return Hold("series_settled")
    until = day_in_words(series.runs_until, this_year=now.year)
    return _leading_to(series, {"title": series.title, "until": until})


def prepare_greeter_gone(notification: Notification, now: datetime) -> Content | Hold:
    group = Group.objects.visible_to(notification.person).filter(uuid=notification.about_id).first()
    if group is None or not _is_host(notification, group):
        return Hold("not_host")
    coming = Event.objects.visible_to(notification.person).filter(group=group).scheduled().upcoming(now)
    alone = coming.filter(greeter=None, is_newcomer_friendly=False, changed_at__gte=notification.due_at)
    if not alone:
        return Hold("series_settled")
    context = {"group": group.name, "meetings": _lines(alone, notification, now)}
    return Content(context, group.get_absolute_url(), about=group)


def _prepare(notification: Notification, now: datetime, find: Callable[[Series], EventQuerySet]) -> Content | Hold:
    """Return the meetings that the notice is about, as they stand now, or why nothing is said."""
    series = _visible(notification)
    if series is None:
        return Hold("not_visible")
    if not Membership.objects.current().filter(group=series.group_id, person=notification.person).exists():
        return Hold("left_group")
    if _is_said_later(notification):
        return Hold("said_later")
    events = find(series).filter(changed_at__gte=notification.due_at).upcoming(now)
    if not events:
        return Hold("nothing_to_say")
    return _leading_to(series, {"title": series.title, "meetings": _lines(events, notification, now)})


def _leading_to(series: Series, context: dict[str, Any]) -> Content:
    return Content(context, reverse("groups:series", args=[series.group.slug, series.uuid]), about=series)


def _visible(notification: Notification) -> Series | None:
    seen = Series.objects.visible_to(notification.person).select_related("group")
    return seen.filter(uuid=notification.about_id).first()


def _concerning(notification: Notification) -> EventQuerySet:
    """Return the events that the person said yes or maybe to, or waits for."""
    person = notification.person
    answers = (Rsvp.Status.GOING, Rsvp.Status.MAYBE, Rsvp.Status.WAITLISTED)
    return Event.objects.visible_to(person).answered_by(person, *answers)


def _is_said_later(notification: Notification) -> bool:
    """Whether a newer notice of the same, not sent yet or sent, says it as it is now."""
    same = Notification.objects.filter(
        person=notification.person, kind=notification.kind, about_id=notification.about_id
    )
    return same.filter(due_at__gt=notification.due_at).exists()


def _is_host(notification: Notification, group: Group) -> bool:
    return Membership.objects.hosting().filter(group=group, person=notification.person).exists()


def _lines(events: Iterable[Event], notification: Notification, now: datetime) -> list[dict[str, str]]:
    """Return moment, the same on the person's own clock when it differs, and place of each, the first ten."""
    own = notification.person.time_zone
    return [
        {
            "moment": moment_in_words(event.starts_at, event.time_zone, now=now),
            "yours": moment_in_words(event.starts_at, own, now=now)
            if differs(event.starts_at, event.time_zone, own)
            else "",
            "place": event.place,
        }
        for event in list(events)[:MOST_LISTED]
    ]


HELD_HERE: dict[str, Text] = {
    **HELD,
    "said_later": _("A later message says it as it is now."),
    "nothing_to_say": _("Nothing of it concerned you any more."),
    "not_host": _("You do not host this group any more."),
    "series_settled": _("A host had seen to it already."),
}


def register_kinds() -> None:
    """Make the notices known to the outbox."""
    answered, hosting = _("You had said that you are coming, or may come."), _("You host this group.")
    for name, label, why, prepare in [
        ("event_moved", _("An event at another time or place"), answered, prepare_event_moved),
        ("series_changed", _("Meetings that moved"), answered, prepare_series_changed),
        ("series_cancelled", _("Meetings that were called off"), answered, prepare_series_cancelled),
        ("series_ending", _("A series of yours that ends soon"), hosting, prepare_series_ending),
        ("greeter_gone", _("A greeter who has gone"), hosting, prepare_greeter_gone),
    ]:
        register(
            Kind(
                name=name,
                label=label,
                template=f"groups/mail/{name}",
                prepare=prepare,
                is_bulk=False,
                waits_for_morning=why == hosting,
                why=why,
                held=HELD_HERE,
            )
        )
