"""The same numbers in the order of days: twelve weeks, a year, and how it was by kind."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter

from core import clock
from plans.insights.entries import Entry
from plans.insights.findings import ALPHA, LEAST
from plans.insights.intervals import ROUNDING, Interval, Tally, around_mean

WEEKS = 12
YEAR_WEEKS = 53
SHADES = (1, 10, 30, 60)  # from so many minutes on, one shade deeper
QUALITIES = ("mastery", "pleasure")


@dataclass(frozen=True)
class MoodWeek:
    """A week with the means of what was noted in it; None where nothing was."""

    first_on: date
    n: int
    before: float | None
    after: float | None


@dataclass(frozen=True)
class MoodPoint:
    day: date
    moment: str
    value: int


@dataclass(frozen=True)
class Day:
    """`shade` is 0 to 4."""

    day: date
    minutes: int
    shade: int


@dataclass(frozen=True)
class Quality:
    """The mean of mastery or of pleasure (0 to 10) for one kind."""

    kind: str
    name: str
    n: int
    level: float
    interval: Interval | None


def week_starts(today: date, first_weekday: int, weeks: int) -> list[date]:
    """Return the first days of `weeks` weeks, the last of which `today` lies in; Monday is 0."""
    last, _end = clock.week_of(today, first_weekday)
    return [last - timedelta(weeks=back) for back in reversed(range(weeks))]


def mood_weeks(entries: Iterable[Entry], starts: Sequence[date]) -> list[MoodWeek]:
    rated: dict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.before is not None or entry.after is not None:
            rated[starts[0] + timedelta(weeks=(entry.day - starts[0]).days // 7)].append(entry)
    return [
        MoodWeek(first, len(rated[first]), _mean(e.before for e in rated[first]), _mean(e.after for e in rated[first]))
        for first in starts
    ]


def mood_points(entries: Iterable[Entry]) -> list[MoodPoint]:
    """Return each mood before and after, as it was noted."""
    said = ((entry.day, moment, getattr(entry, moment)) for entry in entries for moment in ("before", "after"))
    return [MoodPoint(day, moment, value) for day, moment, value in said if value is not None]


def _mean(values: Iterable[int | None]) -> float | None:
    said = [value for value in values if value is not None]
    return sum(said) / len(said) if said else None


def shade(minutes: int) -> int:
    return sum(minutes >= least for least in SHADES)


def year_of(entries: Iterable[Entry], starts: Sequence[date], today: date) -> list[Day]:
    """Return every day of the weeks up to today; a day without anything is a day like any other."""
    minutes: dict[date, int] = defaultdict(int)
    for entry in entries:
        minutes[entry.day] += entry.minutes
    days = (starts[0] + timedelta(days=n) for n in range((today - starts[0]).days + 1))
    return [Day(day, minutes[day], shade(minutes[day])) for day in days]


def qualities(entries: Sequence[Entry]) -> list[Quality]:
    """Return mastery and pleasure by kind; the intervals share ALPHA as those of a page's findings do."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for name in QUALITIES:
        for kind, value in map(attrgetter("kind", name), entries):
            if value is not None:
                found[kind, name].append(value)
    shown = sum(len(values) >= LEAST for values in found.values())
    level = 1 - ALPHA / max(1, shown)
    return [Quality(kind, name, len(values), level, _around(values, level)) for (kind, name), values in found.items()]


def _around(values: list[int], level: float) -> Interval | None:
    return around_mean(Tally.of(values), level, least=ROUNDING) if len(values) >= LEAST else None
