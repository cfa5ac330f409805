"""Arithmetic of the small landscape that stands for a group without a picture. No templates, no ORM."""

import math
from zlib import crc32

WIDE, SMALL, HEIGHT, STEP = 400, 96, 72, 8


def place(seed: str, width: int) -> dict[str, str]:
    """Return two hills (`far`, `near`) and a `path` over the nearer one, the same for the same seed."""
    number = crc32(seed.encode())
    turn, other = number % 628 / 100, number // 628 % 628 / 100
    bend = 0.3 + number % 41 / 100
    x, top = bend * width, _height(bend * width, width, 46, 8, other)
    return {
        "far": _hills(width, 30, 11, turn),
        "near": _hills(width, 46, 8, other),
        "path": f"M{x - 9:.1f} {HEIGHT}C{x + 10:.1f} 62 {x - 12:.1f} 56 {x:.1f} {top:.1f}",
    }


def _hills(width: int, base: float, rise: float, turn: float) -> str:
    points = (f"{x} {_height(x, width, base, rise, turn):.1f}" for x in range(0, width + STEP, STEP))
    return f"M0 {HEIGHT}L{' '.join(points)}V{HEIGHT}Z"


def _height(x: float, width: int, base: float, rise: float, turn: float) -> float:
    way = x / width * math.tau
    return base - rise * (0.7 * math.sin(way * 0.8 + turn) + 0.3 * math.sin(way * 1.7 + turn * 2))
