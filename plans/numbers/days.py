"""The weeks' line and the year of days: their pictures, and their tables. No query here."""

from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _

from core.moments import day_in_short, in_chinese
from plans.drawing.line import Line, line
from plans.drawing.scale import SIZES
from plans.drawing.year import Year, year
from plans.insights.series import SHADES
from plans.numbers.reading import Numbers
from plans.numbers.words import plain


def shade_key() -> list[dict[str, Any]]:
    """Return the key of the year: from which minutes on a day is of which green."""
    ends = [f"{low}–{high - 1}" for low, high in pairwise(SHADES)] + [f"{SHADES[-1]}+"]
    words = [_("%(minutes)s minutes") % {"minutes": ends[0]}, *ends[1:]]
    return [{"number": number, "words": text} for number, text in enumerate(words, start=1)]


def short_month(day: date) -> str:
    return f"{day.month}月" if in_chinese() else str(MONTHS_3[day.month]).capitalize()


def mood_lines(numbers: Numbers) -> list[tuple[str, Line]]:
    if not numbers.points:
        return []
    points = [(point.day, point.moment, point.value) for point in numbers.points]
    means = [(week.first_on, week.after) for week in numbers.weeks]
    labels = [day_in_short(week.first_on) if number % 3 == 0 else "" for number, week in enumerate(numbers.weeks)]
    return [(name, line(points, means, width=width, labels=labels)) for name, width in SIZES]


def week_rows(numbers: Numbers) -> list[dict[str, str]]:
    return [
        {
            "name": day_in_short(week.first_on),
            "n": str(week.n),
            "before": plain(week.before) if week.before is not None else "–",
            "after": plain(week.after) if week.after is not None else "–",
        }
        for week in numbers.weeks
        if week.n
    ]


def year_pictures(numbers: Numbers) -> list[tuple[str, Year]]:
    days = [(day.day, day.shade) for day in numbers.days]
    firsts = {day: short_month(_in_week(day)) for day, _shade in days[::7] if _begins_month(day)}
    return [
        (name, year(days, width=width, rows=rows, months=firsts))
        for (name, width), rows in zip(SIZES, (2, 1), strict=True)
    ]


def _begins_month(week: date) -> bool:
    """Whether the first of a month lies in the week that begins on this day."""
    return _in_week(week).day <= 7  # noqa: PLR2004 - days of a week


def _in_week(week: date) -> date:
    return date.fromordinal(week.toordinal() + 6)


def month_rows(numbers: Numbers) -> list[dict[str, Any]]:
    rows = []
    for (in_year, month), found in groupby(numbers.days, key=lambda day: (day.day.year, day.day.month)):
        done = [day.minutes for day in found if day.minutes]
        name = f"{in_year}年{month}月" if in_chinese() else f"{MONTHS[month]} {in_year}"
        rows.append({"name": name, "days": len(done), "minutes": sum(done)})
    return rows
