"""Saying where: a point on a map, or a town."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.near import Point
from groups.towns import town_named

PAIR = re.compile(r"^(?:geo:)?\s*([+-]?\d{1,3}(?:\.\d{1,12})?)\s*[,，;；\s]\s*([+-]?\d{1,3}(?:\.\d{1,12})?)$")
FURTHEST_NORTH, FURTHEST_EAST = 90, 180


def point_of(text: str) -> Point | None:
    """Return the point that a pair of degrees names, as maps write it (`52.5145, 13.3501`); None for other words.

    Raises ValidationError for degrees that are nowhere on the earth.
    """
    found = PAIR.match(text.strip())
    if found is None:
        return None
    point = Point(float(found[1]), float(found[2]))
    if abs(point.latitude) > FURTHEST_NORTH or abs(point.longitude) > FURTHEST_EAST:
        raise forms.ValidationError(_("That is nowhere on the earth: latitude comes first, then longitude."))
    return point


class SpotField(forms.CharField):
    """A point on a map, as two numbers; cleaned to a `Point` or None."""

    default_error_messages = {"not_a_pair": _("Two numbers are wanted, such as 52.5145, 13.3501.")}

    def __init__(self, **kwargs: Any) -> None:
        said = {
            "label": _("Where exactly"),
            "help_text": _("Latitude and longitude from a map, such as 52.5145, 13.3501. Whoever is near finds it."),
            "max_length": 60,
            "required": False,
        }
        super().__init__(**{**said, **kwargs})

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        point = point_of(text)
        if point is None:
            raise forms.ValidationError(self.error_messages["not_a_pair"], code="not_a_pair")
        return point

    def run_validators(self, value: Any) -> None:
        """Nothing is left to check: length was bounded by the pattern."""

    def prepare_value(self, value: Any) -> Any:
        return f"{value.latitude:.5f}, {value.longitude:.5f}" if isinstance(value, Point) else value


class NearField(forms.CharField):
    """A town, or a point; cleaned to a `Point` or None. `time_zone` tells towns of one name apart."""

    time_zone = ""

    def __init__(self, **kwargs: Any) -> None:
        said = {"label": _("Near a town, or latitude and longitude"), "max_length": 60}
        super().__init__(required=False, **{**said, **kwargs})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        point = point_of(text)
        town = None if point else town_named(text, time_zone=self.time_zone)
        if point is None and town is None:
            raise forms.ValidationError(_("We do not know this town. Try a bigger one close by."), code="unknown_town")
        return point or (town.point if town else None)


class WithSpot(forms.Form):
    """A form in which a point may be said; `instance` is the placed row."""

    spot = SpotField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("spot", getattr(self, "instance").spot)  # noqa: B009 - of the model form beside it

    def spot_said(self) -> dict[str, float | None]:
        """Return the point as services want it."""
        point: Point | None = self.cleaned_data["spot"]
        return {"latitude": point.latitude if point else None, "longitude": point.longitude if point else None}
