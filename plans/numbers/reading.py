"""What a person's own logs add up to, read in four queries and only the columns that are needed."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max, Q, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock
from library.models import ExerciseType
from plans.insights.entries import Entry, part_of_day
from plans.insights.findings import Findings, find
from plans.insights.series import (
    WEEKS,
    YEAR_WEEKS,
    Day,
    MoodPoint,
    MoodWeek,
    Quality,
    mood_points,
    mood_weeks,
    qualities,
    week_starts,
    year_of,
)
from plans.models import MoodRating, Reflection, SessionLog


class Span(TextChoices):
    """How far back the comparisons look. The line is always twelve weeks long, the calendar a year."""

    WEEKS = "12-weeks", _("12 weeks")
    YEAR = "year", _("a year")
    ALL = "all", _("all")


LONG_AGO = date(1900, 1, 1)
NO_MOODS, NO_WORDS = (None, None, None), (None, None)


@dataclass(frozen=True)
class Numbers:
    """`since` is the first day of the comparisons, None for all there are."""

    span: Span
    since: date | None
    count: int
    findings: Findings
    qualities: list[Quality]
    weeks: list[MoodWeek]
    points: list[MoodPoint]
    days: list[Day]
    kinds: dict[str, str]


def span_asked_for(value: str) -> Span:
    """Return what the address asks for; anything unknown means twelve weeks."""
    return Span(value) if value in Span.values else Span.WEEKS


def numbers_of(person: User, *, now: datetime, span: Span = Span.WEEKS) -> Numbers:
    """Return everything that the page of my numbers shows."""
    today = clock.local_day(now, person.time_zone)
    weeks = week_starts(today, person.first_weekday, WEEKS)
    year = week_starts(today, person.first_weekday, YEAR_WEEKS)
    since = {Span.WEEKS: weeks[0], Span.YEAR: year[0], Span.ALL: LONG_AGO}[span]
    entries = entries_of(person, since=min(since, year[0]))
    compared = [entry for entry in entries if entry.day >= since]
    recent = [entry for entry in entries if entry.day >= weeks[0]]
    return Numbers(
        span=span,
        since=None if span is Span.ALL else since,
        count=len(compared),
        findings=find(compared),
        qualities=qualities(compared),
        weeks=mood_weeks(recent, weeks),
        points=mood_points(recent),
        days=year_of(entries, year, today),
        kinds=_kinds(person),
    )


def entries_of(person: User, *, since: date) -> list[Entry]:
    """Return what was done from `since` on with how it felt, in the order of days. Three queries."""
    logs = SessionLog.objects.visible_to(person).filter(local_on__gte=since).order_by("local_on", "done_at", "pk")
    begun = Coalesce("started_at", "done_at")
    rows = logs.values_list(
        "pk", begun, "time_zone", "local_on", "minutes", "exercise_type__slug", "setting", "company"
    )
    moods, words = _moods(person, since), _words(person, since)
    return [
        Entry._make(
            (*said, part_of_day(at, zone or person.time_zone), *moods.get(pk, NO_MOODS), *words.get(pk, NO_WORDS))
        )
        for pk, at, zone, *said in rows
    ]


def _moods(person: User, since: date) -> dict[int, tuple[int | None, ...]]:
    """Return guess, before and after of each log that has any."""
    own = MoodRating.objects.visible_to(person).filter(log__local_on__gte=since)
    moments = {moment: Max("value", filter=Q(moment=moment)) for moment in ("guess", "before", "after")}
    rows = own.values_list("log_id").annotate(**moments)
    return {log: (guess, before, after) for log, guess, before, after in rows}


def _words(person: User, since: date) -> dict[int, tuple[int | None, int | None]]:
    own = Reflection.objects.visible_to(person).filter(log__local_on__gte=since)
    said = own.filter(Q(mastery__isnull=False) | Q(pleasure__isnull=False))
    return {log: (mastery, pleasure) for log, mastery, pleasure in said.values_list("log_id", "mastery", "pleasure")}


def _kinds(person: User) -> dict[str, str]:
    """Return the names of the kinds of exercise, in their order."""
    return {kind.slug: kind.name for kind in ExerciseType.objects.visible_to(person)}
