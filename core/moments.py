"""Days and times in words, in the reader's language: `Tuesday 24 November, 18:30` and `11月24日 周二 18:30`."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.dates import MONTHS, MONTHS_3, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import get_language

CHINESE_WEEKDAYS = "一二三四五六日"


def in_chinese() -> bool:
    return (get_language() or "").startswith("zh")


def day_in_words(day: date, *, this_year: int | None = None) -> str:
    """Return the day with its weekday; the year only when it is not `this_year`."""
    other_year = this_year is not None and day.year != this_year
    if in_chinese():
        year = f"{day.year}年" if other_year else ""
        return f"{year}{day.month}月{day.day}日 周{CHINESE_WEEKDAYS[day.weekday()]}"
    year = f" {day.year}" if other_year else ""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month]}{year}"


def day_in_short(day: date) -> str:
    """Return the day as it fits the head of a row: `24 Nov` or `11月24日`."""
    return f"{day.month}月{day.day}日" if in_chinese() else f"{day.day} {MONTHS_3[day.month].capitalize()}"


def weekday_in_short(day: date) -> str:
    return CHINESE_WEEKDAYS[day.weekday()] if in_chinese() else str(WEEKDAYS_ABBR[day.weekday()])


def month_in_words(day: date) -> str:
    """Return the month with its year: `November 2026` or `2026年11月`."""
    return f"{day.year}年{day.month}月" if in_chinese() else f"{MONTHS[day.month]} {day.year}"


def moment_in_words(starts_at: datetime, zone: str, *, ends_at: datetime | None = None, now: datetime) -> str:
    """Return day and time as the clocks in `zone` show them, with the end when it is given."""
    tz = ZoneInfo(zone)
    local = starts_at.astimezone(tz)
    day = day_in_words(local.date(), this_year=now.astimezone(tz).year)
    clock = f"{local:%H:%M}"
    if ends_at is not None:
        clock += f"–{ends_at.astimezone(tz):%H:%M}"
    return f"{day} {clock}" if in_chinese() else f"{day}, {clock}"


def differs(instant: datetime, zone: str, other: str) -> bool:
    """Whether the clocks in the two zones show different times at `instant`."""
    return instant.astimezone(ZoneInfo(zone)).utcoffset() != instant.astimezone(ZoneInfo(other)).utcoffset()
