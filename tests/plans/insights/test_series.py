"""Twelve weeks and a year, in the order of days."""

from datetime import date, timedelta

from plans.insights.entries import Entry
from plans.insights.series import mood_weeks, qualities, shade, week_starts, year_of

TODAY = date(2026, 3, 10)  # a Tuesday


def test_weeks_begin_on_the_persons_first_day_and_end_with_this_one() -> None:
    assert week_starts(TODAY, 0, 2) == [date(2026, 3, 2), date(2026, 3, 9)]
    assert week_starts(TODAY, 6, 2) == [date(2026, 3, 1), date(2026, 3, 8)]


def test_a_week_without_a_mood_has_no_mean() -> None:
    starts = week_starts(TODAY, 0, 3)
    entries = [Entry(TODAY, 5, "walking", before=2, after=5), Entry(TODAY, 5, "walking", after=6)]

    first, _, last = mood_weeks(entries, starts)
    assert (first.n, first.before, first.after) == (0, None, None)
    assert (last.n, last.before, last.after) == (2, 2.0, 5.5)


def test_a_year_has_every_day_up_to_today_and_adds_up_minutes() -> None:
    entries = [Entry(TODAY, 20, "walking"), Entry(TODAY, 15, "strength")]
    days = year_of(entries, week_starts(TODAY, 0, 53), TODAY)

    assert len(days) == 52 * 7 + 2
    assert (days[-1].minutes, days[-1].shade) == (35, 3)
    assert {day.shade for day in days[:-1]} == {0}
    assert days[0].day + timedelta(days=len(days) - 1) == TODAY


def test_shades_are_four() -> None:
    assert [shade(minutes) for minutes in (0, 1, 9, 10, 29, 30, 59, 60, 600)] == [0, 1, 1, 2, 2, 3, 3, 4, 4]


def test_mastery_is_silent_below_five() -> None:
    entries = [Entry(TODAY, 5, kind, mastery=6) for kind in ["walking"] * 5 + ["strength"] * 4]

    found = {row.kind: row.interval for row in qualities(entries)}
    assert found["strength"] is None
    assert found["walking"] is not None
    assert found["walking"].low < 6 < found["walking"].high
