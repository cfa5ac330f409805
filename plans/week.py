"""The dose of a person's own week: their zone, their first weekday, their target."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import get_language

from accounts.models import User
from core import clock
from library import dose
from plans.models import SessionLog


@dataclass(frozen=True)
class Dose:
    """What a week holds. `minutes` are moderate-equivalent; light ones are shown beside them.

    `percent` is of the person's own target and stops at 100. `band` names the stretch of the
    guideline's scale, whatever the target.
    """

    first_on: date
    last_on: date
    minutes: int
    light_minutes: int
    target: int
    strength_sessions: int
    mindful_sessions: int

    @property
    def percent(self) -> int:
        return dose.percent_of(self.minutes, self.target)

    @property
    def half(self) -> int:
        return dose.HALF_DOSE_MINUTES

    @property
    def guideline(self) -> int:
        return dose.TARGET_MINUTES

    @property
    def sessions_beside(self) -> int:
        """Strength and mindful sessions together, which the guideline counts beside the minutes."""
        return self.strength_sessions + self.mindful_sessions

    @property
    def has_more_beside(self) -> bool:
        """Whether something was done that the minutes do not show."""
        return bool(self.light_minutes or self.sessions_beside)

    @property
    def band(self) -> str:
        return dose.band_of(self.minutes).key

    @property
    def band_label(self) -> str:
        """The band in the language of the answer."""
        return dose.band_of(self.minutes).label(get_language() or "en")


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
