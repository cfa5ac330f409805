"""Arithmetic of what is near: a grid of cells over the earth, and distances. No ORM."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

CELLS_PER_DEGREE = 8  # about 14 km from south to north
ROW = 360 * CELLS_PER_DEGREE
EARTH_KM = 6371.0088
HALF_ROUND = 180.0
KM_PER_DEGREE = math.pi * EARTH_KM / 180


@dataclass(frozen=True)
class Point:
    """A point on the earth, in degrees (WGS 84)."""

    latitude: float
    longitude: float


def cell_of(point: Point) -> int:
    """Return the cell that the point lies in."""
    return _row(point.latitude) * ROW + _column(point.longitude)


def cells_around(point: Point, km: float) -> list[int]:
    """Return every cell that a circle of `km` around the point touches; across the date line too."""
    return [row * ROW + column for row in _rows(point.latitude, km) for column in _columns(point, km)]


def distance_km(one: Point, other: Point) -> float:
    """Return the great-circle distance (haversine)."""
    a, b = math.radians(one.latitude), math.radians(other.latitude)
    half_lat, half_lon = (b - a) / 2, math.radians(other.longitude - one.longitude) / 2
    chord = math.sin(half_lat) ** 2 + math.cos(a) * math.cos(b) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def _row(latitude: float) -> int:
    return min(math.floor((latitude + 90) * CELLS_PER_DEGREE), 180 * CELLS_PER_DEGREE - 1)


def _column(longitude: float) -> int:
    return math.floor((longitude + 180) * CELLS_PER_DEGREE) % ROW


def _rows(latitude: float, km: float) -> range:
    reach = km / KM_PER_DEGREE
    return range(_row(max(-90.0, latitude - reach)), _row(min(90.0, latitude + reach)) + 1)


def _columns(point: Point, km: float) -> Iterator[int]:
    """Yield the columns; meridians draw together towards the poles, so the reach in degrees grows."""
    furthest = min(90.0, abs(point.latitude) + km / KM_PER_DEGREE)
    narrowest = math.cos(math.radians(furthest))
    reach = km / (KM_PER_DEGREE * narrowest) if narrowest > 0 else HALF_ROUND
    if reach >= HALF_ROUND:
        yield from range(ROW)
        return
    first = math.floor((point.longitude - reach + 180) * CELLS_PER_DEGREE)
    last = math.floor((point.longitude + reach + 180) * CELLS_PER_DEGREE)
    yield from (column % ROW for column in range(first, last + 1))
