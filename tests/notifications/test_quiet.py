"""Quiet hours on the person's own wall clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.quiet import QuietHours

NIGHT = QuietHours("Europe/Berlin", time(21, 30), time(7, 0))


def berlin(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo("Europe/Berlin")).astimezone(UTC)


@pytest.mark.parametrize(
    ("instant", "end"),
    [
        (berlin(2026, 3, 10, 21, 29), None),
        (berlin(2026, 3, 10, 21, 30), berlin(2026, 3, 11, 7, 0)),
        (berlin(2026, 3, 11, 3, 0), berlin(2026, 3, 11, 7, 0)),
        (berlin(2026, 3, 11, 7, 0), None),
        (berlin(2026, 3, 29, 1, 30), berlin(2026, 3, 29, 7, 0)),  # the night that lacks an hour
    ],
)
def test_night(instant: datetime, end: datetime | None) -> None:
    assert NIGHT.end_around(instant) == end


def test_by_day() -> None:
    siesta = QuietHours("Europe/Berlin", time(13, 0), time(15, 0))

    assert siesta.end_around(berlin(2026, 3, 10, 14, 0)) == berlin(2026, 3, 10, 15, 0)
    assert siesta.end_around(berlin(2026, 3, 10, 15, 0)) is None


def test_equal_times_mean_never_quiet() -> None:
    never = QuietHours("Europe/Berlin", time(7, 0), time(7, 0))

    assert never.end_around(berlin(2026, 3, 10, 7, 0)) is None
    assert never.end_around(berlin(2026, 3, 10, 3, 0)) is None


def test_when_it_began() -> None:
    assert NIGHT.beginning_around(berlin(2026, 3, 11, 3, 0)) == berlin(2026, 3, 10, 21, 30)
    assert NIGHT.beginning_around(berlin(2026, 3, 10, 22, 0)) == berlin(2026, 3, 10, 21, 30)


def test_an_hour_that_repeats_does_not_bring_quiet_back() -> None:
    early = QuietHours("Europe/Berlin", time(22, 0), time(2, 30))
    second_pass_at_two_ten = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)

    assert early.end_around(second_pass_at_two_ten) is None


@given(
    zone=st.sampled_from(sorted(available_timezones())),
    begins=st.times(),
    ends=st.times(),
    instant=st.integers(0, 10 * 365 * 86_400).map(lambda n: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=n)),
)
def test_the_end_is_ahead_and_within_a_day_or_so(zone: str, begins: time, ends: time, instant: datetime) -> None:
    end = QuietHours(zone, begins, ends).end_around(instant)

    assert end is None or timedelta(0) < end - instant <= timedelta(hours=26)
