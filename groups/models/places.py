"""Where something is, and the cell of a coarse grid that it lies in, so that what is near is found by an index."""

from __future__ import annotations

import math
from typing import Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, ExpressionWrapper, F, Q, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from core.visibility import VisibilityQuerySet
from groups.near import HALF_ROUND, KM_PER_DEGREE, Point, cells_around


class PlacedQuerySet[M: models.Model](VisibilityQuerySet[M]):
    """Rows that may lie somewhere on the earth."""

    def near(self, point: Point, *, km: float) -> Self:
        """Return what lies within `km` (a hundred at most), the nearest first, each with its `distance`.

        The index on `cell` gives the few candidates; how far they are is asked of those alone, without a function of
        the database: so near, the earth is a plane whose meridians draw together evenly.
        """
        candidates = self.filter(cell__in=cells_around(point, km)).annotate(square_km=_square_km(point))
        return candidates.filter(square_km__lte=km * km).order_by("square_km", "pk")


def _square_km(point: Point) -> Combinable:
    """Return the square of the distance in km: the way north and the way east, each in degrees made kilometres."""
    cosine, sine = math.cos(math.radians(point.latitude)), math.sin(math.radians(point.latitude))
    north = F("latitude") - Value(point.latitude)
    east = F("longitude") - Value(point.longitude)
    around = Case(  # over the date line
        When(longitude__gt=point.longitude + HALF_ROUND, then=east - Value(2 * HALF_ROUND)),
        When(longitude__lt=point.longitude - HALF_ROUND, then=east + Value(2 * HALF_ROUND)),
        default=east,
    )
    eastward = around * (Value(cosine) - north * Value(math.radians(sine) / 2))  # the cosine halfway
    square = north * north + eastward * eastward
    return ExpressionWrapper(square * Value(KM_PER_DEGREE**2), output_field=models.FloatField())


class Placed(models.Model):
    """A place in words, and on the earth when it is known where (WGS 84, degrees).

    `is_rough`: nobody said where exactly, it is the middle of the town that the words name. `cell` is
    `groups.near.cell_of` of the two; services keep it so (`services/places.py`).
    """

    latitude = models.FloatField(
        _("latitude"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    longitude = models.FloatField(
        _("longitude"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    is_rough = models.BooleanField(default=False, db_default=False, editable=False)
    cell = models.IntegerField(null=True, blank=True, editable=False)

    square_km: float | None = None  # of `near`

    class Meta:
        abstract = True

    @property
    def distance(self) -> float | None:
        """How far away it is in km, when it was found by `near`."""
        return None if self.square_km is None else math.sqrt(self.square_km)

    @property
    def spot(self) -> Point | None:
        """Where exactly it is, when somebody said so."""
        if self.is_rough or self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @staticmethod
    def constraints_for(name: str) -> list[models.BaseConstraint]:
        """Return what the database asks of a placed row; constraints need a name of their own in each table."""
        nowhere = Q(latitude=None, longitude=None, cell=None)
        somewhere = Q(latitude__range=(-90, 90), longitude__range=(-180, 180), cell__isnull=False)
        return [models.CheckConstraint(condition=nowhere | somewhere, name=f"{name}_is_somewhere_or_not")]
