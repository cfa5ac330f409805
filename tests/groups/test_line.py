"""Who of a line gets the seats that are free: earliest first, together with their guests."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.line import let_in


@dataclass(frozen=True)
class Party:
    place: int
    seats: int


def parties(*seats: int) -> list[Party]:
    return [Party(place, size) for place, size in enumerate(seats, start=1)]


def places(line: list[Party], *, free: int | None, capacity: int | None = 10, keeps: bool = True) -> list[int]:
    return [party.place for party in let_in(line, free=free, capacity=capacity, keeps=keeps)]


@pytest.mark.parametrize(
    ("seats", "free", "lucky"),
    [
        ((1, 1, 1), 2, [1, 2]),
        ((2, 1), 2, [1]),
        ((3, 1, 1), 2, []),  # two seats are kept for the three who came first
        ((1, 3, 1), 3, [1]),
        ((11, 1), 1, [2]),  # eleven will never fit on ten seats, so they hold nobody up
        ((1, 5), None, [1, 2]),
        ((), 3, []),
    ],
)
def test_seats_go_to_the_earliest_and_are_kept_for_them(seats: tuple[int, ...], free: int | None, lucky: list) -> None:
    capacity = None if free is None else 10
    assert places(parties(*seats), free=free, capacity=capacity) == lucky


def test_in_the_last_day_nothing_is_kept() -> None:
    assert places(parties(3, 1, 2, 1), free=2, keeps=False) == [2, 4]


lines = st.lists(st.integers(1, 6), max_size=12).map(lambda seats: parties(*seats))


@given(line=lines, free=st.integers(0, 12), keeps=st.booleans())
def test_never_more_than_is_free_and_nobody_is_passed(line: list[Party], free: int, *, keeps: bool) -> None:
    lucky = let_in(line, free=free, capacity=12, keeps=keeps)
    left = free - sum(party.seats for party in lucky)
    assert left >= 0
    waiting = [party for party in line if party not in lucky]
    assert all(party.seats > left for party in (waiting[:1] if keeps else waiting))
    if keeps:
        assert lucky == line[: len(lucky)]
