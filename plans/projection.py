"""Which coming step falls on which day, as arithmetic on dates. The order of the steps is never changed.

A plan's days are places in a row; a changed day moves the place, not the step. So a step done early, a pause
or a move shifts what follows, and nothing is ever owed.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice

type Portion[S] = Sequence[S]  # what belongs to one day: one step, or those that a plan puts on the same of its days
DAY = timedelta(days=1)
DAYS_IN_A_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Following:
    """A followed plan: weekday (Monday is 0) → time, or `times_a_week` on any days."""

    starts_on: date
    times: Mapping[int, time]
    times_a_week: int | None = None
    done: Mapping[date, int]  # local day → portions done on it


@dataclass(frozen=True)
class Change:
    """The step of `planned_on` goes to `moved_to`; None: that day is for rest."""

    planned_on: date
    moved_to: date | None
    at_time: time | None = None


@dataclass(frozen=True)
class Span:
    """Days from `first` to `last`, both included; None: open."""

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Planned[S]:
    step: S
    day: date
    at_time: time | None
    planned_on: date


@dataclass(frozen=True)
class AnyDay[S]:
    """Steps for a week in which any day will do."""

    first_on: date
    last_on: date
    steps: tuple[S, ...]


@dataclass(frozen=True, order=True)
class _Place:
    day: date
    at_time: time
    planned_on: date


def planned_days[S](
    following: Following,
    portions: Iterable[Portion[S]],
    *,
    changes: Iterable[Change],
    pauses: Sequence[Span],
    today: date,
    until: date,
) -> Iterator[Planned[S]]:
    """Yield the coming steps on their days, from today to `until`. With `times_a_week` there are no days."""
    if following.times_a_week is not None:
        return
    places = sorted(_places(following, {change.planned_on: change for change in changes}, today, until))
    open_places = [place for place in places if not is_paused(place.day, pauses)]
    todays = sum(place.day == today for place in open_places)
    left = open_places[min(following.done.get(today, 0), todays) :]
    for place, portion in zip(left, portions, strict=False):
        for step in portion:
            yield Planned(step, place.day, place.at_time, place.planned_on)


def _places(following: Following, changes: Mapping[date, Change], today: date, until: date) -> Iterator[_Place]:
    day = max(today, following.starts_on)
    while day <= until:
        at_time = following.times.get(day.weekday())
        if at_time is not None and day not in changes:
            yield _Place(day, at_time, day)
        day += DAY
    for change in changes.values():
        if change.moved_to and today <= change.moved_to <= until and change.planned_on >= following.starts_on:
            at_time = change.at_time or following.times.get(change.planned_on.weekday(), time.max)
            yield _Place(change.moved_to, at_time, change.planned_on)


def any_days[S](
    following: Following,
    portions: Iterable[Portion[S]],
    *,
    pauses: Sequence[Span],
    today: date,
    until: date,
    first_weekday: int,
) -> Iterator[AnyDay[S]]:
    """Yield, week by week from the one of today, the steps for which any day will do.

    No week holds more than its open days could: what is left of a week that is nearly over stays small.
    """
    if following.times_a_week is None:
        return
    rest = iter(portions)
    first = today - timedelta(days=(today.weekday() - first_weekday) % DAYS_IN_A_WEEK)
    a_day = -(-following.times_a_week // DAYS_IN_A_WEEK)
    while first <= until:
        days = [first + timedelta(days=number) for number in range(DAYS_IN_A_WEEK)]
        done = sum(following.done.get(day, 0) for day in days)
        free = [day for day in days if day >= max(today, following.starts_on) and not is_paused(day, pauses)]
        room = sum(max(0, a_day - following.done.get(day, 0)) for day in free)
        steps = tuple(s for portion in islice(rest, max(0, min(following.times_a_week - done, room))) for s in portion)
        if steps:
            yield AnyDay(first, days[-1], steps)
        first += timedelta(days=DAYS_IN_A_WEEK)


def is_paused(day: date, pauses: Iterable[Span]) -> bool:
    return any(pause.holds(day) for pause in pauses)
