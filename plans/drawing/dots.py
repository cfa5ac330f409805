"""Two dots on one line for each group: what was noted first, and what after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from plans.drawing.scale import Scale, Tick

EDGE = 9.0
ROW, FIRST_ROW = 50.0, 15.0
LABEL_TO_LINE = 17.0
BAND = 10.0
FOOT = 30.0


@dataclass(frozen=True)
class Row:
    """`low` and `high` say where the second dot's distance from the first may lie; None: not shown."""

    label: str
    note: str
    first: float
    second: float
    low: float | None = None
    high: float | None = None
    is_strong: bool = False


@dataclass(frozen=True)
class Pair:
    row: Row
    label_y: float
    y: float
    first: float
    second: float
    band: tuple[float, float] | None  # x and width

    @property
    def band_top(self) -> float:
        return self.y - BAND / 2


@dataclass(frozen=True)
class Dots:
    width: float
    height: float
    pairs: tuple[Pair, ...]
    ticks: tuple[Tick, ...]
    grid: tuple[float, float]

    @property
    def foot(self) -> float:
        return self.height - 6


def dots(rows: Sequence[Row], *, width: float, low: int, high: int) -> Dots:
    """Return the chart of `rows` on whole steps from `low` to `high`."""
    across = Scale(low, high, EDGE, width - EDGE)
    pairs = tuple(_pair(row, FIRST_ROW + number * ROW, across) for number, row in enumerate(rows))
    bottom = pairs[-1].y + 14 if pairs else FIRST_ROW
    return Dots(
        width=width,
        height=bottom + FOOT - 8,
        pairs=pairs,
        ticks=tuple(Tick(str(step), across.at(step)) for step in range(low, high + 1)),
        grid=(FIRST_ROW + 8, bottom),
    )


def _pair(row: Row, top: float, across: Scale) -> Pair:
    band = None
    if row.low is not None and row.high is not None:
        start, end = across.at(row.first + row.low), across.at(row.first + row.high)
        band = (start, round(end - start, 1))
    return Pair(row, top, top + LABEL_TO_LINE, across.at(row.first), across.at(row.second), band)
