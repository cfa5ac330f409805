"""Days and times as one says them, in the active language."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext


@dataclass(frozen=True)
class Moment:
    """An instant for one reader. `elsewhere` is the time at the place, when it differs there."""

    day: str
    time: str
    elsewhere: str


def say(instant: datetime, *, zone: str, place_zone: str, now: datetime) -> Moment:
    """Return the instant in the reader's zone, and at the place when its clock shows something else."""
    here, there = instant.astimezone(ZoneInfo(zone)), instant.astimezone(ZoneInfo(place_zone))
    today = now.astimezone(ZoneInfo(zone)).date()
    elsewhere = ""
    if here.utcoffset() != there.utcoffset():
        elsewhere = _("%(day)s, %(time)s in %(city)s") % {
            "day": _weekday(there),
            "time": date_format(there, "H:i"),
            "city": city_of(place_zone),
        }
    return Moment(day=_day(here, (here.date() - today).days), time=date_format(here, "H:i"), elsewhere=elsewhere)


def city_of(zone: str) -> str:
    """Return the city that a zone is named after, in the active language."""
    locale = "zh_Hans" if (translation.get_language() or "").startswith("zh") else "en"
    return get_timezone_location(zone, locale=locale, return_city=True) or zone


def _day(local: datetime, days_ahead: int) -> str:
    if days_ahead == 0:
        return _("Today")
    if days_ahead == 1:
        return _("Tomorrow")
    return _weekday(local)


def _weekday(local: datetime) -> str:
    # Translators: a day with its weekday; see Django's date format characters.
    return date_format(local, pgettext("date format", "l j F"))
