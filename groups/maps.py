"""Arithmetic of a small map: which tiles (Web Mercator) lie around a point, and where it stands on them. No ORM."""

import math
from dataclasses import dataclass

from groups.near import Point

ZOOM = 15  # streets and paths can be told apart
TILE = 256  # pixels
FURTHEST = 85.05112878  # degrees: where Web Mercator ends


@dataclass(frozen=True)
class TileMap:
    """The addresses of 3 × 3 tiles, row by row, and where the point stands on them, in pixels from the upper left."""

    tiles: tuple[str, ...]
    left: int
    top: int


def tile_map(point: Point, template: str) -> TileMap:
    """Return the map around a point. `template` is an address with `{z}`, `{x}` and `{y}`."""
    across = 2**ZOOM
    latitude = math.radians(max(-FURTHEST, min(FURTHEST, point.latitude)))
    x = (point.longitude + 180) / 360 * across
    y = (1 - math.asinh(math.tan(latitude)) / math.pi) / 2 * across
    column, row = (
        math.floor(x),
        min(max(math.floor(y), 1), across - 2),
    )  # at the poles the middle row is the last but one
    tiles = tuple(
        template.format(z=ZOOM, x=(column + dx) % across, y=row + dy) for dy in (-1, 0, 1) for dx in (-1, 0, 1)
    )
    return TileMap(tiles, round((x - column + 1) * TILE), round((y - row + 1) * TILE))


def in_words(point: Point) -> str:
    """Return e.g. `52.51450° N, 13.35010° E`."""
    north, east = "N" if point.latitude >= 0 else "S", "E" if point.longitude >= 0 else "W"
    return f"{abs(point.latitude):.5f}° {north}, {abs(point.longitude):.5f}° {east}"
