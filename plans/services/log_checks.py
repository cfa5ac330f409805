"""What a log may hold. Each rule names its field, so that every door can say it beside the input."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.utils.translation import gettext as _

from core.errors import InvalidInput
from plans.models import MoodRating, SessionLog
from plans.models.templates import Intensity

CLOCK_SLACK = timedelta(minutes=5)  # a phone's clock may be a little fast
OLDEST = timedelta(days=366)
MAX_MINUTES, MAX_RATING, MAX_MOOD, MAX_NOTE = 1440, 10, 7, 2000

type Moods = dict[str, int | None]  # moment → value; None takes the rating back


class LogValues(TypedDict):
    """The columns that a person fills in."""

    minutes: int
    intensity: str
    is_floor: bool
    setting: str
    company: str


def check_values(values: LogValues) -> None:
    """Raise InvalidInput on the first field that is out of its range."""
    if not 1 <= values["minutes"] <= MAX_MINUTES:
        raise InvalidInput("minutes", _("Between one minute and a day."), field="minutes")
    _check_choice("intensity", values["intensity"], Intensity.values)
    _check_choice("setting", values["setting"], ["", *SessionLog.Setting.values])
    _check_choice("company", values["company"], ["", *SessionLog.Company.values])


def check_words(*, mastery: int | None = None, pleasure: int | None = None, note: str = "") -> None:
    """Raise InvalidInput on a rating or a note that is out of its range."""
    for field, value in (("mastery", mastery), ("pleasure", pleasure)):
        if value is not None and not 0 <= value <= MAX_RATING:
            raise InvalidInput("rating", _("A number from 0 to 10."), field=field)
    if len(note) > MAX_NOTE:
        message = _("Please keep it under %(limit)d characters.") % {"limit": MAX_NOTE}
        raise InvalidInput("long", message, field="note")


def check_moods(moods: Moods) -> None:
    for moment, value in moods.items():
        if value is not None and not 1 <= value <= MAX_MOOD:
            raise InvalidInput("mood", _("One of the seven steps."), field=f"mood_{moment}")


def check_time(done_at: datetime, now: datetime) -> None:
    if done_at > now + CLOCK_SLACK:
        raise InvalidInput("future", _("This time is still to come."), field="done_at")
    if done_at < now - OLDEST:
        raise InvalidInput("long_ago", _("This was more than a year ago."), field="done_at")


def both_moments(before: int | None, after: int | None) -> Moods:
    return {MoodRating.Moment.BEFORE: before, MoodRating.Moment.AFTER: after}


def _check_choice(field: str, value: str, allowed: list[str]) -> None:
    if value not in allowed:
        raise InvalidInput("choice", _("This is not one of the choices."), field=field)
