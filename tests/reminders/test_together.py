"""Which message speaks for which plans."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from reminders.together import CLOSE, Occasion, gathered

EIGHT = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)


def at(minutes: int, plan: int = 0, *, can_begin: bool = True) -> Occasion:
    return Occasion(EIGHT + timedelta(minutes=minutes), UUID(int=plan or minutes + 1), can_begin=can_begin)


def test_within_an_hour_of_the_first_and_not_of_each_other() -> None:
    first, second, third = at(0), at(45), at(90)

    assert gathered([third, first, second]) == [[first, second], [third]]


def test_an_hour_to_the_minute_is_close() -> None:
    assert gathered([at(0), at(60)]) == [[at(0), at(60)]]
    assert gathered([at(0), at(61)]) == [[at(0)], [at(61)]]


def test_what_was_left_to_another_message_speaks_for_nobody() -> None:
    assert gathered([at(0, can_begin=False), at(30)]) == [[at(30)]]
    assert gathered([at(0), at(30, can_begin=False), at(70)]) == [[at(0), at(30)], [at(70)]]


@given(st.lists(st.integers(0, 1439), max_size=12))
def test_everybody_is_told_once_and_no_two_messages_within_an_hour(minutes: list[int]) -> None:
    occasions = [at(minute, plan) for plan, minute in enumerate(minutes, start=1)]

    groups = gathered(occasions)

    assert sorted(one for group in groups for one in group) == sorted(occasions)
    speaking = [group[0].due_at for group in groups]
    assert all(later - earlier > CLOSE for earlier, later in pairwise(speaking))
