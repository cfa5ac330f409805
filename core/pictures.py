"""Arithmetic of the small pictures: the low hill, meters and initials. No templates, no ORM."""

import math
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

HILL_WIDTH = 360.0
HILL_BASE = 92.0
HILL_HEIGHT = 70.0
HALF_MINUTES, GUIDELINE_MINUTES = 75, 150
LOWER_AT_HALF, LOWER_AT_GUIDELINE = (
    18,
    25,
)  # percent, at those minutes (pearce2022, as library/content/dose.yaml says it)
STEEPNESS = HALF_MINUTES / math.log(LOWER_AT_HALF / (LOWER_AT_GUIDELINE - LOWER_AT_HALF))  # minutes: see `gain`
SHOWN = 2  # how many times the guideline, or a higher target, the minutes reach to the right
TOP = (
    0.84  # share of the width that stands for minutes; beyond it the hill goes down as hills do, and nobody walks there
)
LEAST_FILL = 4.0  # the first minute is seen

SHAPES = (
    "M22 2c9 0 19 5 20 17s-7 22-19 23S3 34 2 22 13 2 22 2Z",
    "M20 2c10-1 20 8 22 18S34 42 23 42 4 36 2 25 8 3 20 2Z",
    "M24 2c11 1 17 9 18 19s-6 20-18 21S2 36 2 24 12 1 24 2Z",
    "M21 2c12-1 22 6 21 19S33 43 21 42 1 33 2 21 10 3 21 2Z",
)
TONES = 5


@dataclass(frozen=True)
class Post:
    """A mark on the hill: how many minutes, and where it stands."""

    minutes: int
    x: float
    top: float


@dataclass(frozen=True)
class Hill:
    """SVG geometry in a box of 360 × 116."""

    ground: str
    outline: str
    fill: str
    ridge: str
    now: tuple[float, float] | None
    posts: tuple[Post, ...]


def gain(minutes: float) -> float:
    """Return how far up the hill so many minutes lead, 0 to 1: the first ones lead farthest.

    A curve that levels off, drawn through nothing at 0 and through what cohorts found linked with 75 and with
    150 minutes a week (18 and 25 percent): `1 - exp(-minutes / k)`, where the two figures settle `k`. It is how
    the picture is drawn, and says nothing on any one person.
    """
    return 1 - math.exp(-max(0.0, minutes) / STEEPNESS)


def hill(minutes: int, target: int) -> Hill:
    """Return the week's hill, filled up to `minutes` of moderate-equivalent movement.

    Marks stand at their true minutes. More minutes than are shown stand where the top ends, as high as any.
    """
    reach = max(GUIDELINE_MINUTES, target) * SHOWN / TOP
    x_now = min(minutes / reach, TOP) * HILL_WIDTH
    marks = sorted({HALF_MINUTES, GUIDELINE_MINUTES, target} if _stands_apart(target) else {HALF_MINUTES, 150})
    posts = tuple(Post(mark, round(x := mark / reach * HILL_WIDTH, 1), _ground(x, reach)) for mark in marks)
    return Hill(
        ground=_area(HILL_WIDTH, reach),
        outline=_ridge(HILL_WIDTH, reach),
        fill=_area(max(x_now, LEAST_FILL), reach) if minutes > 0 else "",
        ridge=_ridge(max(x_now, LEAST_FILL), reach) if minutes > 0 else "",
        now=(round(x_now, 1), _ground(x_now, reach)) if minutes > 0 else None,
        posts=posts,
    )


def _stands_apart(target: int) -> bool:
    """Whether a post for the person's own target would not run into the other two."""
    return min(abs(target - HALF_MINUTES), abs(target - GUIDELINE_MINUTES)) >= GUIDELINE_MINUTES // 5


def _ground(x: float, reach: float) -> float:
    """Return the y of the hill's surface: steep at first, a broad top, a gentle way down."""
    height = gain(x / HILL_WIDTH * reach)
    edge = TOP * HILL_WIDTH
    if x > edge:
        height *= 0.5 + 0.5 * math.cos((x - edge) / (HILL_WIDTH - edge) * math.pi)
    return round(HILL_BASE - HILL_HEIGHT * height, 1)


def _ridge(until: float, reach: float) -> str:
    steps = max(2, int(until // 6))
    points = (until * step / steps for step in range(steps + 1))
    return "M" + " L".join(f"{x:.1f} {_ground(x, reach)}" for x in points)


def _area(until: float, reach: float) -> str:
    return f"{_ridge(until, reach)} L{until:.1f} {HILL_BASE} L0 {HILL_BASE} Z"


@dataclass(frozen=True)
class Peak:
    """One hill of a range: its line, and where its name stands."""

    path: str
    x: float
    top: float


PEAK_STEP, PEAK_WIDTH, RANGE_BASE, RANGE_HEIGHT, BARE = 30.0, 26.0, 60.0, 52.0, 1.5


def hill_range(minutes: Sequence[int]) -> list[Peak]:
    """Return weeks as small hills side by side, each as high as `gain`; an empty week is level ground."""
    peaks = []
    for number, amount in enumerate(minutes):
        left, middle = number * PEAK_STEP, number * PEAK_STEP + PEAK_WIDTH / 2
        right, top = left + PEAK_WIDTH, round(RANGE_BASE - max(BARE, RANGE_HEIGHT * gain(amount)), 1)
        curve = f"C{left + 7:.1f} {RANGE_BASE} {middle - 7:.1f} {top} {middle:.1f} {top}"
        back = f"S{right - 7:.1f} {RANGE_BASE} {right:.1f} {RANGE_BASE}"
        peaks.append(Peak(f"M{left:.1f} {RANGE_BASE} {curve} {back} Z", middle, top))
    return peaks


def share(value: float, of: float) -> float:
    """Return how full a meter is, 0 to 100."""
    return round(max(0.0, min(100.0, value / of * 100)), 1) if of > 0 else 0.0


def initials(name: str) -> str:
    """Return one or two letters for a name in any script; nothing for a name without letters."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return ""
    if len(words) == 1 and _is_han(words[0]):
        return words[0][-2:] if len(words[0]) in {2, 3, 4} else words[0][:1]
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(_first_letter(word) for word in picked).upper()


def _is_han(word: str) -> bool:
    return all("CJK UNIFIED" in unicodedata.name(letter, "") for letter in word)


def _first_letter(word: str) -> str:
    """Return the first letter with the marks that belong to it."""
    end = 1
    while end < len(word) and unicodedata.category(word[end]).startswith("M"):
        end += 1
    return word[:end]


def soft_shape(seed: str) -> tuple[str, int]:
    """Return an outline and a tone that stay the same for the same seed."""
    number = crc32(seed.encode())
    return SHAPES[number % len(SHAPES)], number // len(SHAPES) % TONES
