"""What a log may hold. Each rule names its field, so that every door can say it beside the input."""

from datetime import datetime, timedelta
from typing import TypedDict

from django.utils.translation import gettext as _

from accounts import zones
from core.errors import InvalidInput
from plans.models import MoodRating, SessionLog
from plans.models.templates import Intensity

CLOCK_SLACK = timedelta(minutes=5)  # a phone's clock may be a little fast
OLDEST = timedelta(days=366)
MAX_MINUTES, MAX_RATING, MAX_MOOD, MAX_NOTE = 1440, 10, 7, 2000
MAX_TITLE, MAX_DISTANCE_M = 80, 1_000_000
GUESS = MoodRating.Moment.GUESS

type Moods = dict[str, int | None]  # moment → value; None takes the rating back


class LogValues(TypedDict):
    """The columns that a person fills in."""

    minutes: int
    intensity: str
    is_floor: bool
    setting: str
    company: str
    title: str
    distance_m: int | None


def check_values(values: LogValues) -> None:
    """Raise InvalidInput on the first field that is out of its range."""
    if not 1 <= values["minutes"] <= MAX_MINUTES:
        raise InvalidInput("minutes", _("Between one minute and a day."), field="minutes")
    _check_choice("intensity", values["intensity"], Intensity.values)
    _check_choice("setting", values["setting"], ["", *SessionLog.Setting.values])
    _check_choice("company", values["company"], ["", *SessionLog.Company.values])
    _check_length("title", values["title"], MAX_TITLE)
    if (distance := values["distance_m"]) is not None and not 1 <= distance <= MAX_DISTANCE_M:
        raise InvalidInput("distance", _("Between one metre and a thousand kilometres."), field="distance_m")


def check_words(*, mastery: int | None = None, pleasure: int | None = None, note: str = "") -> None:
    """Raise InvalidInput on a rating or a note that is out of its range."""
    for field, value in (("mastery", mastery), ("pleasure", pleasure)):
        if value is not None and not 0 <= value <= MAX_RATING:
            raise InvalidInput("rating", _("A number from 0 to 10."), field=field)
    _check_length("note", note, MAX_NOTE)


def check_moods(moods: Moods) -> None:
    for moment, value in moods.items():
        if value is not None and not 1 <= value <= MAX_MOOD:
            field = GUESS if moment == GUESS else f"mood_{moment}"
            raise InvalidInput("mood", _("One of the seven steps."), field=field)


def check_guess(given: int | None, kept: int | None) -> None:
    """A guess is made before it begins. Afterwards it may be repeated, not changed."""
    if given != kept:
        raise InvalidInput("guess_locked", _("A guess stays as it was when it began."), field=GUESS)


def check_zone(zone: str) -> None:
    if zone not in zones.choosable():
        raise InvalidInput("zone", _("This is not a time zone that we know."), field="time_zone")


def check_time(done_at: datetime, now: datetime, started_at: datetime | None = None) -> None:
    if started_at is not None and started_at > done_at:
        raise InvalidInput("before_start", _("It began after that time."), field="done_at")
    if started_at is not None and done_at - started_at > OLDEST:
        raise InvalidInput("long_ago", _("This was more than a year ago."), field="started_at")
    if done_at > now + CLOCK_SLACK:
        raise InvalidInput("future", _("This time is still to come."), field="done_at")
    if done_at < now - OLDEST:
        raise InvalidInput("long_ago", _("This was more than a year ago."), field="done_at")


def _check_length(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise InvalidInput("long", _("Please keep it under %(limit)d characters.") % {"limit": limit}, field=field)


def _check_choice(field: str, value: str, allowed: list[str]) -> None:
    if value not in allowed:
        raise InvalidInput("choice", _("This is not one of the choices."), field=field)
