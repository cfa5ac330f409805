"""One person's day of plans, from what is true now: what to remind of, when, and why not."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from core import clock
from notifications.models import Delivery, Notification
from plans.models import DayChange, Enrollment, SessionLog
from plans.resting import Resting, resting_on
from reminders.together import Occasion, gathered

KIND = "session_cue"
LEFT_TO_ANOTHER = "told_together"


@dataclass(frozen=True)
class PlanOfDay:
    """A plan on one day. `held` says why not to remind of it (empty: do); `due_at` None: it has no time."""

    enrollment: Enrollment
    due_at: datetime | None
    held: str


@dataclass(frozen=True)
class _Facts:
    """What the person did, changed and rests from, read once for all plans."""

    person: User
    day: date
    changes: dict[int, list[DayChange]]
    done: set[int]
    days_done: dict[int, set[date]]  # since the first day that anything was moved here from
    this_week: Counter[int]
    resting: Resting


def plans_of_day(person: User, day: date, *, about: str, now: datetime) -> dict[str, PlanOfDay]:
    """Return address → plan: those that the person follows, and the one asked `about`. Fixed number of queries."""
    own = Enrollment.objects.visible_to(person).filter(Q(ended_at=None) | Q(uuid=about))
    enrollments = list(own.with_plan(person))
    facts = _facts(person, day, enrollments, now)
    return {str(e.uuid): PlanOfDay(e, _due_at(e, facts), _held(e, facts)) for e in enrollments}


def told_with(plans: dict[str, PlanOfDay], *, about: str, person: User, day: date, now: datetime) -> list[Enrollment]:
    """Return the plans that one message on `about` speaks of; none when another message speaks of it.

    A message that was sent speaks for the hour after it; one that was held back speaks for nobody.
    """
    fates = _fates(person, day)
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
    return [plans[str(one.plan)].enrollment for one in group if fates.get(str(one.plan)) != Delivery.State.SENT]


def _is_spoken_of(plan: PlanOfDay, fate: str | None, now: datetime) -> bool:
    """Whether a message on this plan was sent, or would be: it waits, was left to another, or comes due today."""
    if fate == Delivery.State.SENT:
        return True
    is_ahead = fate is None and plan.due_at is not None and plan.due_at > now
    return not plan.held and (is_ahead or fate in {Delivery.State.PENDING, LEFT_TO_ANOTHER})


def _facts(person: User, day: date, enrollments: list[Enrollment], now: datetime) -> _Facts:
    today = clock.local_day(now, person.time_zone)
    changes: dict[int, list[DayChange]] = defaultdict(list)
    for change in DayChange.objects.visible_to(person).filter(Q(planned_on=day) | Q(moved_to=day)):
        changes[change.enrollment_id].append(change)
    first, last = clock.week_of(day, person.first_weekday)
    moved_here = [change.planned_on for own in changes.values() for change in own if change.moved_to == day]
    logs = SessionLog.objects.visible_to(person).between(min([first, *moved_here]), max(last, today))
    done, days_done, this_week = set[int](), defaultdict[int, set[date]](set), Counter[int]()
    for pk, local_on in logs.filter(enrollment__in=enrollments).values_list("enrollment", "local_on"):
        days_done[pk].add(local_on)
        this_week[pk] += first <= local_on <= last
        if day <= local_on <= max(day, today):
            done.add(pk)
    return _Facts(person, day, changes, done, days_done, this_week, resting_on(person, max(day, today)))


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


def _fates(person: User, day: date) -> dict[str, str]:
    """Return address → how the message of the day on that plan fared: its state, or `LEFT_TO_ANOTHER`."""
    told = Notification.objects.visible_to(person).filter(kind=KIND, occurrence=day.isoformat())
    found: dict[str, str] = {}
    for address, state, reason in told.values_list("about_id", "deliveries__state", "deliveries__reason"):
        fate = LEFT_TO_ANOTHER if reason == LEFT_TO_ANOTHER else state
        if found.get(address) != Delivery.State.SENT:  # through any channel
            found[address] = fate
    return found
