"""Seats and places in line, said as one says them."""

import pytest

from groups.models import Event
from groups.wording import line_in_words, seats_in_words


@pytest.mark.parametrize(
    ("capacity", "going", "words"),
    [
        (12, 10, "Two of twelve seats left."),
        (40, 13, "27 of 40 seats left."),
        (10, 10, "All ten seats are taken."),
        (1, 1, "The one seat is taken."),
        (1, 0, "One of one seat left."),
        (None, 3, "There is room for everybody."),
    ],
)
def test_seats(capacity: int | None, going: int, words: str) -> None:
    assert seats_in_words(Event(capacity=capacity, going_count=going)) == words


@pytest.mark.parametrize(
    ("position", "words"),
    [(1, "You are first in line."), (3, "You are third in line."), (11, "You are number 11 in line.")],
)
def test_line(position: int, words: str) -> None:
    assert line_in_words(position) == words
