"""When rest is worth offering: a neutral word, never praise and never a warning. Its bounds are in `library.dose`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from library import dose
from plans.models import SessionLog
from plans.week import dose_of, week_of

DAY = timedelta(days=1)


class Reason(StrEnum):
    MUCH = "much_in_a_week"
    NO_REST = "no_day_of_rest"


@dataclass(frozen=True)
class RestNote:
    reason: Reason

    @property
    def text(self) -> str:
        if self.reason is Reason.MUCH:
            return _(
                "That is a good deal for one week. Rest belongs in it as well, and an easier week takes nothing away."
            )
        return _(
            "A good many days of effort, one after the other. A day of rest belongs among them, and takes nothing away."
        )


def rest_reason(*, minutes: int, days_of_effort: Collection[date], today: date) -> Reason | None:
    """Return why rest is worth offering: `minutes` of this week (moderate-equivalent), or seven days with effort.

    The seven days end today, or yesterday while nothing is noted today: that morning the offer is of use.
    """
    if minutes > dose.CEILING_MINUTES:
        return Reason.MUCH
    last = today if today in days_of_effort else today - DAY
    week = (last - DAY * back for back in range(dose.DAYS_WITHOUT_REST))
    return Reason.NO_REST if all(day in days_of_effort for day in week) else None


def rest_note_for(person: User, *, now: datetime) -> RestNote | None:
    """Return the note for the person's own week, in one query.

    A light day, and one with nothing but small versions, is rest enough.
    """
    today = clock.local_day(now, person.time_zone)
    first, last = week_of(today, person.first_weekday)
    logs = SessionLog.objects.visible_to(person).between(min(first, today - DAY * dose.DAYS_WITHOUT_REST), last)
    rows = list(logs.values_list("local_on", "exercise_type__slug", "intensity", "minutes", "is_floor"))
    week = dose_of([(r[1], r[2], r[3]) for r in rows if r[0] >= first], first=first, last=last, target=1)
    effort = {day for day, _kind, intensity, _minutes, is_floor in rows if intensity != "light" and not is_floor}
    reason = rest_reason(minutes=week.minutes, days_of_effort=effort, today=today)
    return RestNote(reason) if reason else None
