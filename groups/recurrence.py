"""Days of what recurs (RFC 5545), by the clocks at a place. No ORM, no clock: rules and days in, days out.

A rule says days only. The time of day is the series', and when it ends is the series' too, so a rule is read from a
short list of parts; whatever else RFC 5545 knows is refused rather than guessed at. The days are counted here, period
by period up to a last day: dateutil looks on until the year 9999 for a rule that no day fulfils. Tests hold the two
against each other.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from core.clock import has_day, instant_of

LONGEST_RULE = 200
MOST_PARTS = 8
MOST_APART = 12
FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY")
TO_FIND_ONE = timedelta(days=400)  # a year and a month hold every pattern of a month
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
BYDAY = re.compile(r"(-1|[1-5])?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
DIGITS = re.compile(r"-?[0-9]{1,3}", re.ASCII)


class RuleRefused(ValueError):
    """The rule is none that a series can follow. `code` says why: unreadable, unknown_part, impossible."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Rule:
    """Which days. `weekdays` are (which of the month, or 0; Monday is 0); month days count from 1, or back from -1."""

    frequency: str
    interval: int = 1
    weekdays: tuple[tuple[int, int], ...] = ()
    month_days: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()

    def __str__(self) -> str:
        parts = [f"FREQ={self.frequency}"]
        if self.interval > 1:
            parts.append(f"INTERVAL={self.interval}")
        if self.weekdays:
            parts.append("BYDAY=" + ",".join(f"{nth or ''}{WEEKDAYS[day]}" for nth, day in self.weekdays))
        if self.month_days:
            parts.append("BYMONTHDAY=" + ",".join(map(str, self.month_days)))
        if self.positions:
            parts.append("BYSETPOS=" + ",".join(map(str, self.positions)))
        return ";".join(parts)

    def days(self, starts_on: date, first: date, last: date) -> list[date]:
        """Return the days from `first` to `last`, of a rule that counts from `starts_on`."""
        if last < max(first, starts_on):
            return []
        return [day for day in _days(self, starts_on, last) if day >= first]

    def first_day(self, earliest: date) -> date | None:
        """Return the day on which it would begin if it began soonest, or None when it never does."""
        return next(_days(replace(self, interval=1), earliest, earliest + TO_FIND_ONE), None)


def read_rule(text: str) -> Rule:
    """Return the rule that a text says, or raise RuleRefused."""
    if len(text) > LONGEST_RULE:
        raise RuleRefused("unreadable")
    parts = _parts(text.strip().upper().removeprefix("RRULE:"))
    if parts.pop("WKST", "MO") != "MO":
        raise RuleRefused("unknown_part")
    frequency = parts.pop("FREQ", "")
    if frequency not in FREQUENCIES:
        raise RuleRefused("unknown_part" if frequency else "unreadable")
    rule = Rule(
        frequency,
        interval=_one_number(parts.pop("INTERVAL", "1"), MOST_APART),
        weekdays=_weekdays(parts.pop("BYDAY", "")),
        month_days=_numbers(parts.pop("BYMONTHDAY", ""), 31),
        positions=_numbers(parts.pop("BYSETPOS", ""), 31),
    )
    if parts:
        raise RuleRefused("unknown_part")
    _require_possible(rule)
    return rule


def local_instants(days: list[date], wall: time, zone: str) -> list[tuple[date, datetime]]:
    """Return each day that the place has, with the instant at which its clocks show `wall`."""
    return [(day, instant_of(day, wall, zone)) for day in days if has_day(day, zone)]


def _days(rule: Rule, starts_on: date, last: date) -> Iterator[date]:
    for period in _periods(rule.frequency, rule.interval, starts_on, last):
        days = [day for day in period if _fits(rule, day, starts_on)]
        if rule.positions:
            places = (p - 1 if p > 0 else len(days) + p for p in rule.positions)
            days = [days[place] for place in sorted(set(places)) if 0 <= place < len(days)]
        yield from (day for day in days if starts_on <= day <= last)


def _fits(rule: Rule, day: date, starts_on: date) -> bool:
    """Whether the day is one of its period; a rule that names none means the one that it starts on."""
    if rule.month_days and not {day.day, day.day - _length(day) - 1} & set(rule.month_days):
        return False
    if rule.weekdays:
        week, from_end = (day.day - 1) // 7 + 1, -((_length(day) - day.day) // 7 + 1)
        return not {(nth, day.weekday()) for nth in (0, week, from_end)}.isdisjoint(rule.weekdays)
    if rule.frequency == "WEEKLY":
        return day.weekday() == starts_on.weekday()
    return bool(rule.month_days) or rule.frequency == "DAILY" or day.day == starts_on.day


def _length(day: date) -> int:
    return monthrange(day.year, day.month)[1]


def _periods(frequency: str, interval: int, starts_on: date, last: date) -> Iterator[list[date]]:
    """Yield the days of every `interval`th day, week or month, up to the one that holds `last`."""
    if frequency == "MONTHLY":
        months = range(starts_on.year * 12 + starts_on.month - 1, last.year * 12 + last.month, interval)
        for year, month in (divmod(number, 12) for number in months):
            yield [date(year, month + 1, day) for day in range(1, monthrange(year, month + 1)[1] + 1)]
        return
    length = 7 if frequency == "WEEKLY" else 1
    first = starts_on.toordinal() - (starts_on.weekday() if frequency == "WEEKLY" else 0)
    for start in range(first, last.toordinal() + 1, length * interval):
        yield [date.fromordinal(number) for number in range(start, start + length)]


def _parts(text: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(";") if part]
    names = [name for name, _, _ in pairs]
    if not pairs or len(pairs) > MOST_PARTS or len(set(names)) < len(names) or not all(v for _, _, v in pairs):
        raise RuleRefused("unreadable")
    return {name: value for name, _, value in pairs}


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    found = [BYDAY.fullmatch(part) for part in text.split(",")] if text else []
    if not all(found):
        raise RuleRefused("unreadable")
    return tuple(sorted({(int(m[1] or 0), WEEKDAYS.index(m[2])) for m in found if m}))


def _numbers(text: str, most: int) -> tuple[int, ...]:
    parts = text.split(",") if text else []
    if not all(DIGITS.fullmatch(part) and 1 <= abs(int(part)) <= most for part in parts):
        raise RuleRefused("unreadable")
    return tuple(sorted({int(part) for part in parts}))


def _one_number(text: str, most: int) -> int:
    found = _numbers(text, most)
    if len(found) != 1 or found[0] < 1:
        raise RuleRefused("unreadable")
    return found[0]


def _require_possible(rule: Rule) -> None:
    """Refuse parts that RFC 5545 does not let stand together, and a rule that no day fulfils."""
    is_nth = any(nth for nth, _ in rule.weekdays)
    is_monthly = rule.frequency == "MONTHLY"
    if (is_nth or rule.month_days) and not is_monthly:
        raise RuleRefused("impossible")
    if rule.positions and not (rule.weekdays or rule.month_days):
        raise RuleRefused("impossible")
    if rule.first_day(date(2024, 1, 1)) is None:
        raise RuleRefused("impossible")
