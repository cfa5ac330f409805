"""When rest is worth offering: a neutral word, never praise and never a warning. Its bounds are in `library.dose`."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from library import dose
from plans.models import SessionLog
from plans.week import NOTED, Noted, dose_among

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
    """Return the note for the person's own week, in one query."""
    today = clock.local_day(now, person.time_zone)
    logs = SessionLog.objects.visible_to(person).between(
        looks_back_to(person, today), clock.week_of(today, person.first_weekday)[1]
    )
    return rest_note_among([Noted(*row) for row in logs.values_list(*NOTED)], person=person, today=today)


def looks_back_to(person: User, today: date) -> date:
    """Return the first day that the note and the dose of the week are worked out from."""
    first, _last = clock.week_of(today, person.first_weekday)
    return min(first, today - DAY * dose.DAYS_WITHOUT_REST)


def rest_note_among(rows: Sequence[Noted], *, person: User, today: date) -> RestNote | None:
    """Return the note from what was noted lately.

    A light day, and one with nothing but small versions, is rest enough.
    """
    week = dose_among(rows, person=person, today=today)
    effort = {row.local_on for row in rows if row.intensity != "light" and not row.is_floor}
    reason = rest_reason(minutes=week.minutes, days_of_effort=effort, today=today)
    return RestNote(reason) if reason else None
