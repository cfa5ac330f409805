"""A goal together as a landscape that grows: bare ground with one sprout, then woods under a risen sun.

It grows in whole steps of what the page says in words anyway, and holds no mark for any one person. The same goal has
the same hills for everybody.
"""

import math
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 240
STEPS = 12
PLACES = 30  # where something may stand
GOLDEN = (math.sqrt(5) - 1) / 2  # spreads places evenly, however many there are
FULL_GROWN = 4  # steps that a tree takes to its full height
YOUNG = 0.4


@dataclass(frozen=True)
class Tree:
    """Where it stands, and how high it is; a fir or a leaf tree."""

    x: float
    y: float
    height: float
    is_fir: bool

    @property
    def crown(self) -> str:
        """Return the path of the crown."""
        x, y, h = self.x, self.y, self.height
        if self.is_fir:
            return f"M{x:.1f} {y - h:.1f}L{x + h * 0.24:.1f} {y - h * 0.16:.1f}H{x - h * 0.24:.1f}Z"
        middle, wide, high = y - h * 0.64, h * 0.28, h * 0.36
        return (
            f"M{x - wide:.1f} {middle:.1f}a{wide:.1f} {high:.1f} 0 1 1 {2 * wide:.1f} 0"
            f"a{wide:.1f} {high * 0.8:.1f} 0 1 1 {-2 * wide:.1f} 0Z"
        )

    @property
    def trunk(self) -> str:
        return f"M{self.x:.1f} {self.y:.1f}v{-self.height * 0.5:.1f}"


@dataclass(frozen=True)
class Landscape:
    width: int
    height: int
    sun: tuple[float, float]
    far: str
    middle: str
    near: str
    trees: tuple[Tree, ...]
    flowers: tuple[tuple[float, float], ...]

    @property
    def box(self) -> str:
        return f"0 0 {self.width} {self.height}"


def landscape(reached: int, target: int, *, seed: int) -> Landscape:
    """Return the landscape of `reached` out of `target`; `seed` gives it hills of its own."""
    step = min(STEPS, reached * STEPS // target)
    hills = [_Hill(seed, number, base, swing) for number, (base, swing) in enumerate([(128, 26), (158, 20), (196, 13)])]
    return Landscape(
        width=WIDTH,
        height=HEIGHT,
        sun=(WIDTH * (0.16 + 0.32 * step / STEPS), 132 - 84 * math.sin(step / STEPS * math.pi / 2)),
        far=hills[0].path(),
        middle=hills[1].path(),
        near=hills[2].path(),
        trees=tuple(sorted(_trees(step, seed, hills[1], hills[2]), key=lambda tree: tree.y)),
        flowers=tuple(_flowers(step, seed, hills[2])),
    )


class _Hill:
    """A line of two slow waves."""

    def __init__(self, seed: int, number: int, base: float, swing: float) -> None:
        self.base, self.swing = base, swing
        self.turn = _spread(seed % 97 + 1, number) * math.tau

    def at(self, x: float) -> float:
        across = x / WIDTH * math.tau
        return self.base - self.swing * (0.7 * math.sin(across + self.turn) + 0.3 * math.sin(2.3 * across + self.turn))

    def path(self) -> str:
        line = "L".join(f"{x} {self.at(x):.1f}" for x in range(0, WIDTH + 1, 16))
        return f"M0 {HEIGHT}L{line}V{HEIGHT}Z"


def _trees(step: int, seed: int, middle: _Hill, near: _Hill) -> list[Tree]:
    """Return what has grown: one sprout at the beginning, then more at each step, the older ones higher."""
    grown = []
    for number in range(PLACES):
        born = number * STEPS // PLACES
        if born > step or (step == 0 and number > 0):
            break
        is_back = number % 3 == 1
        x = 24 + (WIDTH - 48) * _spread(number + 1, seed % 13)
        age = min(1.0, YOUNG + (1 - YOUNG) * (step - born) / FULL_GROWN)
        full = (30 if is_back else 52) + 12 * _spread(number + 5, 3)
        hill, sunk = (middle, 3) if is_back else (near, 4 + 14 * _spread(number + 2, 7))
        grown.append(Tree(x, hill.at(x) + sunk, full * age, is_fir=number % 5 in {1, 3}))
    return grown


def _flowers(step: int, seed: int, near: _Hill) -> list[tuple[float, float]]:
    places = [16 + (WIDTH - 32) * _spread(number + 3, seed % 29 + 2) for number in range(max(0, step - 2) * 3)]
    return [(round(x, 1), round(near.at(x) + 12 + 22 * _spread(n + 1, 11), 1)) for n, x in enumerate(places)]


def _spread(number: int, start: int) -> float:
    """Return a number from 0 to 1, far from those of its neighbours."""
    return (number * GOLDEN + start * 0.37) % 1
