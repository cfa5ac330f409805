"""Changing one meeting of a series and all that follow it.

What is past or begun is never touched, and no answer is let go of. An occurrence that was changed on its own stays as
it is; one on a day that the new rule does not have stays when somebody answered it, and is gone otherwise.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Unpack

from django.db import transaction
from django.db.models import Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from accounts.models import User, UserQuerySet
from accounts.standing import require_good_standing
from core.clock import local_day
from core.errors import InvalidInput
from core.putting import put
from groups.models import Event, Membership, Rsvp, Series
from groups.models.events import EventQuerySet
from groups.models.memberships import asked_role
from groups.people import who_greets
from groups.recurrence import Rule, local_instants
from groups.services.events import WHEN_AND_WHERE
from groups.services.memberships import lock_group, require_host_of
from groups.services.occurrences import HORIZON, follow_series, lock_series, still_to_make
from groups.services.outings import SHARED, not_from_group, require_open_group
from groups.services.rsvps import LET_IN, let_line_in, lock_events
from groups.services.series import SeriesFields, require_going_on, rule_of, settle_series
from groups.services.telling import answers_to, lines_among, news_of_series
from notifications.services.outbox import notify_all

A_YEAR = timedelta(days=400)
FOLLOWING = (*SHARED, "starts_at", "ends_at", "is_changed_alone", "changed_at", "sequence", "going_count")


@dataclass
class Outcome:
    """What became of the meetings: `series` is the one that they belong to now.

    `beside` brings `greeter_uuid` and `greeter_name` of who greets, as far as who changed it may know them, and their
    role (`asked_role`).
    """

    series: Series
    is_followed: bool = False  # by one that was there before
    beside: Any = None
    changed: list[Event] = field(default_factory=list)
    moved: list[Event] = field(default_factory=list)
    kept: list[Event] = field(default_factory=list)
    removed: int = 0
    made: int = 0


def change_series(
    *,
    series: Series,
    since: date,
    now: datetime,
    by: User | None = None,
    greeter_among: UserQuerySet | None = None,
    **fields: Unpack[SeriesFields],
) -> Outcome:
    """Change the series from a day on. With another rule, or with meetings still to come before, a new one takes over.

    Meetings move with their answers; who comes, may come or waits gets one message about all that moved.
    `by`: who has to host the group still, once their act has waited for it. `greeter_among`: instead of `greeter`, a
    query of the one person who is to greet, which is then asked together with what is asked anyway.
    """
    if by is not None:
        require_good_standing(by, now=now)
    with transaction.atomic():
        require_open_group(group := lock_group(series.group))
        old = lock_series(series)
        old.group = group
        require_day_of(old, since, now=now)
        known, about = _lock_meetings(_in_question(old, since, now), old, _asked(old, fields, by, greeter_among))
        if by is not None:
            require_host_of(about, by)
        said = {**fields, **_who_greets(about, greeter_among)}
        coming = [event for event in known if event.series_id == old.pk and event.starts_at > now]
        events = [event for event in coming if event.occurs_on is not None and event.occurs_on >= since]
        answers, is_more = answers_to(events), len(events) < len(coming)
        target, rule = _target(old, since, said, there=about.greets, is_more_to_come=is_more, now=now)
        made = still_to_make(target, {event.occurs_on for event in known}, now=now)
        _write_down(old, target, since, about.follower)
        outcome = Outcome(target, is_followed=about.follower is not None, beside=about, made=len(made))
        stay, gone = _move_all(outcome, rule, events, answers, since, now)
        let_in, news = let_line_in(outcome.changed, lines_among(outcome.changed, answers), now=now)
        put([*stay, *made], changing=FOLLOWING if target is old else [*FOLLOWING, "series"])
        Event.objects.filter(pk__in=gone).delete()
        Rsvp.objects.bulk_update(let_in, LET_IN)
        notify_all([*news, *news_of_series(target, outcome.moved, answers)], now=now)
    return outcome


def _lock_meetings(events: EventQuerySet, series: Series, asked: dict[str, Combinable]) -> tuple[list[Event], Any]:
    """Return the meetings, locked, and a row with what is `asked`: one of them, or where there is none the series."""
    locked = lock_events(events.annotate(**asked))
    return locked, locked[0] if locked else Series.objects.annotate(**asked).get(pk=series.pk)


def _asked(
    series: Series, fields: SeriesFields, by: User | None, greeter_among: UserQuerySet | None
) -> dict[str, Combinable]:
    """Return what to annotate a row of the locked group with: all of it changes under that lock only.

    `greets`: who is to greet, if they take part in the group and can be met there; `follower`: what took over from it.
    """
    greeter: Any = fields.get("greeter", series.greeter_id)
    them = User.objects.filter(pk=getattr(greeter, "pk", greeter)) if greeter_among is None else greeter_among
    there = Membership.objects.taking_part().filter(group=series.group_id, person__is_active=True, person__in=them)
    return {
        **(_asked_for(by, them) if by is not None else {}),
        "greets": Subquery(there.values("person")[:1]),
        "follower": Subquery(Series.objects.filter(follows=series).order_by().values("pk")[:1]),
    }


def _asked_for(by: User, them: QuerySet[User]) -> dict[str, Combinable]:
    """Return what is asked of one who changes it: their role, and who greets, of `them`, as far as they may know."""
    return {**asked_role(by, "group"), **who_greets(by, pk__in=them)}


def _who_greets(about: Any, greeter_among: UserQuerySet | None) -> dict[str, int]:
    if greeter_among is None:
        return {}
    if about.greets is None:
        raise not_from_group()
    return {"greeter_id": about.greets}


def require_day_of(series: Series, since: date, *, now: datetime) -> None:
    """Raise a DomainError unless a series goes on and has this day, which is not past."""
    if series.ended_at is not None:
        require_going_on(series)
    if not max(series.starts_on, local_day(now, series.time_zone)) <= since <= series.runs_until:
        raise InvalidInput("day_not_in_series", _("Choose a day of this series that is still to come."), field="since")


def _in_question(series: Series, since: date, now: datetime) -> EventQuerySet:
    """Return what is to come of a series, and what has a day from `since` on, in the one that it took over from too."""
    both = [series.pk, series.follows_id]
    return Event.objects.filter(Q(starts_at__gt=now) | Q(occurs_on__gte=since), series__in=both)


def _target(
    old: Series, since: date, said: dict[str, Any], *, there: int | None, is_more_to_come: bool, now: datetime
) -> tuple[Series, Rule]:
    """Return the series that goes on from `since`, and its rule: the old one, or a new one, neither written down.

    `there`: who greets, if they can be met in the group.
    """
    is_new_rule = str(rule_of(said.get("rrule", old.rrule))) != old.rrule
    begins = None if is_new_rule else _day_from(old, since)
    if since > old.starts_on and (is_new_rule or is_more_to_come):
        target = _split(old, said, now)
        target.starts_on = begins or since
    else:
        target = old
        target.revision += 1
        for name, value in said.items():
            setattr(target, name, value)
    target.made_until = since - timedelta(days=1)
    begins_after = since if is_new_rule else None
    found: dict[int, None] = {} if there is None else {there: None}
    rule = settle_series(target, begins_after=begins_after, is_said="latitude" in said, there=found, now=now)
    return target, rule


def _split(old: Series, said: dict[str, Any], now: datetime) -> Series:
    names = {*SHARED, "greeter_id", "rrule", "at_time", "minutes", "runs_until"} - {"greeter"}
    new = Series(created_at=now, group=old.group, **{name: getattr(old, name) for name in names})
    for name, value in said.items():
        setattr(new, name, value)
    return new


def _write_down(old: Series, target: Series, since: date, follower: int | None) -> None:
    """Save the series; a new one comes behind the old one, before whatever followed it."""
    if target is old:
        target.save()
        return
    if follower is not None:
        Series.objects.filter(pk=follower).update(follows=None)  # no two follow the same one
    target.follows, old.runs_until = old, since - timedelta(days=1)
    put([target, old], changing=["runs_until"])
    if follower is not None:
        Series.objects.filter(pk=follower).update(follows=target)


def _day_from(series: Series, since: date) -> date | None:
    """Return the first day of the unchanged rule from `since`, in step with the weeks before."""
    return next(iter(rule_of(series.rrule).days(series.starts_on, since, since + A_YEAR)), None)


def _move_all(
    outcome: Outcome, rule: Rule, events: list[Event], answers: list[Rsvp], since: date, now: datetime
) -> tuple[list[Event], list[int]]:
    """Move what the series has, in memory; return what stays of it, moved or not, and the keys of what goes."""
    series, answered = outcome.series, {answer.event_id for answer in answers}
    last = min(
        series.runs_until, max([local_day(now, series.time_zone) + HORIZON, *(e.occurs_on or since for e in events)])
    )
    days = dict(local_instants(rule.days(series.starts_on, since, last), series.at_time, series.time_zone))
    stay, gone = [], []
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
            continue
        stay.append(event)
    outcome.removed = len(gone)
    return stay, gone


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
