"""Changing one meeting of a series and all that follow it.

What is past or begun is never touched, and no answer is let go of. An occurrence that was changed on its own stays as
it is; one on a day that the new rule does not have stays when somebody answered it, and is gone otherwise.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Unpack

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.clock import local_day
from core.errors import InvalidInput
from groups.models import Event, Rsvp, Series
from groups.models.events import EventQuerySet
from groups.recurrence import Rule, local_instants
from groups.services.events import WHEN_AND_WHERE
from groups.services.memberships import lock_group
from groups.services.occurrences import HORIZON, follow_series, lock_series, still_to_make
from groups.services.outings import SHARED, require_open_group
from groups.services.rsvps import lock_events, promote
from groups.services.series import SeriesFields, require_going_on, rule_of, settle_series
from groups.services.telling import answers_to, lines_among, news_of_series
from notifications.services.outbox import notify_all

A_YEAR = timedelta(days=400)
FOLLOWING = (*SHARED, "starts_at", "ends_at", "series", "is_changed_alone", "changed_at", "sequence")


@dataclass
class Outcome:
    """What became of the meetings: `series` is the one that they belong to now."""

    series: Series
    changed: list[Event] = field(default_factory=list)
    moved: list[Event] = field(default_factory=list)
    kept: list[Event] = field(default_factory=list)
    removed: int = 0
    made: int = 0


def change_series(
    *, series: Series, since: date, now: datetime, by: User | None = None, **fields: Unpack[SeriesFields]
) -> Outcome:
    """Change the series from a day on. With another rule, or with meetings still to come before, a new one takes over.

    Meetings move with their answers; who comes, may come or waits gets one message about all that moved.
    """
    if by is not None:
        require_good_standing(by, now=now)
    with transaction.atomic():
        require_open_group(group := lock_group(series.group))
        old = lock_series(series)
        old.group = group
        _require_sense(old, since, now)
        known = lock_events(_in_question(old, since, now))
        coming = [event for event in known if event.series_id == old.pk and event.starts_at > now]
        events = [event for event in coming if event.occurs_on is not None and event.occurs_on >= since]
        answers = answers_to(events)
        target, rule = _target(old, since, fields, is_more_to_come=len(events) < len(coming), now=now)
        target.made_until = since - timedelta(days=1)
        made = still_to_make(target, {event.occurs_on for event in known}, now=now)
        _write_down(old, target, since)
        outcome = Outcome(target, made=len(made))
        _move_all(outcome, rule, events, answers, since, now)
        Event.objects.bulk_create(made)
        notify_all(news_of_series(target, outcome.moved, answers, kind="series_changed"), now=now)
        return outcome


def _require_sense(series: Series, since: date, now: datetime) -> None:
    if series.ended_at is not None:
        require_going_on(series)
    if not max(series.starts_on, local_day(now, series.time_zone)) <= since <= series.runs_until:
        raise InvalidInput("day_not_in_series", _("Choose a day of this series that is still to come."), field="since")


def _in_question(series: Series, since: date, now: datetime) -> EventQuerySet:
    """Return what is to come of a series, and what has a day from `since` on, in the one that it took over from too."""
    both = [series.pk, series.follows_id]
    return Event.objects.filter(Q(starts_at__gt=now) | Q(occurs_on__gte=since), series__in=both)


def _target(
    old: Series, since: date, fields: SeriesFields, *, is_more_to_come: bool, now: datetime
) -> tuple[Series, Rule]:
    """Return the series that goes on from `since`, and its rule: the old one, or a new one, neither written down."""
    is_new_rule = str(rule_of(fields.get("rrule", old.rrule))) != old.rrule
    begins = None if is_new_rule else _day_from(old, since)
    if since > old.starts_on and (is_new_rule or is_more_to_come):
        target = _split(old, fields, now)
        target.starts_on = begins or since
        rule = settle_series(target, begins_after=since if is_new_rule else None, is_said="latitude" in fields, now=now)
        return target, rule
    for name, value in fields.items():
        setattr(old, name, value)
    rule = settle_series(old, begins_after=since if is_new_rule else None, is_said="latitude" in fields, now=now)
    old.revision += 1
    return old, rule


def _split(old: Series, fields: SeriesFields, now: datetime) -> Series:
    names = {*SHARED, "greeter_id", "rrule", "at_time", "minutes", "runs_until"} - {"greeter"}
    new = Series(created_at=now, group=old.group, **{name: getattr(old, name) for name in names})
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _write_down(old: Series, target: Series, since: date) -> None:
    """Save the series; a new one comes behind the old one, before whatever followed it."""
    target.save()
    if target is old:
        return
    Series.objects.filter(follows=old).update(follows=target)
    target.follows, old.runs_until = old, since - timedelta(days=1)
    Series.objects.bulk_update([old, target], ["follows", "runs_until"])


def _day_from(series: Series, since: date) -> date | None:
    """Return the first day of the unchanged rule from `since`, in step with the weeks before."""
    return next(iter(rule_of(series.rrule).days(series.starts_on, since, since + A_YEAR)), None)


def _move_all(
    outcome: Outcome, rule: Rule, events: list[Event], answers: list[Rsvp], since: date, now: datetime
) -> None:
    series, answered = outcome.series, {answer.event_id for answer in answers}
    last = min(
        series.runs_until, max([local_day(now, series.time_zone) + HORIZON, *(e.occurs_on or since for e in events)])
    )
    days = dict(local_instants(rule.days(series.starts_on, since, last), series.at_time, series.time_zone))
    gone = []
    for event in events:
        starts_at = days.get(event.occurs_on or since)
        event.series = series
        if event.is_changed_alone or event.status == Event.Status.CANCELLED:
            outcome.kept.append(event)
        elif starts_at is not None and starts_at > now:
            _move(outcome, event, starts_at, now)
        elif event.pk in answered:
            event.is_changed_alone = True
            outcome.kept.append(event)
        else:
            gone.append(event.pk)
    Event.objects.bulk_update([event for event in events if event.pk not in gone], FOLLOWING)
    outcome.removed = len(gone)
    Event.objects.filter(pk__in=gone).delete()
    promote(outcome.changed, lines_among(outcome.changed, answers), now=now)


def _move(outcome: Outcome, event: Event, starts_at: datetime, now: datetime) -> None:
    """Let a locked meeting say what its series says. Nobody is sent away: it keeps the seats that are taken."""
    names = {*SHARED, *WHEN_AND_WHERE}
    before = {name: event.serializable_value(name) for name in names}
    follow_series(event, outcome.series, starts_at)
    if event.capacity is not None:
        event.capacity = max(event.capacity, event.going_count)
    changed = {name for name in names if event.serializable_value(name) != before[name]}
    if not changed:
        return
    event.changed_at = now
    event.sequence += 1
    outcome.changed.append(event)
    if changed & set(WHEN_AND_WHERE):
        outcome.moved.append(event)
