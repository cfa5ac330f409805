"""The page of my numbers put together: sentence, picture and table of each part. No query here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.drawing.dots import Dots, Row, dots
from plans.drawing.line import Line
from plans.drawing.scale import SIZES
from plans.drawing.year import Year
from plans.insights.entries import PARTS_OF_DAY
from plans.insights.findings import Finding, Measure, State
from plans.insights.series import QUALITIES, Quality
from plans.models import SessionLog
from plans.numbers.days import month_rows, mood_lines, shade_key, week_rows, year_pictures
from plans.numbers.reading import Numbers
from plans.numbers.words import (
    figures,
    group_name,
    in_a_row,
    interval_words,
    of_groups,
    pairs,
    pairs_each,
    plain,
    sentence,
    signed,
)

MOODS, TEN_STEPS = (1, 7), (0, 10)
RATINGS = {
    Measure.FELT: (gettext_lazy("guessed"), gettext_lazy("felt")),
    Measure.CHANGE: (gettext_lazy("before"), gettext_lazy("afterwards")),
}
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
class Table:
    """The figures of one measure; `first` and `second` are what its two ratings are called."""

    first: str
    second: str
    rows: list[dict[str, str]]


@dataclass(frozen=True)
class Part:
    """What a part of the page says; `pictures` are for a phone and for a wider column, empty where there is none."""

    title: str
    measure: str
    by: str
    said: list[Said]
    pictures: list[tuple[str, Dots]]
    tables: list[Table]


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
        groups=[part for by in TITLES if (part := _group_part(numbers, by)).tables],
        qualities=by_kind,
        quality_pictures=_quality_pictures(by_kind),
        lines=mood_lines(numbers),
        weeks=week_rows(numbers),
        years=year_pictures(numbers),
        months=month_rows(numbers),
        shades=shade_key(),
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
        _("Guessed and felt"),
        measure,
        "all",
        [said(whole, numbers)],
        _pictures(shown, numbers),
        [_table(shown, numbers)] if whole.n else [],
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
    tables = [_table(rows, numbers) for rows in (shown, found[Measure.FELT]) if rows]
    return Part(str(TITLES[by]), Measure.CHANGE, by, lines, _pictures(shown, numbers), tables)


def _clear_groups(rows: Sequence[Finding], measure: Measure, numbers: Numbers) -> list[Said]:
    """Name together the groups that say the same; their figures are in the table."""
    found = []
    for state in (State.HIGHER, State.LOWER):
        if same := [row for row in rows if row.state is state]:
            groups = in_a_row([_name(row, numbers) for row in same])
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
    return [(name, dots(rows, width=width, low=low, high=high)) for name, width in SIZES if rows]


def _table(found: Sequence[Finding], numbers: Numbers) -> Table:
    first, second = RATINGS[found[0].measure]
    rows = [
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
    return Table(str(first), str(second), rows)


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


def plain_percent(numbers: Numbers) -> str:
    """Return the level of the intervals of groups, as a percentage."""
    levels = [row.level for row in numbers.findings.groups if row.interval] or [
        row.level for row in numbers.findings.over_all
    ]
    return f"{levels[0] * 100:.2f}".rstrip("0").rstrip(".")
