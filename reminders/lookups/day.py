"""People's days of plans, from what is true now: what to remind of, when, and why not."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from core import clock
from notifications.models import Delivery, Notification
from plans.models import DayChange, Enrollment, Pause, SessionLog
from plans.resting import Resting, pauses_of, resting_among
from reminders.together import Occasion, gathered

KIND = "session_cue"
LEFT_TO_ANOTHER = "told_together"


@dataclass(frozen=True)
class Asked:
    """Somebody's day, asked for because of the plan `about`, which may have ended."""

    person: User
    day: date
    about: str


@dataclass(frozen=True)
class PlanOfDay:
    """A plan on one day. `held` says why not to remind of it (empty: do); `due_at` None: it has no time."""

    enrollment: Enrollment
    due_at: datetime | None
    held: str


@dataclass(frozen=True)
class DayOfPlans:
    """The plans of one day by address, and how the messages of that day on them fared."""

    plans: Mapping[str, PlanOfDay]
    fates: Mapping[str, str]


@dataclass(frozen=True)
class _Rows:
    """What all these people follow, changed, did and rest from; logs and changes by plan, pauses by person."""

    enrollments: Mapping[int, list[Enrollment]]
    changes: Mapping[int, list[DayChange]]
    days_done: Mapping[int, list[date]]
    pauses: Mapping[int, list[Pause]]


@dataclass(frozen=True)
class _Facts:
    """What the person did, changed and rests from, put together once for all plans."""

    person: User
    day: date
    changes: dict[int, list[DayChange]]
    done: set[int]
    days_done: dict[int, set[date]]  # since the first day that anything was moved here from
    this_week: Counter[int]
    resting: Resting


def days_of(asked: Collection[Asked], *, now: datetime) -> dict[Asked, DayOfPlans]:
    """Return for each the plans that the person follows, and the one asked about. Fixed number of queries."""
    rows, fates = _rows(asked, now), _fates(asked)
    return {one: DayOfPlans(_plans(one, rows, now), fates.get((one.person.pk, one.day), {})) for one in asked}


def told_with(of_day: DayOfPlans, *, about: str, now: datetime) -> list[Enrollment]:
    """Return the plans that one message on `about` speaks of; none when another message speaks of it.

    A message that was sent speaks for the hour after it; one that was held back speaks for nobody.
    """
    plans, fates = of_day.plans, of_day.fates
    occasions = [
        Occasion(plan.due_at, UUID(address), can_begin=address == about or fates.get(address) != LEFT_TO_ANOTHER)
        for address, plan in plans.items()
        if plan.due_at is not None and (address == about or _is_spoken_of(plan, fates.get(address), now))
    ]
    group = next((group for group in gathered(occasions) if UUID(about) in {one.plan for one in group}), None)
    if group is None:  # its time was taken away since it came due
        return [plans[about].enrollment]
    if group[0].plan != UUID(about):
        return []
    told = {address for address, fate in fates.items() if fate == Delivery.State.SENT} - {about}  # by each way it has
    return [plans[str(one.plan)].enrollment for one in group if str(one.plan) not in told]


def _is_spoken_of(plan: PlanOfDay, fate: str | None, now: datetime) -> bool:
    """Whether a message on this plan was sent, or would be: it waits, was left to another, or comes due today."""
    if fate == Delivery.State.SENT:
        return True
    is_ahead = fate is None and plan.due_at is not None and plan.due_at > now
    return not plan.held and (is_ahead or fate in {Delivery.State.PENDING, LEFT_TO_ANOTHER})


def _rows(asked: Collection[Asked], now: datetime) -> _Rows:
    people = {one.person.pk for one in asked}
    mine = Enrollment.objects.filter(Q(ended_at=None) | Q(uuid__in={one.about for one in asked}), person__in=people)
    enrollments, changes = defaultdict[int, list[Enrollment]](list), defaultdict[int, list[DayChange]](list)
    for enrollment in mine.with_days():
        enrollments[enrollment.person_id].append(enrollment)
    days = {one.day for one in asked}
    here = DayChange.objects.filter(Q(planned_on__in=days) | Q(moved_to__in=days), enrollment__person__in=people)
    for change in here:
        changes[change.enrollment_id].append(change)
    weeks = [clock.week_of(one.day, one.person.first_weekday) for one in asked]
    moved = [change.planned_on for own in changes.values() for change in own]
    until = max(
        max(last, clock.local_day(now, one.person.time_zone)) for one, (_, last) in zip(asked, weeks, strict=True)
    )
    logs = SessionLog.objects.between(min([first for first, _last in weeks] + moved), until)
    days_done = defaultdict[int, list[date]](list)
    plans = [each.pk for own in enrollments.values() for each in own]
    for plan, local_on in logs.filter(enrollment__in=plans).values_list("enrollment", "local_on"):
        days_done[plan].append(local_on)
    return _Rows(enrollments, changes, days_done, pauses_of(people))


