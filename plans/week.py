"""The dose of a person's own week: their zone, their first weekday, their target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from accounts.models import User
from core import clock
from library import dose
from plans.models import SessionLog

WEEKS_BACK = 12


@dataclass(frozen=True, kw_only=True)
class Dose(dose.Week):
    """The dose of one calendar week, from `first_on` to `last_on`."""

    first_on: date
    last_on: date

    @property
    def has_something(self) -> bool:
        """Whether anything was done, of whatever kind and effort."""
        return bool(self.minutes or self.has_more_beside)


class Noted(NamedTuple):
    """What the arithmetic of a week reads of one log."""

    local_on: date
    kind: str
    intensity: str
    minutes: int
    is_floor: bool


NOTED = ("local_on", "exercise_type__slug", "intensity", "minutes", "is_floor")  # its columns, in order


def dose_among(rows: Iterable[Noted], *, person: User, today: date) -> Dose:
    """Return the dose of the week that the person is in, from rows of that week and others."""
    first, last = clock.week_of(today, person.first_weekday)
    week = [(row.kind, row.intensity, row.minutes) for row in rows if first <= row.local_on <= last]
    return dose_of(week, first=first, last=last, target=person.weekly_target_minutes)


def last_weeks(person: User, *, now: datetime, count: int = WEEKS_BACK) -> list[Dose]:
    """Return the last weeks, this one first, each with what was done in it, in one query."""
    this_first, this_last = clock.week_of(clock.local_day(now, person.time_zone), person.first_weekday)
    firsts = [this_first - timedelta(weeks=number) for number in range(count)]
    logs = SessionLog.objects.visible_to(person).between(firsts[-1], this_last)
    rows: dict[date, list[tuple[str, str, int]]] = {first: [] for first in firsts}
    for day, kind, intensity, minutes in logs.values_list("local_on", "exercise_type__slug", "intensity", "minutes"):
        rows[clock.week_of(day, person.first_weekday)[0]].append((kind, intensity, minutes))
    week = timedelta(days=6)
    return [dose_of(rows[f], first=f, last=f + week, target=person.weekly_target_minutes) for f in firsts]


def dose_of(rows: Iterable[tuple[str, str, int]], *, first: date, last: date, target: int) -> Dose:
    """Add up (kind, intensity, minutes)."""
    strength = mindful = 0
    plain = {"light": 0, "moderate": 0, "vigorous": 0}
    for kind, intensity, amount in rows:
        counted = dose.counted_as(kind, intensity)
        strength += "strength_session" in counted
        mindful += "mindful_session" in counted
        if "aerobic_minutes" in counted:
            plain[intensity] += amount
    return Dose(
        first_on=first,
        last_on=last,
        minutes=dose.moderate_equivalent(**plain),
        moderate_minutes=plain["moderate"],
        vigorous_minutes=plain["vigorous"],
        light_minutes=plain["light"],
        target=target,
        strength_sessions=strength,
        mindful_sessions=mindful,
    )
