"""Making the meetings of a series, some weeks ahead. Any number of schedulers is safe: the series' row is the lock.

Locks are taken in one order everywhere: group, series, events.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from core.clock import local_day
from core.held import was_held
from core.visibility import get_still
from groups.models import Event, Series
from groups.recurrence import local_instants, read_rule
from groups.services.memberships import lock_group
from groups.services.outings import COLUMNS

HORIZON = timedelta(weeks=8)
MOST_AT_ONCE = 200


def lock_series(series: Series) -> Series:
    """Return the series' row as it is now, locked until the end of the transaction; its group is locked before."""
    if was_held(series):
        return series
    return get_still(Series.objects.select_for_update(no_key=True).select_related(None), series)


def make_occurrences(series: Series, *, now: datetime, changed: Collection[str] = ()) -> list[Event]:
    """Make what is to come up to the horizon of a locked series; a day that has its meeting gets no other.

    Saves how far that is, and what else was `changed`; a series that is new is saved as a whole.
    """
    made = still_to_make(series, days_taken(series), now=now)
    series.save(update_fields=["made_until", *changed] if series.pk else None)
    return Event.objects.bulk_create(made)


def still_to_make(series: Series, taken: Collection[date | None], *, now: datetime) -> list[Event]:
    """Return the meetings up to the horizon but for days that are `taken`; the series says how far that is, unsaved."""
    last = min(local_day(now, series.time_zone) + HORIZON, series.runs_until)
    days = read_rule(series.rrule).days(series.starts_on, _first(series, now), last)
    series.made_until = max(last, series.made_until or last)
    return [
        occurrence_of(series, day, starts_at, now=now)
        for day, starts_at in local_instants(days, series.at_time, series.time_zone)
        if starts_at > now and day not in taken
    ]


def extend_all(*, now: datetime) -> int:
    """Make what the rolling horizon has reached, of every series that goes on; return how many meetings."""
    reached = (now + HORIZON - timedelta(days=1)).date()
    behind = Q(made_until=None) | (Q(made_until__lt=reached) & Q(made_until__lt=F("runs_until")))
    due = (
        Series.objects.going_on()
        .filter(behind, group__closed_at=None, group__hidden_at=None)
        .select_related("group")
        .order_by("made_until")
    )
    return sum(_extend(series, now) for series in due[:MOST_AT_ONCE])


def occurrence_of(series: Series, day: date, starts_at: datetime, *, now: datetime) -> Event:
    """Return the meeting of a day, as the series has it, not saved yet."""
    event = Event(group_id=series.group_id, series=series, occurs_on=day, created_at=now, changed_at=now)
    follow_series(event, series, starts_at)
    return event


def follow_series(event: Event, series: Series, starts_at: datetime) -> None:
    """Let an occurrence say what its series says, at `starts_at`."""
    for name in COLUMNS:
        setattr(event, name, getattr(series, name))
    event.starts_at, event.ends_at = starts_at, starts_at + timedelta(minutes=series.minutes)


def days_taken(series: Series) -> set[date]:
    """Return the days that have a meeting already, of the series or of the one that it took over from."""
    if series.made_until is None and series.follows_id is None:
        return set()  # nothing was made of it yet
    both = [series.pk, *([series.follows_id] if series.follows_id else [])]
    days = Event.objects.filter(series__in=both, occurs_on__gte=series.starts_on).values_list("occurs_on", flat=True)
    return {day for day in days if day is not None}


def _first(series: Series, now: datetime) -> date:
    """Return the first day that may have no meeting yet."""
    today = local_day(now, series.time_zone)
    unmade = series.made_until + timedelta(days=1) if series.made_until else series.starts_on
    return max(unmade, today, series.starts_on)


def _extend(series: Series, now: datetime) -> int:
    with transaction.atomic():
        group = lock_group(series.group)
        locked = lock_series(series)
        if locked.ended_at is not None or not group.is_open:
            return 0
        return len(make_occurrences(locked, now=now))
