"""Days of what recurs: what a plain calendar says, at the same time of day whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from groups.recurrence import WEEKDAYS, Rule, RuleRefused, local_instants, read_rule

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia"]
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))


@given(start=days, weekdays=st.sets(st.integers(0, 6), min_size=1), zone=st.sampled_from(ZONES))
def test_a_weekly_meeting_keeps_its_time_on_the_clocks_of_the_place(start: date, weekdays: set[int], zone: str) -> None:
    rule = Rule("WEEKLY", weekdays=tuple((0, day) for day in sorted(weekdays)))
    found = rule.days(start, start, start + timedelta(days=400))
    assert found == [d for n in range(401) if (d := start + timedelta(days=n)).weekday() in weekdays]
    for day, instant in local_instants(found, time(18), zone):
        assert instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == datetime.combine(day, time(18))


weekly = st.builds(
    Rule,
    st.sampled_from(["WEEKLY", "DAILY"]),
    interval=st.integers(1, 3),
    weekdays=st.sets(st.tuples(st.just(0), st.integers(0, 6)), min_size=1).map(sorted).map(tuple),
)
# Never `MO,1TU` together: RFC 5545 means either, dateutil both.
monthly = st.builds(
    Rule,
    st.just("MONTHLY"),
    interval=st.integers(1, 3),
    weekdays=st.sets(st.tuples(st.sampled_from([1, 2, -1]), st.integers(0, 6)), max_size=3).map(sorted).map(tuple),
    positions=st.just(()),
)


@given(rule=weekly | monthly, start=days)
def test_the_days_are_those_of_dateutil(rule: Rule, start: date) -> None:
    assert_agrees(rule, start)


@given(start=days, positions=st.sets(st.sampled_from([1, 2, -1, -2]), min_size=1), day=st.integers(1, 28))
def test_positions_and_month_days_are_those_of_dateutil(start: date, positions: set[int], day: int) -> None:
    workdays = tuple((0, n) for n in range(5))
    assert_agrees(Rule("MONTHLY", weekdays=workdays, positions=tuple(sorted(positions))), start)
    assert_agrees(Rule("MONTHLY", month_days=(-day, day)), start)


def assert_agrees(rule: Rule, start: date) -> None:
    """Assert that dateutil begins with the same days. It is asked for no more: it may look for one for ever."""
    found = rule.days(start, start, start + timedelta(days=500))
    assert found
    peer = rrulestr(str(rule), dtstart=datetime.combine(start, time()))
    assert found == [moment.date() for moment in islice(peer, len(found))]


@given(start=days, first=st.integers(0, 100), length=st.integers(0, 100), apart=st.integers(1, 12))
def test_a_window_shows_the_days_of_the_whole(start: date, first: int, length: int, apart: int) -> None:
    rule = Rule("WEEKLY", interval=apart)
    begins, ends = start + timedelta(days=first), start + timedelta(days=first + length)
    whole = rule.days(start, start, ends)
    assert rule.days(start, begins, ends) == [day for day in whole if day >= begins]
    assert all((day - start).days % (7 * apart) == 0 for day in whole)


nth_weekdays = st.tuples(st.tuples(st.sampled_from([1, 2, 3, 4, -1]), st.integers(0, 6)))


@given(st.builds(Rule, st.just("MONTHLY"), weekdays=nth_weekdays), days)
def test_the_nth_weekday_of_a_month_is_that_one(rule: Rule, start: date) -> None:
    (nth, weekday) = rule.weekdays[0]
    for day in rule.days(start, start, start + timedelta(days=365)):
        assert day.weekday() == weekday
        week = (day.day - 1) // 7 + 1
        assert week == nth if nth > 0 else (day + timedelta(days=7)).month != day.month


def test_a_time_that_is_skipped_is_the_first_that_exists_and_one_that_repeats_its_first_pass() -> None:
    gap, overlap = date(2026, 3, 29), date(2026, 10, 25)
    ((_, skipped),) = local_instants([gap], time(2, 30), "Europe/Berlin")
    ((_, twice),) = local_instants([overlap], time(2, 30), "Europe/Berlin")
    assert skipped == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert twice == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_day_that_a_place_skipped_has_no_meeting() -> None:
    whole = Rule("DAILY").days(date(2011, 12, 29), date(2011, 12, 29), date(2011, 12, 31))
    found = [day for day, _ in local_instants(whole, time(18), "Pacific/Apia")]
    assert found == [date(2011, 12, 29), date(2011, 12, 31)]


@pytest.mark.parametrize(
    "text", ["FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=DAILY"]
)
def test_a_rule_is_written_as_it_was_read(text: str) -> None:
    assert str(read_rule(text)) == text
    assert str(read_rule(f"rrule:{text.lower()};wkst=mo")) == text


def test_what_begins_soonest_begins_on_the_next_fitting_day_whatever_the_interval() -> None:
    wednesday = date(2026, 3, 11)
    assert read_rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO").first_day(wednesday) == date(2026, 3, 16)


HOSTILE = [
    "", ";", "=", "FREQ", "FREQ=", "FREQ=SECONDLY", "FREQ=YEARLY", "FREQ=HOURLY;COUNT=999999999",
    "FREQ=WEEKLY;COUNT=5",
    "FREQ=WEEKLY;UNTIL=99991231T235959Z", "FREQ=WEEKLY;INTERVAL=0", "FREQ=WEEKLY;INTERVAL=-1",
    "FREQ=WEEKLY;INTERVAL=9" * 9,
    "FREQ=WEEKLY;INTERVAL=999", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=1MO", "FREQ=MONTHLY;BYDAY=99MO",
    "FREQ=MONTHLY;BYMONTHDAY=32", "FREQ=MONTHLY;BYMONTHDAY=0", "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=2MO",
    "FREQ=DAILY;BYSETPOS=31", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=9", "FREQ=DAILY;BYDAY=MO;BYSETPOS=2",
    "FREQ=WEEKLY;BYDAY=٣MO",
    "FREQ=MONTHLY;BYMONTHDAY=٣", "FREQ=WEEKLY;FREQ=DAILY", "FREQ=WEEKLY\nDTSTART:20260101", "FREQ=WEEKLY;BYEASTER=1",
    "\x00", "FREQ=WEEKLY;BYDAY=" + "MO," * 200, "\ud800", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=31",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_rule_is_refused_at_once(text: str) -> None:
    began = perf_counter()
    with pytest.raises(RuleRefused):
        read_rule(text)
    assert perf_counter() - began < 1


parts = st.sampled_from(["FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "WKST", "UNTIL", "COUNT", "BYHOUR"])
values = st.one_of(
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", *WEEKDAYS]), st.integers(-400, 400).map(str), st.text(max_size=8)
)


@given(st.one_of(st.text(max_size=250), st.lists(st.tuples(parts, values).map("=".join), max_size=6).map(";".join)))
def test_whatever_is_typed_is_a_bounded_rule_or_refused(text: str) -> None:
    began = perf_counter()
    try:
        rule = read_rule(text)
    except RuleRefused:
        return
    finally:
        assert perf_counter() - began < 1
    assert read_rule(str(rule)) == rule
    rule.days(date(2026, 1, 1), date(2026, 1, 1), date(2036, 1, 1))
    assert perf_counter() - began < 1
