"""A step on another day, or a day for rest. What was planned stays as it was; the change is a row beside it."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotPermitted
from plans.models import DayChange, Enrollment
from plans.services.followed import lock_followed

FARTHEST = timedelta(days=14)  # a step moves at most so far
PLANNED_AHEAD = timedelta(days=366)


@transaction.atomic
def move_day(
    *,
    person: User,
    enrollment: Enrollment,
    planned_on: date,
    moved_to: date,
    at_time: time | None = None,
    now: datetime,
) -> DayChange | None:
    """Put the step of `planned_on` on another day, today or up to two weeks on; None when it is back on its own.

    Without a time it keeps that of the day it was planned for. Moving it again moves the same step.
    """
    today = _checked(person, enrollment, planned_on, now)
    if moved_to == planned_on:
        _changes_of(enrollment).filter(planned_on=planned_on).delete()
        return None
    first, last = reach_of(enrollment, planned_on, today)
    if not first <= moved_to <= last:
        raise InvalidInput("too_far", _("Choose a day from today on, within two weeks."), field="moved_to")
    return _change(enrollment, planned_on, moved_to, at_time, now)


def reach_of(enrollment: Enrollment, planned_on: date, today: date) -> tuple[date, date]:
    """Return the first and the last day that the step of `planned_on` may be put on."""
    return max(today, enrollment.starts_on), max(today, planned_on) + FARTHEST


@transaction.atomic
def rest_on(*, person: User, enrollment: Enrollment, planned_on: date, now: datetime) -> DayChange:
    """Keep a planned day for rest. The step waits; nothing is to be made up."""
    _checked(person, enrollment, planned_on, now)
    return _change(enrollment, planned_on, None, None, now)


@transaction.atomic
def undo_change(*, person: User, enrollment: Enrollment, planned_on: date) -> None:
    """Let the day be as it was planned. Undoing twice is undoing once."""
    _check_own(person, enrollment)
    _changes_of(enrollment).filter(planned_on=planned_on).delete()


@transaction.atomic
def put_off(
    *,
    person: User,
    enrollment: Enrollment,
    day: date,
    moved_to: date | None,
    at_time: time | None = None,
    now: datetime,
) -> list[date]:
    """Clear one day: all that lies on it goes to `moved_to`, or is for rest. Returns the planned days it came from."""
    _check_own(person, enrollment)
    planned = planned_days_behind(enrollment, day)
    for planned_on in planned:
        if moved_to is None:
            rest_on(person=person, enrollment=enrollment, planned_on=planned_on, now=now)
        else:
            move_day(
                person=person, enrollment=enrollment, planned_on=planned_on, moved_to=moved_to, at_time=at_time, now=now
            )
    return planned


@transaction.atomic
def take_back(*, person: User, enrollment: Enrollment, now: datetime) -> None:
    """Let what was put off today lie on today again."""
    today = clock.local_day(now, person.time_zone)
    _check_own(person, enrollment)
    for change in put_off_on(enrollment, today, person.time_zone):
        move_day(person=person, enrollment=enrollment, planned_on=change.planned_on, moved_to=today, now=now)


def put_off_on(enrollment: Enrollment, day: date, zone: str) -> list[DayChange]:
    """Return the changes by which, on this day, the step of this day or of an earlier one was put off."""
    earlier = _changes_of(enrollment).filter(planned_on__lte=day).exclude(moved_to=day).order_by("planned_on")
    return [change for change in earlier if clock.local_day(change.created_at, zone) == day]


def planned_days_behind(enrollment: Enrollment, day: date) -> list[date]:
    """Return the planned days whose step lies on `day`: those moved here, and the day itself while it is unchanged.

    Any day may be put off, also one that no cue names: a step may be done on every day.
    """
    changes = _changes_of(enrollment)
    found = list(changes.filter(moved_to=day).order_by("planned_on").values_list("planned_on", flat=True))
    if not changes.filter(planned_on=day).exists():
        has_cue = enrollment.cues.filter(weekday=day.weekday()).exists()
        found += [day] if has_cue or not found else []
    return found or [day]


def _changes_of(enrollment: Enrollment) -> QuerySet[DayChange]:
    return DayChange.objects.filter(enrollment=enrollment)


def _change(
    enrollment: Enrollment, planned_on: date, moved_to: date | None, at_time: time | None, now: datetime
) -> DayChange:
    change, _is_new = DayChange.objects.update_or_create(
        enrollment=enrollment,
        planned_on=planned_on,
        defaults={"moved_to": moved_to, "at_time": at_time, "created_at": now, "next_at": None},
    )
    return change


def _checked(person: User, enrollment: Enrollment, planned_on: date, now: datetime) -> date:
    """Lock the following, and return the person's today."""
    _check_own(person, enrollment)
    locked = lock_followed(enrollment)
    if not locked.is_active:
        raise DomainError("plan_ended", _("You no longer follow this plan."))
    today = clock.local_day(now, person.time_zone)
    if not locked.starts_on <= planned_on <= today + PLANNED_AHEAD:
        raise InvalidInput("planned_on", _("Nothing is planned for this day."), field="planned_on")
    return today


def _check_own(person: User, enrollment: Enrollment) -> None:
    if enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
