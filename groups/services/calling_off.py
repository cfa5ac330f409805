"""Calling off what series still have before them, of one or of all of a group, in as many queries for many as for one.

What somebody answered stays to be seen as called off; what nobody answered is gone.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef

from accounts.models import User
from core.clock import local_day
from groups.models import Event, Rsvp, Series
from groups.models.events import EventQuerySet
from groups.models.series import SeriesQuerySet
from groups.services.telling import tell_called_off

ENDS_WITH = ("runs_until", "asked_at", "ended_at", "revision")


@dataclass(frozen=True)
class Run:
    """A series with all that took over from it, to be called off from a day on."""

    series: list[Series]
    since: date


def lock_all(rows: SeriesQuerySet, by: User | None = None) -> dict[int, Series]:
    """Return key → series, all those of a locked group, as they are now, locked one after the other by their key.

    `by`: whose role in the group each is to bring (`with_role_of`), as it is under the group's lock.
    """
    locked = rows.order_by("pk").select_for_update(no_key=True, of=("self",))
    return {series.pk: series for series in (locked if by is None else locked.with_role_of(by))}


def run_of(first: Series, known: dict[int, Series], *, since: date) -> Run:
    """Return the series with those that follow it, one after the other."""
    after = {series.follows_id: series for series in known.values() if series.follows_id is not None}
    run = [first]
    while (following := after.get(run[-1].pk)) is not None:
        run.append(following)
    return Run(run, since)


def all_runs(known: dict[int, Series], *, now: datetime) -> list[Run]:
    """Return all that goes on, from today; what took over from another one is in that one's run, whichever is older."""
    going_on = [series for series in known.values() if series.ended_at is None]
    runs = [run_of(series, known, since=local_day(now, series.time_zone)) for series in going_on]
    following = {series.pk for run in runs for series in run.series[1:]}
    return [run for run in runs if run.series[0].pk not in following]


def call_off(events: EventQuerySet, *, ending: Collection[Run], now: datetime) -> None:
    """Call off those of `events` that are still on, let series end, and tell whoever answered; once for each series.

    The caller has locked the group of them all. An event is locked by the statement that calls it off, so an answer
    that comes meanwhile is told of, or refused. What this act has called off is found by its `now`, which no other act
    in the group has. All of `events` that belong to an ending series go with it, on whatever day they are.
    """
    events.scheduled().update(status=Event.Status.CANCELLED, changed_at=now, sequence=F("sequence") + 1)
    off = events.filter(status=Event.Status.CANCELLED, changed_at=now)
    first = {series.pk: run.series[0] for run in ending for series in run.series}
    if ending:
        answers = Rsvp.objects.filter(event=OuterRef("pk"))
        off.filter(~Exists(answers), series__in=list(first)).delete()
        _end(ending, now)
    tell_called_off(off, of_series=first, now=now)


def _end(runs: Collection[Run], now: datetime) -> None:
    for run in runs:
        run.series[0].revision += 1
        for series in run.series:
            _let_end(series, run.since, now)
    Series.objects.bulk_update([series for run in runs for series in run.series], ENDS_WITH)


def _let_end(series: Series, since: date, now: datetime) -> None:
    series.runs_until = min(series.runs_until, max(series.starts_on, since - timedelta(days=1)))
    series.asked_at = series.asked_at or now
    if since <= max(series.starts_on, local_day(now, series.time_zone)):
        series.ended_at = series.ended_at or now
