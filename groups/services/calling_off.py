"""Calling off what series still have before them, of one or of all of a group, in as many queries for many as for one.

What somebody answered stays to be seen as called off; what nobody answered is gone.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from accounts.models import User
from core.clock import local_day
from groups.models import Event, Group, Rsvp, Series
from groups.services.telling import news_of_series
from notifications.services.outbox import Message

ENDS_WITH = ("runs_until", "asked_at", "ended_at", "revision")


@dataclass(frozen=True)
class Run:
    """A series with all that took over from it, to be called off from a day on."""

    series: list[Series]
    since: date

    def has(self, event: Event) -> bool:
        mine = any(event.series_id == series.pk for series in self.series)
        return mine and event.occurs_on is not None and event.occurs_on >= self.since


@dataclass
class Outcome:
    """What became of the events: `off` are still to be called off, `news` tells of them; `left` are of none."""

    left: list[Event]
    off: list[Event] = field(default_factory=list)
    news: list[Message] = field(default_factory=list)


def lock_all_series(group: Group, by: User | None = None) -> dict[int, Series]:
    """Return key → series of a locked group, as they are now, locked one after the other by their key.

    `by`: whose role in the group each is to bring (`with_role_of`), as it is under the group's lock.
    """
    rows = Series.objects.filter(group=group).order_by("pk").select_for_update(no_key=True, of=("self",))
    return {series.pk: series for series in (rows if by is None else rows.with_role_of(by))}


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


def end_runs(runs: Collection[Run], events: Collection[Event], answers: Collection[Rsvp], *, now: datetime) -> Outcome:
    """Let series end from a day on. `events` are locked, still on and to come; `answers` are all that they have."""
    answered = {answer.event_id for answer in answers}
    outcome = Outcome([event for event in events if not any(run.has(event) for run in runs)])
    gone: list[int] = []
    ended: list[Series] = []
    for run in runs:
        mine = [event for event in events if run.has(event)]
        off = [event for event in mine if event.pk in answered]
        outcome.off += off
        gone += [event.pk for event in mine if event.pk not in answered]
        for series in run.series:
            _end(series, run.since, now)
        if off:
            run.series[0].revision += 1
            outcome.news += news_of_series(run.series[0], off, answers, kind="series_cancelled")
        ended += run.series
    Event.objects.filter(pk__in=gone).delete()
    Series.objects.bulk_update(ended, ENDS_WITH)
    return outcome


def _end(series: Series, since: date, now: datetime) -> None:
    series.runs_until = min(series.runs_until, max(series.starts_on, since - timedelta(days=1)))
    series.asked_at = series.asked_at or now
    if since <= max(series.starts_on, local_day(now, series.time_zone)):
        series.ended_at = series.ended_at or now
