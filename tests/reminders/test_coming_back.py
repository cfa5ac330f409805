"""Invitations become rarer the longer a silence lasts, and end."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reminders.coming_back import DAYS, FIRST, LAST, LATE_BY, invitation_on, quiet_before


def test_the_days() -> None:
    assert DAYS == (5, 12, 26, 54, 110)


def test_each_pause_is_longer_than_the_one_before() -> None:
    gaps = [quiet_before(day) for day in DAYS]

    assert gaps == [5, 7, 14, 28, 56]
    assert all(later > earlier for earlier, later in pairwise(gaps))


@given(days=st.integers(0, 5000))
def test_an_invitation_belongs_to_its_day_or_the_next(days: int) -> None:
    day = invitation_on(days)

    assert (day is not None) == any(days - late in DAYS for late in range(LATE_BY + 1))
    assert day is None or 0 <= days - day <= LATE_BY


@given(ticks=st.lists(st.integers(0, 400)))
def test_however_often_one_looks_there_are_five_in_half_a_year_and_none_after(ticks: list[int]) -> None:
    told = {day for days in ticks if (day := invitation_on(days)) is not None}

    assert len(told) <= len(DAYS)
    assert all(FIRST <= day <= LAST for day in told)
    assert not any(invitation_on(days) for days in range(LAST, LAST + 1000))
