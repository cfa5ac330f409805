"""What a list of groups or events is narrowed to: the same as on the page, refused in the same way."""

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request

from core.api import cleaned
from groups.finding import Wish
from groups.forms.finding import KM, WishForm
from groups.models import Event, Group

WISH = [
    OpenApiParameter("words", str, description="Words of the name, the place or the description."),
    OpenApiParameter("kind", str, enum=Group.Kind.values),
    OpenApiParameter("near", str, description="A town, or latitude and longitude (`52.51, 13.35`)."),
    OpenApiParameter("km", int, enum=[km for km, _ in KM], description="How far away at most."),
    OpenApiParameter("setting", str, enum=Event.Setting.values),
    OpenApiParameter("day", OpenApiTypes.DATE, description="A day at the place."),
    OpenApiParameter("newcomers", bool, description="Only what is good for a first time."),
]


def wish_of(request: Request) -> Wish:
    """Return what is looked for, if anything. Raises ValidationError, naming the parameter, for what makes no sense."""
    if WishForm.base_fields.keys().isdisjoint(request.query_params):
        return Wish()
    form = WishForm(request.query_params, time_zone=getattr(request.user, "time_zone", ""))
    cleaned(form)
    return form.wish()
