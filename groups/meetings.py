"""What is still to come in a group, and what pages show of a series, as one viewer sees it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from core.clock import local_day
from core.visibility import Viewer
from groups.models import Event, Group, Rsvp, Series
from groups.models.events import EventQuerySet
from groups.models.series import SeriesQuerySet
from groups.people import who_greets
from groups.rhythm import rule_in_words
from groups.services.series import ASKED_BEFORE

MOST_SHOWN = 60


@dataclass(frozen=True)
class Impact:
    """What a change from a day on would touch: how many meetings, answered ones of them, and those changed alone."""

    meetings: int
    answered: int
    alone: int


def series_seen_by(viewer: Viewer) -> SeriesQuerySet:
    """Return series with their group and `is_followed`: whether another took over from it."""
    later = Series.objects.filter(follows=OuterRef("pk"))
    return Series.objects.visible_to(viewer).select_related("group").annotate(is_followed=Exists(later))


def series_in_full(viewer: Viewer) -> SeriesQuerySet:
    """Return series as one is shown by itself: also with the viewer's role, and with `who_greets`."""
    return series_seen_by(viewer).with_role_of(viewer).annotate(**who_greets(viewer, pk=OuterRef("greeter")))


def series_part(viewer: Viewer, event: Event, *, now: datetime) -> dict[str, Any]:
    """Return what the page of an event says of its series; nothing for one that is none of a series."""
    if event.series_id is None:
        return {"series": None}
    series = series_seen_by(viewer).get(pk=event.series_id)
    may_follow = series.ended_at is None and now < event.starts_at and event.occurs_on is not None
    return {**series_context(series, now=now), "may_change_following": may_follow}


def series_context(series: Any, *, now: datetime) -> dict[str, Any]:
    """Return the series (of `series_seen_by`), its rhythm in words, and whether a host is asked to keep it."""
    return {
        "series": series,
        "rhythm": rule_in_words(series.rrule),
        "is_going_on": _is_going_on(series),
        "may_keep": may_keep(series, now=now),
    }


def may_keep(series: Any, *, now: datetime) -> bool:
    """Return whether those who host are asked to keep it: it goes on, and is soon to end."""
    return _is_going_on(series) and series.runs_until - local_day(now, series.time_zone) <= ASKED_BEFORE


def _is_going_on(series: Any) -> bool:
    return series.ended_at is None and not series.is_followed


def coming_in(events: EventQuerySet, group: Group, *, now: datetime) -> EventQuerySet:
    """Return those of the events with which a group goes on, soonest first."""
    return events.filter(group=group).scheduled().upcoming(now)


def coming_of(events: EventQuerySet, series: Series, *, now: datetime) -> EventQuerySet:
    """Return those of the events that are still to come of a series, what is called off included, soonest first."""
    return events.filter(series=series).upcoming(now)


def impact_of(viewer: Viewer, series: Series, *, since: date, now: datetime) -> Impact:
    """Return what changing a series from a day on would touch, in one query."""
    following = Event.objects.visible_to(viewer).scheduled()
    following = following.filter(series=series, occurs_on__gte=since, starts_at__gt=now)
    answered = Exists(Rsvp.objects.filter(event=OuterRef("pk")))
    follows = Q(is_changed_alone=False)
    found = following.annotate(is_answered=answered).aggregate(
        meetings=Count("pk", filter=follows),
        answered=Count("pk", filter=follows & Q(is_answered=True)),
        alone=Count("pk", filter=~follows),
    )
    return Impact(**found)
