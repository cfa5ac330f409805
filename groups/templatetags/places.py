"""Where something is: a small map when the operator named a tile host, else a plain sketch; and how far away."""

from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from groups import maps
from groups.models.places import Placed
from groups.near import Point

register = template.Library()
NEARBY_KM, IN_TOWN_KM = 1, 8


@register.inclusion_tag("groups/finding/spot.html")
def spot(point: Point | None) -> dict[str, Any]:
    """Show an exact point; nothing where none is known."""
    if not point:  # nothing, or a place that is only words
        return {"point": None}
    tiles = maps.tile_map(point, settings.MAP_TILES) if settings.MAP_TILES else None
    at = f"{point.latitude:.6f}"
    return {
        "point": point,
        "words": maps.in_words(point),
        "map": tiles,
        "credit": settings.MAP_CREDIT,
        "latitude": at,
        "longitude": f"{point.longitude:.6f}",
    }


@register.filter
def distance_in_words(row: Placed) -> str:
    """Return e.g. `3 km away`, for what `near` found; a short way is not measured, nor one that is known roughly."""
    km = row.distance or 0
    if row.is_rough:
        return _("in the same town") if km < IN_TOWN_KM else _("about %(km)s km away") % {"km": round(km)}
    return _("less than a kilometre away") if km < NEARBY_KM else _("%(km)s km away") % {"km": round(km)}
