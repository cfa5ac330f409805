"""Finding groups and events: what lists may name, narrowed to what somebody wishes for."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import BooleanField, DateTimeField, Exists, F, Func, OuterRef, Q, Value

from core.clock import instant_of
from core.visibility import Viewer
from groups.models import Event, Group
from groups.models.events import EventQuerySet
from groups.models.groups import GroupQuerySet
from groups.models.readers import Reader
from groups.near import Point
from groups.queries import groups_in_full, with_events, with_next_meeting

MOST_WORDS = 5
WIDEST_OFFSET = timedelta(hours=14)  # of any zone from UTC
NONE_EARLIER = "(NOT EXISTS (SELECT 1 FROM groups_event earlier WHERE %(expressions)s))"


@dataclass(frozen=True)
class Wish:
    """What somebody looks for; whatever is empty narrows nothing. `day` is a day at the place of the event."""

    words: str = ""
    kind: str = ""
    setting: str = ""
    day: date | None = None
    point: Point | None = None
    km: float = 25
    is_for_newcomers: bool = False


def find_groups(viewer: Viewer, wish: Wish, *, now: datetime) -> GroupQuerySet:
    """Return groups that lists may name, each with `shown_events` (at most one).

    Those that meet soonest come first; near a point, the nearest, each with its `distance` in km.
    """
    coming = Event.objects.visible_to(viewer).scheduled().upcoming(now)
    groups = groups_in_full(Group.objects.findable_by(Reader.of(viewer)), viewer)
    if wish.kind:
        groups = groups.filter(kind=wish.kind)
    for word in wish.words.split()[:MOST_WORDS]:
        groups = groups.filter(Q(name__icontains=word) | Q(place__icontains=word) | Q(about__icontains=word))
    fitting = _fitting(coming, wish)
    if wish.setting or wish.day or wish.is_for_newcomers:
        groups = groups.filter(Exists(fitting.order_by().filter(group=OuterRef("pk"))))
    if wish.point:
        groups = groups.near(wish.point, km=wish.km)
    else:
        soonest = F("next_at").asc(nulls_last=True)
        groups = with_next_meeting(groups, viewer, now=now).order_by(soonest, "name")
    return with_events(groups, fitting)


def find_events(reader: Reader, wish: Wish, *, now: datetime) -> EventQuerySet:
    """Return coming events that lists may name: soonest first; near a point, the nearest, with `distance` in km."""
    events = _fitting(Event.objects.findable_by(reader).scheduled().upcoming(now), wish)
    if wish.kind:
        events = events.filter(group__kind=wish.kind)
    for word in wish.words.split()[:MOST_WORDS]:
        events = events.filter(
            Q(title__icontains=word)
            | Q(place__icontains=word)
            | Q(about__icontains=word)
            | Q(group__name__icontains=word)
        )
    if wish.day is None:
        events = events.filter(_is_next_of_its_series(wish, now))
    if wish.point:
        events = events.near(wish.point, km=wish.km)
    return events.select_related("group")


def _is_next_of_its_series(wish: Wish, now: datetime) -> Func:
    """Say "nothing before it in its series fits as well": of many alike the next is shown, unless a day is asked for.

    A series is of one group, so who sees the event sees what is before it. In words of our own: as a subquery of the
    ORM's this took a third of the time in which the whole query is written.
    """
    fits = {
        "series_id =": F("series_id"),
        "starts_at <": F("starts_at"),
        "status =": Value(Event.Status.SCHEDULED.value),
        "ends_at >": Value(now, DateTimeField()),
        **{f"{column} =": Value(value) for column, value in _wanted(wish).items()},
    }
    parts = [Func(value, template=f"earlier.{has} %(expressions)s") for has, value in fits.items()]
    return Func(*parts, template=NONE_EARLIER, arg_joiner=" AND ", output_field=BooleanField())


def _fitting(events: EventQuerySet, wish: Wish) -> EventQuerySet:
    """Narrow events to the setting, the day and the kindness to newcomers that are wished for."""
    events = events.filter(**_wanted(wish))
    return events.filter(_on_day(wish.day)) if wish.day else events


def _wanted(wish: Wish) -> dict[str, Any]:
    """Return column → what it has to say, of those that the wish is about."""
    said = {"setting": wish.setting, "is_newcomer_friendly": wish.is_for_newcomers}
    return {column: value for column, value in said.items() if value}


def _on_day(day: date) -> Q:
    """Say "starts on this day" by the clocks at each event's own place."""
    from_at = instant_of(day, time.min, "UTC") - WIDEST_OFFSET
    until_at = instant_of(day + timedelta(days=1), time.min, "UTC") + WIDEST_OFFSET
    zones = Event.objects.filter(starts_at__range=(from_at, until_at)).order_by().values_list("time_zone", flat=True)
    found = Q(pk__in=[])
    for zone in sorted(set(zones.distinct())):
        begins, ends = instant_of(day, time.min, zone), instant_of(day + timedelta(days=1), time.min, zone)
        found |= Q(time_zone=zone, starts_at__gte=begins, starts_at__lt=ends)
    return found
