"""Saying where a group or an event is, so that whoever is near finds it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models

from groups.models.places import Placed
from groups.near import Point, cell_of
from groups.towns import town_in

COLUMNS = ("latitude", "longitude", "is_rough", "cell")
ONE_BREATH = timedelta(minutes=1)  # in which the same again is a double click


def as_said_before[P: models.Model](rows: models.QuerySet[P], said: Mapping[str, Any], *, now: datetime) -> P | None:
    """Return the row that a double click made of the same words a moment ago. A spot is rounded, so it is not asked."""
    same = {name: value for name, value in said.items() if name not in ("latitude", "longitude")}
    return rows.filter(**same, created_at__gt=now - ONE_BREATH).first()


def settle(row: Placed, *, place: str, time_zone: str, is_said: bool, else_at: Placed | None = None) -> None:
    """Put the row on the earth, unsaved: where somebody said, else the town that its words name, else at `else_at`.

    `is_said`: latitude and longitude are what somebody just said, also when that is nothing.
    """
    if row.is_rough and not is_said:  # what was guessed from the words is guessed anew
        row.latitude = row.longitude = None
    row.is_rough = row.latitude is None or row.longitude is None
    if row.is_rough:
        town = town_in(place, time_zone=time_zone)
        point = town.point if town else _middle_of(else_at)
        row.latitude, row.longitude = (point.latitude, point.longitude) if point else (None, None)
    if row.latitude is None or row.longitude is None:
        row.cell, row.is_rough = None, False
        return
    row.cell = cell_of(Point(row.latitude, row.longitude))


def _middle_of(other: Placed | None) -> Point | None:
    if other is None or other.latitude is None or other.longitude is None:
        return None
    return Point(other.latitude, other.longitude)
