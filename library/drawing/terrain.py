"""The ground: crests that rise and fall, mountains behind, trees, and a path. Decoration, but the marks stand on it."""

from math import cos, pi, sin

type Outline = list[tuple[float, float]]

STEP = 10.0


def rise(x: float, *, seed: int) -> float:
    """Return how high the ground is at `x`, from -1 to 1; each `seed` is a crest of its own."""
    return 0.65 * sin(x / 97 + 2.1 * seed) + 0.35 * cos(x / 41 + 1.3 * seed)


def ground(width: float, top: float, bottom: float, *, relief: float, seed: int) -> Outline:
    """Return a ground whose crest swings around `top`."""
    crest = [(x, top - relief * rise(x, seed=seed)) for x in _across(width)]
    return [(0, bottom), *crest, (width, bottom)]


def mountains(width: float, top: float, bottom: float, *, tall: float, seed: int) -> Outline:
    """Return a range whose peaks reach `tall` above `top`, and nowhere lies below it."""
    crest = [(x, top - tall * _peak(x, width, seed)) for x in _across(width)]
    return [(0, bottom), *crest, (width, bottom)]


def as_path(outline: Outline) -> str:
    return f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in outline)}Z"


def _peak(x: float, width: float, seed: int) -> float:
    """Return the height of the range, 0 to 1: two broad shoulders with a finer line upon them, low at the sides."""
    share = x / width
    broad = 0.5 + 0.5 * sin(share * 9.4 + 1.9 * seed)
    fine = 0.5 + 0.5 * sin(share * 31 + 0.8 * seed)
    return (0.62 * broad + 0.14 * fine + 0.24 * broad * fine) * (0.35 + 0.65 * sin(pi * share))


def _across(width: float) -> list[float]:
    count = round(width / STEP)
    return [width * step / count for step in range(count + 1)]


def trees(width: float, top: float, *, relief: float, seed: int) -> str:
    """Return small firs along a crest, in uneven groups."""
    firs = []
    for number in range(int(width // 9)):
        if sin(number * 0.31) + 0.7 * sin(number * 0.83) > 0:
            x = 6 + number * 9 + 3 * sin(number * 5.3)
            tall = 11 + 5 * sin(number * 3.7)
            foot = top - relief * rise(x, seed=seed) + 3
            firs.append(as_path([(x - tall / 3.6, foot), (x, foot - tall), (x + tall / 3.6, foot)]))
    return "".join(firs)


def path(width: float, top: float, bottom: float) -> Outline:
    """Return a path that winds from the foot of the picture up to the ridge, narrower the farther it is."""
    left, right = [], []
    for step in range(41):
        near = step / 40
        x = width * (0.5 + (0.06 + 0.2 * near) * sin(2.6 + near * 8.2))
        y = top + (bottom - top) * near
        half = 1 + 7 * near**1.5
        left.append((x - half, y))
        right.append((x + half, y))
    return [*left, *reversed(right)]
