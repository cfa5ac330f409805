"""The days of a person with everything on them, in the person's own zone and from their first weekday."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from core import clock
from groups.models import Event, Rsvp
from mindmove.today import COMING
from plans.agenda import PlannedStep, Rest, WeeksSteps, agenda_of
from plans.models import SessionLog

DAY = timedelta(days=1)
MOST_DAYS = 62
YEARS_BACK, YEARS_AHEAD = 50, 2


@dataclass(frozen=True)
class Meeting:
    """An event that the person answered, on the day that their own clock shows when it starts."""

    answer: Rsvp
    day: date
    at_time: time

    @property
    def event(self) -> Event:
        return self.answer.event


@dataclass(frozen=True)
class Day:
    on: date
    today: date
    is_paused: bool
    logs: list[SessionLog] = field(default_factory=list)
    planned: list[PlannedStep] = field(default_factory=list)
    rests: list[Rest] = field(default_factory=list)
    meetings: list[Meeting] = field(default_factory=list)

    @property
    def is_today(self) -> bool:
        return self.on == self.today

    @property
    def is_past(self) -> bool:
        return self.on < self.today

    @property
    def is_open(self) -> bool:
        """Whether nothing at all stands on the day."""
        return not (self.logs or self.planned or self.rests or self.meetings or self.is_paused)


@dataclass(frozen=True)
class Week:
    days: list[Day]
    any_day: list[WeeksSteps]


def days_between(person: User, *, first: date, last: date, now: datetime) -> tuple[list[Day], list[WeeksSteps]]:
    """Return the days from `first` to `last`, and what belongs to weeks and to no day of them."""
    agenda = agenda_of(person, first=first, last=last, now=now)
    meetings = _by(_meetings(person, first, last), lambda meeting: meeting.day)
    logs, planned = _by(agenda.logs, lambda log: log.local_on), _by(agenda.planned, lambda step: step.day)
    rests = _by(agenda.rests, lambda rest: rest.day)
    days = [
        Day(
            on=day,
            today=agenda.today,
            is_paused=agenda.is_paused(day),
            logs=logs[day],
            planned=planned[day],
            rests=rests[day],
            meetings=meetings[day],
        )
        for day in _each(first, last)
    ]
    return days, agenda.any_day


def weeks_between(person: User, *, first: date, last: date, now: datetime) -> list[Week]:
    """Return whole weeks, from the one of `first` to the one of `last`."""
    first, last = clock.week_of(first, person.first_weekday)[0], clock.week_of(last, person.first_weekday)[1]
    days, any_day = days_between(person, first=first, last=last, now=now)
    weeks = _by(any_day, lambda steps: steps.first_on)
    return [Week(days[n : n + 7], weeks[days[n].on]) for n in range(0, len(days), 7)]


def month_of(day: date) -> tuple[date, date]:
    return day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])


def is_in_reach(day: date, today: date) -> bool:
    """Whether the calendar leads there: a lifetime back, and not far beyond what can be planned."""
    return today.year - YEARS_BACK <= day.year <= today.year + YEARS_AHEAD


def _meetings(person: User, first: date, last: date) -> list[Meeting]:
    begins = clock.instant_of(first, time.min, person.time_zone)
    ends = clock.instant_of(last + DAY, time.min, person.time_zone)
    events = Event.objects.visible_to(person).scheduled().filter(starts_at__gte=begins, starts_at__lt=ends)
    own = Rsvp.objects.visible_to(person).filter(person=person, status__in=COMING, event__in=events)
    zone = ZoneInfo(person.time_zone)
    found = []
    for answer in own.select_related("event__group").order_by("event__starts_at", "pk"):
        starts = answer.event.starts_at.astimezone(zone)
        found.append(Meeting(answer, starts.date(), starts.time()))
    return found


def _by[K, V](rows: Iterable[V], key: Callable[[V], K]) -> dict[K, list[V]]:
    found: dict[K, list[V]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found


def _each(first: date, last: date) -> list[date]:
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
