"""Session cues and moved steps that have come due, each in its person's own zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import ExpressionWrapper, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from core import clock
from plans.models import Cue, DayChange, Enrollment

WINDOW = timedelta(hours=2)
LARGEST_SHIFT = timedelta(hours=3)


@dataclass(frozen=True)
class DueCue:
    """A cue of one local day, and the instant at which it came due."""

    enrollment: UUID
    person_id: int
    day: date
    due_at: datetime


def due_cues(*, now: datetime) -> Iterator[DueCue]:
    """Yield the cues that came due in the last two hours: one query for the zones, two for each zone."""
    for zone in zones_with_cues():
        yield from _due_in(zone, now)
        yield from _moved_in(zone, now)


def zones_with_cues() -> list[str]:
    """Return the zones of people who follow a plan."""
    following = Enrollment.objects.active().filter(person__is_active=True)
    return sorted(set(following.values_list("person__time_zone", flat=True).distinct()))


def _due_in(zone: str, now: datetime) -> Iterator[DueCue]:
    since = now - WINDOW
    days = [day for day in _days_around(since, now, zone) if clock.has_day(day, zone)]
    rows = Cue.objects.filter(
        _on_the_wall(days, since, now, zone),
        enrollment__ended_at__isnull=True,
        enrollment__person__is_active=True,
        enrollment__person__time_zone=zone,
    ).values_list(
        "weekday", "at_time", "enrollment__uuid", "enrollment__person_id", "enrollment__starts_on",
        "enrollment__created_at",
    )  # fmt: skip
    for weekday, at_time, enrollment, person_id, starts_on, created_at in rows:
        for day in days:
            due_at = clock.instant_of(day, at_time, zone)
            is_its_day = day.weekday() == weekday and day >= starts_on
            if is_its_day and since < due_at <= now and created_at <= due_at:
                yield DueCue(enrollment, person_id, day, due_at)


def _moved_in(zone: str, now: datetime) -> Iterator[DueCue]:
    """Yield the steps that their person put on a day, at the time chosen for it or that of the planned day."""
    since = now - WINDOW
    days = [day for day in _days_around(since, now, zone) if clock.has_day(day, zone)]
    weekday = ExpressionWrapper(OuterRef("planned_on__iso_week_day") - 1, output_field=IntegerField())
    planned = Cue.objects.filter(enrollment=OuterRef("enrollment"), weekday=weekday).values("at_time")
    rows = (
        DayChange.objects.filter(
            moved_to__in=days,
            enrollment__ended_at__isnull=True,
            enrollment__person__is_active=True,
            enrollment__person__time_zone=zone,
        )
        .annotate(wall=Coalesce("at_time", Subquery(planned[:1])))
        .exclude(wall=None)
        .values_list("moved_to", "wall", "enrollment__uuid", "enrollment__person_id", "created_at")
    )
    for day, wall, enrollment, person_id, changed_at in rows:
        assert day is not None  # noqa: S101 - for the type checker: it is one of `days`
        due_at = clock.instant_of(day, wall, zone)
        if since < due_at <= now and changed_at <= due_at:
            yield DueCue(enrollment, person_id, day, due_at)


def _days_around(since: datetime, now: datetime, zone: str) -> list[date]:
    """Return the local days that the window touches; widened over a clock change."""
    first, last = _wall_range(since, now, zone)
    return [first.date() + timedelta(days=n) for n in range((last.date() - first.date()).days + 1)]


def _on_the_wall(days: list[date], since: datetime, now: datetime, zone: str) -> Q:
    """Narrow the cues to those whose wall-clock time lies in the window; exact times are compared after."""
    first, last = _wall_range(since, now, zone)
    found = Q(pk__in=[])
    for day in days:
        earliest = first.time() if day == first.date() else time.min
        latest = last.time() if day == last.date() else time.max
        found |= Q(weekday=day.weekday(), at_time__range=(earliest, latest))
    return found


def _wall_range(since: datetime, now: datetime, zone: str) -> tuple[datetime, datetime]:
    """Return the window on the local wall clock. Around a clock change times repeat or do not exist."""
    first, last = since.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone))
    margin = LARGEST_SHIFT if first.utcoffset() != last.utcoffset() else timedelta(0)
    return first.replace(tzinfo=None) - margin, last.replace(tzinfo=None) + margin
