"""The page of my numbers put together: sentence, picture and table of each part. No query here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from typing import Any

from django.utils.dates import MONTHS, MONTHS_3
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.moments import in_chinese
from plans.drawing.dots import Dots, Row, dots
from plans.drawing.line import Line, line
from plans.drawing.scale import NARROW, WIDE
from plans.drawing.year import Year, year
from plans.insights.entries import PARTS_OF_DAY
from plans.insights.findings import Finding, Measure, State
from plans.insights.series import QUALITIES, SHADES, Quality
from plans.models import SessionLog
from plans.my_numbers import Numbers
from plans.number_words import (
    figures,
    group_name,
    interval_words,
    of_groups,
    pairs,
    pairs_each,
    plain,
    sentence,
    signed,
)

MOODS, TEN_STEPS = (1, 7), (0, 10)
TITLES = {
    "kind": gettext_lazy("By kind"),
    "setting": gettext_lazy("Where"),
    "company": gettext_lazy("With whom"),
    "time": gettext_lazy("Time of day"),
}


@dataclass(frozen=True)
class Said:
    """A finding in words; without figures where it is about several."""

    sentence: str
    figures: str
    state: str


@dataclass(frozen=True)
class Part:
    """What a part of the page says; `pictures` are for a phone and for a wider column, empty where there is none."""

    title: str
    measure: str
    by: str
    said: list[Said]
    pictures: list[tuple[str, Any]]
    rows: list[dict[str, str]]


@dataclass(frozen=True)
class NumbersPage:
    numbers: Numbers
    parts: list[Part]
    groups: list[Part]
    qualities: list[dict[str, Any]]
    quality_pictures: list[tuple[str, Dots]]
    lines: list[tuple[str, Line]]
    weeks: list[dict[str, str]]
    years: list[tuple[str, Year]]
    months: list[dict[str, Any]]
    shades: list[dict[str, Any]]
    level: str


def numbers_page(numbers: Numbers) -> NumbersPage:
    """Return the page in the reader's language."""
    by_kind = _qualities(numbers)
    return NumbersPage(
        numbers=numbers,
        parts=[_over_all(numbers, measure) for measure in Measure],
        groups=[part for by in TITLES if (part := _group_part(numbers, by)).rows],
        qualities=by_kind,
        quality_pictures=_quality_pictures(by_kind),
        lines=_lines(numbers),
        weeks=_weeks(numbers),
        years=_years(numbers),
        months=_months(numbers),
        shades=_shades(),
        level=plain_percent(numbers),
    )


def said(finding: Finding, numbers: Numbers) -> Said:
    return Said(sentence(finding, numbers.kinds), figures(finding), finding.state)


def _over_all(numbers: Numbers, measure: Measure) -> Part:
    """Tell of all pairs together. Guesses are shown by kind; moods before and after as the line of weeks."""
    whole = numbers.findings.of(measure)[0]
    if measure is Measure.CHANGE:
        return Part(_("Before and after"), measure, "all", [said(whole, numbers)], [], [])
    shown = [whole, *_in_order(numbers.findings.of(measure, "kind"), "kind", numbers)]
    return Part(
        _("Guessed and felt"), measure, "all", [said(whole, numbers)], _pictures(shown, numbers), _rows(shown, numbers)
    )


def _group_part(numbers: Numbers, by: str) -> Part:
    """Tell what is clear of the groups; picture and table show all of them."""
    sides = [row for row in numbers.findings.sides if row.by == by]
    found = {measure: _in_order(numbers.findings.of(measure, by), by, numbers) for measure in Measure}
    lines = [said(row, numbers) for row in sides if row.is_clear]
    lines += [line for measure in reversed(Measure) for line in _clear_groups(found[measure], measure, numbers)]
    shown = found[Measure.CHANGE]
    if not lines and any(row.interval for row in shown):
        lines = [said(row, numbers) for row in sides if row.state is State.UNCLEAR]
        lines = lines or [Said(_("No clear difference in any of these."), "", State.UNCLEAR)]
    lines = lines or [Said(_("Not enough yet."), "", State.FEW)]
    return Part(str(TITLES[by]), Measure.CHANGE, by, lines, _pictures(shown, numbers), _rows(shown, numbers))


def _clear_groups(rows: Sequence[Finding], measure: Measure, numbers: Numbers) -> list[Said]:
    """Name together the groups that say the same; their figures are in the table."""
    found = []
    for state in (State.HIGHER, State.LOWER):
        if same := [row for row in rows if row.state is state]:
            groups = _(", ").join(_name(row, numbers) for row in same)
            counts = [row.n for row in same]
            found.append(Said(of_groups(measure, state, groups), pairs_each(min(counts), max(counts)), state))
    return found


def _in_order(rows: Sequence[Finding], by: str, numbers: Numbers) -> list[Finding]:
    order = {
        "kind": list(numbers.kinds),
        "setting": SessionLog.Setting.values,
        "company": SessionLog.Company.values,
        "time": [part for _hour, part in PARTS_OF_DAY],
    }[by]
    return sorted(rows, key=lambda row: order.index(row.group))


def _name(row: Finding, numbers: Numbers) -> str:
    return group_name(row.by, row.group, numbers.kinds) if row.by else _("All together")


