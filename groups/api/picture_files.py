"""Pictures for programs: their files, and the addresses by which shapes name these."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.views import APIView

from core.api import ProblemSerializer
from core.json_output import JSONOutput
from core.permissions import Anyone
from groups.picture_files import file_for
from groups.reencoding import CONTENT_TYPE

ANSWERS = {(200, CONTENT_TYPE): OpenApiTypes.BINARY, 404: ProblemSerializer}
EXAMPLE = "/api/v1/pictures/7d0a3b52-6f0e-4d8b-9a50-1f6f6f1c2ab4/"


def address_of(uuid: UUID, *, is_small: bool = False) -> str:
    """Return the address of a picture's file on this site: it opens with the credentials of the API."""
    return reverse("api-small-picture" if is_small else "api-picture", args=[uuid])


def address_shape(about: str, *, is_small: bool = False, is_null: bool = False) -> dict[str, Any]:
    """Return how the document of the API describes such an address."""
    return {
        "type": ["string", "null"] if is_null else "string",
        "format": "uri-reference",
        "description": about,
        "examples": [f"{EXAMPLE}small/" if is_small else EXAMPLE],
    }


class WebP(JSONOutput):
    """Lets a program ask for pictures (`Accept: image/webp`, `image/*`). What it has to write is a refusal."""

    media_type = CONTENT_TYPE
    format = "webp"


class PictureFile(APIView):
    permission_classes = [Anyone]
    renderer_classes = [WebP, JSONOutput]

    @extend_schema(tags=["groups"], operation_id="pictures_retrieve", responses=ANSWERS)
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """The picture of a post or a group, for whoever may see that (WebP, at most 1600 points wide and high)."""
        return file_for(request.user, uuid=uuid)


class SmallPictureFile(APIView):
    permission_classes = [Anyone]
    renderer_classes = [WebP, JSONOutput]

    @extend_schema(tags=["groups"], operation_id="pictures_small_retrieve", responses=ANSWERS)
    def get(self, request: Request, uuid: UUID) -> HttpResponse:
        """The same picture for a list (WebP, at most 480 points wide and high)."""
        return file_for(request.user, uuid=uuid, is_small=True)
