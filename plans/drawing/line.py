"""Moods over some weeks: each as it was noted, and a line through the means of the weeks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from plans.drawing.scale import Scale, Tick

LEFT, RIGHT, TOP, FOOT = 22.0, 8.0, 10.0, 26.0
HEIGHT = 210.0
LOW, HIGH = 1, 7


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    moment: str


@dataclass(frozen=True)
class Line:
    """`runs` are the line's pieces: it is not drawn over weeks without a mood. `means` are its knots."""

    width: float
    height: float
    left: float
    right: float
    dots: tuple[Dot, ...]
    runs: tuple[str, ...]
    means: tuple[tuple[float, float], ...]
    steps: tuple[Tick, ...]
    weeks: tuple[Tick, ...]

    @property
    def foot(self) -> float:
        return self.height - 5


def line(
    points: Sequence[tuple[date, str, int]],
    means: Sequence[tuple[date, float | None]],
    *,
    width: float,
    labels: Sequence[str],
) -> Line:
    """Return the chart. `means` are those of weeks by their first day, without a gap; `labels` name these days."""
    first = means[0][0]
    across = Scale(0, 7 * len(means), LEFT, width - RIGHT)
    upward = Scale(LOW, HIGH, HEIGHT - FOOT, TOP)
    knots = [
        (across.at((day - first + timedelta(days=3, hours=12)) / timedelta(days=1)), upward.at(mean))
        if mean is not None
        else None
        for day, mean in means
    ]
    aside = {"before": 0.35, "after": 0.65}  # of a day, so that both moods of one occasion are seen
    return Line(
        width=width,
        height=HEIGHT,
        left=LEFT,
        right=width - RIGHT,
        dots=tuple(
            Dot(across.at((day - first).days + aside[moment]), upward.at(value), moment)
            for day, moment, value in points
        ),
        runs=tuple(_runs(knots)),
        means=tuple(knot for knot in knots if knot),
        steps=tuple(Tick(str(step), upward.at(step)) for step in range(LOW, HIGH + 1)),
        weeks=tuple(Tick(label, across.at(7 * number), "start") for number, label in enumerate(labels) if label),
    )


def _runs(knots: Sequence[tuple[float, float] | None]) -> list[str]:
    """Return a path for each run of weeks that follow one another."""
    runs: list[list[str]] = [[]]
    for knot in knots:
        if knot is None:
            runs.append([])
        else:
            runs[-1].append(f"{knot[0]} {knot[1]}")
    return [f"M{'L'.join(run)}" for run in runs if len(run) > 1]
