"""Where something is, in answers of the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field

from core.plain_fields import FromRow


class ExactField(FromRow):
    """A coordinate in degrees (WGS 84), as far as somebody said where exactly; else None."""

    def to_representation(self, value: Any) -> float | None:
        return getattr(value.spot, str(self.field_name)) if value.spot else None


class DistanceField(FromRow):
    """How far away it is, in kilometres, when a list was asked for what is near; else None."""

    def to_representation(self, value: Any) -> float | None:
        distance = getattr(value, "distance", None)
        return None if distance is None else round(distance, 1)


for field in (ExactField, DistanceField):
    extend_schema_field({"type": ["number", "null"]})(field)
