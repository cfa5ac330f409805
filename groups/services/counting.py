"""Adding up what people reach together, at night, as `groups.five` allows."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, Sum

from accounts.models import User
from core import clock
from groups import five
from groups.models import Attendance, Contribution, Event, Goal, GoalShare, GroupPlan, GroupPlanShare, Membership
from groups.services.goals import close, count_me_out
from plans.models import SessionLog

SETTLES = timedelta(days=2)  # a day is counted when it is over, and the next is there to note it on
OUTDOORS = (SessionLog.Setting.STREET, SessionLog.Setting.GREEN, SessionLog.Setting.WATER)


def count_together(*, now: datetime) -> None:
    """Count the goals and plans of those groups where it is time to. Any number of times is once."""
    for goal in Goal.objects.open().select_related("group"):
        if five.is_time_to_count(now, goal.group.time_zone):
            count_goal(goal, now=now)
    for plan in GroupPlan.objects.open().select_related("group"):
        if five.is_time_to_count(now, plan.group.time_zone):
            count_steps(plan, now=now)


@transaction.atomic
def count_goal(goal: Goal, *, now: datetime) -> None:
    """Show what was added, if enough people added to it; close the goal once its last day is counted."""
    locked = Goal.objects.select_for_update(of=("self",)).select_related("group").filter(pk=goal.pk).first()
    if locked is None or locked.closed_at is not None:
        return
    today = clock.local_day(now, locked.group.time_zone)
    for share in _of_those_who_left(GoalShare.objects.filter(goal=locked), locked.group_id):
        count_me_out(goal=locked, person=share.person)
    found = list(_new_parts(locked, min(locked.ends_on, today - SETTLES)))
    sums: dict[int, int] = {}
    for part in found:
        assert part.person_id is not None  # noqa: S101 - for the type checker: it was made from a share
        sums[part.person_id] = sums.get(part.person_id, 0) + part.amount
    if five.is_enough(sums):
        Contribution.objects.bulk_create(found)
        locked.shown_total, locked.shown_at = locked.shown_total + sum(sums.values()), now
        locked.save(update_fields=["shown_total", "shown_at"])
    if today > locked.ends_on + SETTLES:
        close(locked, now=now)


def _new_parts(goal: Goal, until: date) -> Iterator[Contribution]:
    """Yield what nobody has been shown yet, one for each person and day."""
    for share in GoalShare.objects.filter(goal=goal).select_related("person"):
        person = share.person
        since = max(goal.starts_on, clock.local_day(share.since_at, person.time_zone))
        shown = set(Contribution.objects.filter(goal=goal, person=person).values_list("local_on", flat=True))
        for day, amount in _amounts(goal, person, since, until).items():
            if amount and day not in shown:
                yield Contribution(goal=goal, person=person, local_on=day, amount=amount)


def _amounts(goal: Goal, person: User, first: date, last: date) -> dict[date, int]:
    """Return what the person did on each of their days, or turned out for on each day at the place."""
    if goal.unit == Goal.Unit.TURN_OUTS:
        return _turn_outs(goal, person, first, last)
    logs = SessionLog.objects.visible_to(person).between(first, last)
    if goal.unit == Goal.Unit.OUTDOOR_MINUTES:
        logs = logs.filter(setting__in=OUTDOORS)
    rows = logs.order_by().values("local_on").annotate(amount=Sum("minutes"))
    return {row["local_on"]: row["amount"] for row in rows}


def _turn_outs(goal: Goal, person: User, first: date, last: date) -> dict[date, int]:
    there = Attendance.objects.visible_to(person).filter(person=person, event__group=goal.group_id)
    days: dict[date, int] = {}
    for event in Event.objects.filter(pk__in=there.values("event")):
        day = clock.local_day(event.starts_at, event.time_zone)
        if first <= day <= last:
            days[day] = days.get(day, 0) + 1
    return days


@transaction.atomic
def count_steps(group_plan: GroupPlan, *, now: datetime) -> None:
    """Show the steps noted since steps were last shown, if enough people noted some.

    What was noted when, never changes: so each step is part of one move at most, whatever is edited or deleted later.
    """
    locked = GroupPlan.objects.held().filter(pk=group_plan.pk).first()
    if locked is None:
        return
    shares = GroupPlanShare.objects.filter(group_plan=locked)
    for share in _of_those_who_left(shares, locked.group_id):
        share.delete()
    if locked.ended_at is not None:
        return
    steps = {}
    for share in shares.select_related("person"):
        since = max(share.since_at, locked.shown_at or share.since_at)
        logs = SessionLog.objects.visible_to(share.person).filter(enrollment=share.enrollment_id)
        steps[share.person_id] = logs.filter(session__isnull=False, created_at__gt=since, created_at__lte=now).count()
    if five.is_enough(steps):
        locked.shown_steps, locked.shown_at = locked.shown_steps + sum(steps.values()), now
        locked.save(update_fields=["shown_steps", "shown_at"])


def _of_those_who_left[S: (GoalShare, GroupPlanShare)](shares: QuerySet[S], group_id: int) -> QuerySet[S]:
    there = Membership.objects.current().filter(group=group_id, person=OuterRef("person"), person__is_active=True)
    return shares.exclude(Exists(there)).select_related("person")