def _plans(asked: Asked, rows: _Rows, now: datetime) -> dict[str, PlanOfDay]:
    followed = rows.enrollments.get(asked.person.pk, [])
    own = [each for each in followed if each.is_active or str(each.uuid) == asked.about]
    facts = _facts(asked, own, rows, now)
    return {str(each.uuid): PlanOfDay(each, _due_at(each, facts), _held(each, facts)) for each in own}


def _facts(asked: Asked, own: list[Enrollment], rows: _Rows, now: datetime) -> _Facts:
    person, day = asked.person, asked.day
    today = clock.local_day(now, person.time_zone)
    changes: dict[int, list[DayChange]] = defaultdict(list)
    for enrollment in own:
        touching = rows.changes.get(enrollment.pk, [])
        changes[enrollment.pk] = [change for change in touching if day in {change.planned_on, change.moved_to}]
    first, last = clock.week_of(day, person.first_weekday)
    moved_here = [change.planned_on for each in changes.values() for change in each if change.moved_to == day]
    begin, end = min([first, *moved_here]), max(last, today)
    done, days_done, this_week = set[int](), defaultdict[int, set[date]](set), Counter[int]()
    for pk in changes:
        for local_on in rows.days_done.get(pk, []):
            if begin <= local_on <= end:
                days_done[pk].add(local_on)
                this_week[pk] += first <= local_on <= last
                done |= {pk} if day <= local_on <= end else set()
    resting = resting_among(rows.pauses.get(person.pk, []), max(day, today))
    return _Facts(person, day, changes, done, days_done, this_week, resting)


def _held(enrollment: Enrollment, facts: _Facts) -> str:
    """Return the reason not to remind of the plan on this day, or nothing."""
    if not enrollment.is_active:
        return "plan_ended"
    if why := _not_on_this_day(enrollment, facts):
        return why
    if facts.resting.of(enrollment) is not None:
        return "paused"
    if enrollment.pk in facts.done or _was_done_before(enrollment, facts):
        return "already_done"
    if enrollment.times_a_week is not None and facts.this_week[enrollment.pk] >= enrollment.times_a_week:
        return "enough_this_week"
    return ""


def _was_done_before(enrollment: Enrollment, facts: _Facts) -> bool:
    """Whether all that this day holds was moved here, and done meanwhile on a day without a step of its own."""
    weekdays = {cue.weekday for cue in enrollment.shown_cues}
    changes = facts.changes[enrollment.pk]
    planned = {change.planned_on for change in changes if change.moved_to == facts.day}
    is_its_own = facts.day.weekday() in weekdays and all(change.planned_on != facts.day for change in changes)
    if not planned or is_its_own:
        return False
    free = {day for day in facts.days_done[enrollment.pk] if day in planned or day.weekday() not in weekdays}
    return all(any(planned_on <= day < facts.day for day in free) for planned_on in planned)


def _not_on_this_day(enrollment: Enrollment, facts: _Facts) -> str:
    if facts.day < enrollment.starts_on:
        return "cue_removed"
    changes = facts.changes[enrollment.pk]
    if any(change.moved_to == facts.day for change in changes):
        return ""
    if changes:  # that of the day itself
        return "resting" if changes[0].moved_to is None else "moved"
    has_cue = any(cue.weekday == facts.day.weekday() for cue in enrollment.shown_cues)
    return "" if has_cue else "cue_removed"


def _due_at(enrollment: Enrollment, facts: _Facts) -> datetime | None:
    """Return when the plan is reminded of on this day: at its cue, or at the time of a step that was moved here."""
    cues = {cue.weekday: cue.at_time for cue in enrollment.shown_cues}
    changes = facts.changes[enrollment.pk]
    times: list[time | None] = [
        change.at_time or cues.get(change.planned_on.weekday()) for change in changes if change.moved_to == facts.day
    ]
    if not any(change.planned_on == facts.day for change in changes):
        times.append(cues.get(facts.day.weekday()))
    known = [at for at in times if at is not None]
    return clock.instant_of(facts.day, min(known), facts.person.time_zone) if known else None


def _fates(asked: Collection[Asked]) -> dict[tuple[int, date], dict[str, str]]:
    """Return person and day → address → how the message on that plan fared: its state, or `LEFT_TO_ANOTHER`."""
    people, days = {one.person.pk for one in asked}, {one.day.isoformat() for one in asked}
    told = Notification.objects.filter(kind=KIND, person__in=people, occurrence__in=days)
    rows = told.values_list("person_id", "occurrence", "about_id", "deliveries__state", "deliveries__reason")
    found: dict[tuple[int, date], dict[str, str]] = defaultdict(dict)
    for person, day, address, state, reason in rows:
        fates = found[person, date.fromisoformat(day)]
        if fates.get(address) != Delivery.State.SENT:  # through any channel
            fates[address] = LEFT_TO_ANOTHER if reason == LEFT_TO_ANOTHER else state
    return found
