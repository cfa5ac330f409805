"""Starting a series, keeping it going, letting it end, and calling it off from a day on."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, Unpack

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.clock import instant_of, local_day
from core.errors import DomainError, InvalidInput
from core.markdown import to_html
from groups.models import Event, Group, Membership, Series
from groups.recurrence import Rule, RuleRefused, read_rule
from groups.services.calling_off import Run, call_off, lock_all, run_of
from groups.services.memberships import lock_group, require_host, require_host_of, require_hosting
from groups.services.occurrences import lock_series, make_occurrences
from groups.services.outings import OutingFields, require_open_group, require_sense, those_in
from groups.services.places import as_said_before, settle
from groups.services.telling import tell_hosts

A_TERM = timedelta(weeks=26)
LONGEST = timedelta(days=366)
ASKED_BEFORE = timedelta(weeks=3)
SHORTEST_MINUTES, LONGEST_MINUTES = 5, 7 * 24 * 60


class SeriesFields(OutingFields, total=False):
    """What a host may say about meetings that recur. Day and time are those of the place."""

    rrule: str
    at_time: time
    minutes: int
    runs_until: date


def start_series(
    *, group: Group, starts_on: date, now: datetime, by: User | None = None, **fields: Unpack[SeriesFields]
) -> Series:
    """Begin a series on the first day from `starts_on` that its rule names, and make its first weeks."""
    if by is not None:
        require_good_standing(by, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        require_open_group(locked)
        texts: dict[str, Any] = {"time_zone": locked.time_zone, **fields}
        series = Series(group=locked, created_at=now, starts_on=starts_on, **texts)
        if not timedelta(0) <= starts_on - local_day(now, series.time_zone) <= LONGEST:
            raise InvalidInput("in_the_past", _("Choose a day within the year to come."), field="starts_on")
        series.runs_until = fields.get("runs_until", starts_on + A_TERM)
        there = those_in(locked.pk, [series.greeter_id, by.pk if by else None])
        if by is not None:
            require_host(there.get(by.pk))  # they may have been put out while this waited
        settle_series(series, begins_after=starts_on, is_said=True, there=there, now=now)
        same = {name: getattr(series, name) for name in (*fields, "starts_on")}
        if by is not None and (twin := as_said_before(Series.objects.going_on().filter(group=locked), same, now=now)):
            return twin
        make_occurrences(series, now=now)
        return series


def confirm_series(*, series: Series, now: datetime, by: User | None = None) -> Series:
    """Let a series go on for another half year from today. Twice is once."""
    if by is not None:
        require_good_standing(by, now=now)
    with transaction.atomic():
        group = lock_group(series.group)
        require_open_group(group)
        locked = lock_series(series)
        locked.group = group
        if by is not None:
            require_hosting(group.pk, by)
        require_going_on(locked)
        locked.runs_until = max(locked.runs_until, local_day(now, locked.time_zone) + A_TERM)
        locked.asked_at = None
        make_occurrences(locked, now=now, changed=["runs_until", "asked_at"])
        return locked


def cancel_series(*, series: Series, since: date, now: datetime, by: User | None = None) -> Run:
    """Call off what is to come from a day on, with what took over from it; return the series that it was.

    What is answered stays to be seen as called off, also what was changed on its own; what nobody answered is gone.
    `by`: who has to host the group still, once their act has waited for it.
    """
    with transaction.atomic():
        group = lock_group(series.group)
        known = lock_all(Series.objects.filter(group=group), by)
        first = known[series.pk]
        if by is not None:
            require_host_of(first, by)
        first.group = group
        run = run_of(first, known, since=max(since, local_day(now, first.time_zone)))
        coming = Event.objects.filter(series__in=run.series, occurs_on__gte=run.since, starts_at__gt=now)
        call_off(coming, ending=[run], now=now)
        return run


def review_series(*, now: datetime) -> None:
    """Ask hosts once, some weeks before a series ends, whether it goes on; end quietly what nobody confirmed."""
    soon = (now + ASKED_BEFORE + timedelta(days=1)).date()
    for series in Series.objects.going_on().filter(runs_until__lte=soon).select_related("group"):
        with transaction.atomic():
            lock_group(series.group)
            _review(lock_series(series), now)


def settle_series(
    series: Series,
    *,
    begins_after: date | None,
    is_said: bool,
    there: Mapping[int, Membership | None],
    now: datetime,
) -> Rule:
    """Check what a series says and put it in order. `begins_after`: start on the first day of the rule from there.

    `there`: as `require_sense` wants it.
    """
    rule = rule_of(series.rrule)
    if begins_after is not None:
        series.starts_on = rule.first_day(begins_after) or begins_after
    series.rrule = str(rule)
    if not SHORTEST_MINUTES <= series.minutes <= LONGEST_MINUTES:
        raise InvalidInput("length", _("From five minutes to a week."), field="minutes")
    if series.runs_until < series.starts_on:
        raise InvalidInput("ends_before_start", _("It ends after its first day."), field="runs_until")
    if series.runs_until > max(local_day(now, series.time_zone), series.starts_on) + LONGEST:
        raise InvalidInput("too_long", _("A year at most. Hosts are asked before it ends."), field="runs_until")
    require_sense(series, there)
    settle(series, place=series.place, time_zone=series.time_zone, is_said=is_said, else_at=series.group)
    series.about_html = to_html(series.about)
    return rule


def rule_of(text: str) -> Rule:
    """Return the rule, or raise InvalidInput beside it."""
    try:
        return read_rule(text)
    except RuleRefused as refused:
        words = {
            "unreadable": _("This is no rule of RFC 5545, like FREQ=WEEKLY;BYDAY=TU."),
            "unknown_part": _(
                "A rule here knows FREQ (daily, weekly, monthly), INTERVAL, BYDAY, BYMONTHDAY, BYSETPOS."
            ),
            "impossible": _("There is no day that fits this rule."),
        }
        raise InvalidInput(f"rule_{refused.code}", words[refused.code], field="rrule") from refused


def require_going_on(series: Series) -> None:
    if series.ended_at is not None or Series.objects.filter(follows=series).exists():
        raise DomainError("series_ended", _("This series has ended. What is still planned stays as it is."))


def _review(series: Series, now: datetime) -> None:
    today = local_day(now, series.time_zone)
    if series.ended_at is not None:
        return
    if series.runs_until < today:
        series.ended_at = now
        series.save(update_fields=["ended_at"])
    elif series.asked_at is None and series.runs_until - today <= ASKED_BEFORE and _is_last(series):
        series.asked_at = now
        series.save(update_fields=["asked_at"])
        tell_hosts(
            group_id=series.group_id,
            kind="series_ending",
            about_id=str(series.uuid),
            key=f"{series.uuid}:{series.runs_until}",
            expires_at=instant_of(series.runs_until, time(23, 59), series.time_zone),
            now=now,
        )


def _is_last(series: Series) -> bool:
    return not Series.objects.filter(follows=series).exists()
