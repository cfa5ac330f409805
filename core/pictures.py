"""Arithmetic of the small pictures: the low hill, meters and initials. No templates, no ORM."""

import math
import unicodedata
from dataclasses import dataclass
from zlib import crc32

HILL_WIDTH = 360.0
HILL_BASE = 92.0
HILL_HEIGHT = 70.0
HALF_MINUTES, GUIDELINE_MINUTES = 75, 150
STEEPNESS = 62.0  # minutes; the ground rises most where a first minute brings most
FLAT_FROM = 0.62  # share of the width after which the hill slopes down again

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


def hill(minutes: int, target: int) -> Hill:
    """Return the week's hill, filled up to `minutes` of moderate-equivalent movement."""
    reach = max(GUIDELINE_MINUTES, target) * 1.7
    x_now = min(minutes / reach, 1.0) * HILL_WIDTH
    marks = sorted({HALF_MINUTES, GUIDELINE_MINUTES, target} if _stands_apart(target) else {HALF_MINUTES, 150})
    posts = tuple(Post(mark, round(x := mark / reach * HILL_WIDTH, 1), _ground(x, reach)) for mark in marks)
    return Hill(
        ground=_area(HILL_WIDTH, reach),
        outline=_ridge(HILL_WIDTH, reach),
        fill=_area(x_now, reach) if minutes > 0 else "",
        ridge=_ridge(x_now, reach) if minutes > 0 else "",
        now=(round(x_now, 1), _ground(x_now, reach)) if minutes > 0 else None,
        posts=posts,
    )


def _stands_apart(target: int) -> bool:
    """Whether a post for the person's own target would not run into the other two."""
    return min(abs(target - HALF_MINUTES), abs(target - GUIDELINE_MINUTES)) >= GUIDELINE_MINUTES // 5


def _ground(x: float, reach: float) -> float:
    """Return the y of the hill's surface: steep at first, a broad top, a gentle way down."""
    height = 1 - math.exp(-(x / HILL_WIDTH * reach) / STEEPNESS)
    edge = FLAT_FROM * HILL_WIDTH
    if x > edge:
        height *= 0.5 + 0.5 * math.cos((x - edge) / (HILL_WIDTH - edge) * math.pi)
    return round(HILL_BASE - HILL_HEIGHT * height, 1)


def _ridge(until: float, reach: float) -> str:
    steps = max(2, int(until // 6))
    points = (until * step / steps for step in range(steps + 1))
    return "M" + " L".join(f"{x:.1f} {_ground(x, reach)}" for x in points)


def _area(until: float, reach: float) -> str:
    return f"{_ridge(until, reach)} L{until:.1f} {HILL_BASE} L0 {HILL_BASE} Z"


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
