"""What a person's own days, times and words must be."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from django.utils.translation import gettext as _

from core.errors import InvalidInput
from plans.models import Enrollment

DAYS_BACK, DAYS_AHEAD = 7, 366
MOST_A_WEEK = 14
MAX_TEXT = 200
TEXTS = ("when_text", "then_text", "obstacle_text", "instead_text")

type Cues = Sequence[tuple[int, time]]


def check_start(starts_on: date, today: date) -> None:
    if not today - timedelta(days=DAYS_BACK) <= starts_on <= today + timedelta(days=DAYS_AHEAD):
        raise InvalidInput("start", _("Choose a day between last week and a year from now."), field="starts_on")


def check_new_start(enrollment: Enrollment, starts_on: date, today: date) -> None:
    """The first day may be changed while it lies ahead; what has begun has begun."""
    if starts_on == enrollment.starts_on:
        return
    if enrollment.starts_on <= today:
        raise InvalidInput("begun", _("This plan has begun; its first day stays."), field="starts_on")
    if not today <= starts_on <= today + timedelta(days=DAYS_AHEAD):
        raise InvalidInput("start", _("Choose a day between today and a year from now."), field="starts_on")


def check_rhythm(cues: Cues, times_a_week: int | None) -> None:
    """Fixed days, or a number of times a week; then the cues only remind, and there may be none."""
    days = [day for day, _at in cues]
    if times_a_week is None and not days:
        raise InvalidInput("days", _("Choose at least one day of the week."), field="cues")
    if times_a_week is not None and not 1 <= times_a_week <= MOST_A_WEEK:
        raise InvalidInput("times", _("Choose a number from 1 to 14."), field="times_a_week")
    if len(set(days)) != len(days) or not all(0 <= day <= 6 for day in days):  # noqa: PLR2004 - Monday to Sunday
        raise InvalidInput("days", _("Each day of the week can be chosen once."), field="cues")


def clean_words(*, when_text: str, then_text: str, obstacle_text: str, instead_text: str) -> dict[str, str]:
    """Return the person's sentences, tidied. The obstacle and what to do instead come together or not at all."""
    return {
        "when_text": _text(when_text, "when_text", is_needed=True),
        "then_text": _text(then_text, "then_text", is_needed=True),
        "obstacle_text": _text(obstacle_text, "obstacle_text", is_needed=bool(instead_text.strip())),
        "instead_text": _text(instead_text, "instead_text", is_needed=bool(obstacle_text.strip())),
    }


def _text(text: str, field: str, *, is_needed: bool) -> str:
    """Return the text without surrounding blanks and line breaks: it is one sentence, quoted in reminders."""
    clean = " ".join(text.split())
    if is_needed and not clean:
        raise InvalidInput("empty", _("A few words are enough."), field=field)
    if len(clean) > MAX_TEXT:
        raise InvalidInput("long", _("Please keep it under %(limit)d characters.") % {"limit": MAX_TEXT}, field=field)
    return clean