def _pictures(found: Sequence[Finding], numbers: Numbers) -> list[tuple[str, Dots]]:
    rows = [
        Row(_name(row, numbers), pairs(row.n), row.first, row.second, row.interval.low, row.interval.high, not row.by)
        for row in found
        if row.interval is not None and row.first is not None and row.second is not None
    ]
    return _both(rows, *MOODS)


def _both(rows: Sequence[Row], low: int, high: int) -> list[tuple[str, Dots]]:
    drawn = (("narrow", NARROW), ("wide", WIDE)) if rows else ()
    return [(name, dots(rows, width=width, low=low, high=high)) for name, width in drawn]


def _rows(found: Sequence[Finding], numbers: Numbers) -> list[dict[str, str]]:
    return [
        {
            "name": _name(row, numbers),
            "n": str(row.n),
            "first": plain(row.first) if row.first is not None else "",
            "second": plain(row.second) if row.second is not None else "",
            "difference": signed(row.interval.mean) if row.interval else "",
            "interval": interval_words(row.interval, signs=True) if row.interval else _("not enough yet"),
        }
        for row in found
    ]


def _qualities(numbers: Numbers) -> list[dict[str, Any]]:
    """Return mastery and pleasure of each kind that has enough of either."""
    found = {(row.kind, row.name): row for row in numbers.qualities if row.interval}
    return [
        {"name": name, "cells": [_cell(found.get((kind, quality))) for quality in QUALITIES]}
        for kind, name in numbers.kinds.items()
        if any((kind, quality) in found for quality in QUALITIES)
    ]


def _cell(row: Quality | None) -> dict[str, Any]:
    if row is None or row.interval is None:
        return {"value": None, "mean": "–", "interval": _("not enough yet"), "n": ""}
    words = interval_words(row.interval, signs=False)
    return {"value": row.interval.mean, "mean": plain(row.interval.mean), "interval": words, "n": str(row.n)}


def _quality_pictures(rows: Sequence[dict[str, Any]]) -> list[tuple[str, Dots]]:
    values = [(row["name"], *(cell["value"] for cell in row["cells"])) for row in rows]
    return _both([Row(name, "", *both) for name, *both in values if None not in both], *TEN_STEPS)


def _shades() -> list[dict[str, Any]]:
    """Return the key of the year: from which minutes on a day is of which green."""
    ends = [f"{low}–{high - 1}" for low, high in pairwise(SHADES)] + [f"{SHADES[-1]}+"]
    words = [_("%(minutes)s minutes") % {"minutes": ends[0]}, *ends[1:]]
    return [{"number": number, "words": text} for number, text in enumerate(words, start=1)]


def day_of_month(day: date) -> str:
    return f"{day.month}月{day.day}日" if in_chinese() else f"{day.day} {MONTHS_3[day.month].capitalize()}"


def short_month(day: date) -> str:
    return f"{day.month}月" if in_chinese() else str(MONTHS_3[day.month]).capitalize()


def _lines(numbers: Numbers) -> list[tuple[str, Line]]:
    if not numbers.points:
        return []
    points = [(point.day, point.moment, point.value) for point in numbers.points]
    means = [(week.first_on, week.after) for week in numbers.weeks]
    labels = [day_of_month(week.first_on) if number % 3 == 0 else "" for number, week in enumerate(numbers.weeks)]
    return [(name, line(points, means, width=width, labels=labels)) for name, width in _SIZES]


_SIZES = (("narrow", NARROW), ("wide", WIDE))


def _weeks(numbers: Numbers) -> list[dict[str, str]]:
    return [
        {
            "name": day_of_month(week.first_on),
            "n": str(week.n),
            "before": plain(week.before) if week.before is not None else "–",
            "after": plain(week.after) if week.after is not None else "–",
        }
        for week in numbers.weeks
        if week.n
    ]


def _years(numbers: Numbers) -> list[tuple[str, Year]]:
    days = [(day.day, day.shade) for day in numbers.days]
    firsts = {day: short_month(_in_week(day)) for day, _shade in days[::7] if _begins_month(day)}
    return [(name, year(days, width=width, rows=rows, months=firsts)) for (name, width), rows in zip(_SIZES, (2, 1), strict=True)]


def _begins_month(week: date) -> bool:
    """Whether the first of a month lies in the week that begins on this day."""
    return _in_week(week).day <= 7  # noqa: PLR2004 - days of a week


def _in_week(week: date) -> date:
    return date.fromordinal(week.toordinal() + 6)


def _months(numbers: Numbers) -> list[dict[str, Any]]:
    rows = []
    for (in_year, month), found in groupby(numbers.days, key=lambda day: (day.day.year, day.day.month)):
        done = [day.minutes for day in found if day.minutes]
        name = f"{in_year}年{month}月" if in_chinese() else f"{MONTHS[month]} {in_year}"
        rows.append({"name": name, "days": len(done), "minutes": sum(done)})
    return rows


def plain_percent(numbers: Numbers) -> str:
    """Return the level of the intervals of groups, as a percentage."""
    levels = [row.level for row in numbers.findings.groups if row.interval] or [
        row.level for row in numbers.findings.over_all
    ]
    return f"{levels[0] * 100:.2f}".rstrip("0").rstrip(".")
