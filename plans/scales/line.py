"""The small line of earlier results, as coordinates. No colours, no verdicts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, EDGE = 320.0, 96.0, 8.0


@dataclass(frozen=True)
class Line:
    """Points in a box of 320 × 96, the oldest on the left, and the path through them."""

    points: tuple[tuple[float, float], ...]

    @property
    def path(self) -> str:
        return "M" + " L".join(f"{x} {y}" for x, y in self.points)


def line_of(results: Sequence[tuple[date, int]], lowest: int, highest: int) -> Line | None:
    """Return the line through (day, score), the oldest first; one result makes none."""
    if len(results) < 2:  # noqa: PLR2004 - a line has two ends
        return None
    first, span = results[0][0], max(1, (results[-1][0] - results[0][0]).days)
    across, up = WIDTH - 2 * EDGE, HEIGHT - 2 * EDGE
    return Line(
        tuple(
            (
                round(EDGE + (day - first).days / span * across, 1),
                round(HEIGHT - EDGE - (score - lowest) / (highest - lowest) * up, 1),
            )
            for day, score in results
        )
    )
