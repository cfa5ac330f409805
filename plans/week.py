"""The dose of a person's own week: their zone, their first weekday, their target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from core import clock
from library import dose
from plans.models import SessionLog


@dataclass(frozen=True, kw_only=True)
class Dose(dose.Week):
    """The dose of one calendar week, from `first_on` to `last_on`."""

    first_on: date
    last_on: date


def week_of(day: date, first_weekday: int) -> tuple[date, date]:
    """Return the first and last day of the week that `day` is in; Monday is 0."""
    first = day - timedelta(days=(day.weekday() - first_weekday) % 7)
    return first, first + timedelta(days=6)


def dose_of_week(person: User, *, now: datetime) -> Dose:
    """Return the dose of the week that the person is in at `now`, in one query."""
    first, last = week_of(clock.local_day(now, person.time_zone), person.first_weekday)
    logs = SessionLog.objects.visible_to(person).between(first, last)
    rows = logs.values_list("exercise_type__slug", "intensity", "minutes")
    return dose_of(rows, first=first, last=last, target=person.weekly_target_minutes)


def dose_of(rows: Iterable[tuple[str, str, int]], *, first: date, last: date, target: int) -> Dose:
    """Add up (kind, intensity, minutes)."""
    minutes = light = strength = mindful = 0
    for kind, intensity, amount in rows:
        counted = dose.counted_as(kind, intensity)
        strength += "strength_session" in counted
        mindful += "mindful_session" in counted
        if "aerobic_minutes" in counted:
            minutes += dose.equivalent_of(amount, intensity)
            light += amount if intensity == "light" else 0
    return Dose(
        first_on=first,
        last_on=last,
        minutes=minutes,
        light_minutes=light,
        target=target,
        strength_sessions=strength,
        mindful_sessions=mindful,
    )
