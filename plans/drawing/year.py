"""A year of days as small squares: a column is a week. On a phone the halves stand one below the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

HEAD = 18.0
GAP = 0.18  # of a square
BETWEEN_HALVES = 16.0


@dataclass(frozen=True)
class Square:
    x: float
    y: float
    shade: int


@dataclass(frozen=True)
class Month:
    label: str
    x: float
    y: float


@dataclass(frozen=True)
class Year:
    width: float
    height: float
    side: float
    squares: tuple[Square, ...]
    months: tuple[Month, ...]


def year(days: Sequence[tuple[date, int]], *, width: float, rows: int, months: Mapping[date, str]) -> Year:
    """Return the picture of `days` with their shades; the first of them begins a week.

    `rows` is how many lines of weeks there are; `months` names the days that a month's name stands above.
    """
    weeks = -(-len(days) // 7)
    per_row = -(-weeks // rows)
    pitch = width / per_row
    row_height = HEAD + 7 * pitch + BETWEEN_HALVES
    squares, names = [], []
    for number, (day, shade) in enumerate(days):
        row, column = divmod(number // 7, per_row)
        x, top = column * pitch, row * row_height + HEAD
        squares.append(Square(round(x, 1), round(top + number % 7 * pitch, 1), shade))
        if (label := months.get(day)) and column < per_row - 1:  # there is no room for it at the very end
            names.append(Month(label, round(x, 1), round(top - 6, 1)))
    return Year(
        width=width,
        height=round(rows * row_height - BETWEEN_HALVES, 1),
        side=round(pitch * (1 - GAP), 1),
        squares=tuple(squares),
        months=tuple(names),
    )
