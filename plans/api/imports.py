"""Bringing in a file over the API: a preview, or a log at once."""

from typing import Any, cast

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, PolymorphicProxySerializer, extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ProblemSerializer
from core.permissions import Members
from core.uploads import take
from core.visibility import get_still
from library import dose
from library.forms import DoseForm
from library.models import Citation, ExerciseType
from plans.api.inputs import LogChangeSerializer
from plans.api.serializers import LogSerializer
from plans.brought import Brought
from plans.imports.summary import MAX_BYTES
from plans.imports.words import REFUSALS
from plans.models import SessionLog
from plans.models.templates import Intensity
from plans.services.imports import already_noted, log_brought, read_file
from plans.uploads import InMemory


class ImportSerializer(LogChangeSerializer):
    """A GPX, TCX or FIT file of at most 10 MB. With `save=1` whatever a log takes may come with it.

    `age` is for reading the effort from the file's heart rate, once the sources of the zones are checked.
    Neither is kept.
    """

    minutes = None  # type: ignore[assignment]  # the file says so, as when it was
    done_at = None  # type: ignore[assignment]
    file = serializers.FileField(allow_empty_file=True)
    age = serializers.IntegerField(required=False, min_value=DoseForm.LEAST_AGE, max_value=DoseForm.MOST_AGE)
    intensity = serializers.ChoiceField(choices=Intensity.choices, required=False)

    def validate_file(self, upload: Any) -> bytes:
        if upload.size > MAX_BYTES:
            raise serializers.ValidationError(REFUSALS["large"], code="large")
        data: bytes = upload.read()
        return data


class ImportPreviewSerializer(PresentedSerializer[Brought]):
    """What the file sums up to, in the names of a log. Nothing of it has been stored."""

    uuid = serializers.UUIDField(read_only=True)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]
    external_id = serializers.CharField(read_only=True)
    exercise_type = serializers.CharField(source="kind", read_only=True, help_text="Empty: ask the person.")
    started_at = serializers.DateTimeField(read_only=True)
    done_at = serializers.DateTimeField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    distance_m = serializers.IntegerField(read_only=True, allow_null=True)
    intensity = serializers.CharField(read_only=True, help_text="Empty: ask by the talk test.")
    is_noted = serializers.SerializerMethodField()

    def get_is_noted(self, brought: Brought) -> bool:
        """Whether a log with this `uuid` is there already, from the same file."""
        return already_noted(self.context["request"].user, brought) is not None


NOTED = "With `save=1`: the log that was made of it."
NOTHING_NEW = OpenApiResponse(
    PolymorphicProxySerializer("ImportReply", [ImportPreviewSerializer, LogSerializer], resource_type_field_name=None),
    "What the file sums up to. With `save=1`: the log that the same file was noted as before, as it is now.",
)


class Imports(APIView):
    """Bring in an activity. The file stays in memory for as long as the request."""

    permission_classes = [Members]
    parser_classes = [MultiPartParser]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        take(request, InMemory(request))
        return super().dispatch(request, *args, **kwargs)

    @extend_schema(
        tags=["logs"],
        operation_id="imports_create",
        request={"multipart/form-data": ImportSerializer},
        parameters=[OpenApiParameter("save", {"type": "string", "enum": ["1"]}, description="Note it at once.")],
        responses={200: NOTHING_NEW, 201: OpenApiResponse(LogSerializer, NOTED), 400: ProblemSerializer},
    )
    def post(self, request: Request) -> Response:
        person, now, context = cast("User", request.user), clock.now(), {"request": request}
        form = ImportSerializer(data=request.data, context=context)
        form.is_valid(raise_exception=True)
        data, age, felt = _apart(person, form.validated_data)
        brought = read_file(person=person, data=data, age=age, now=now)
        if request.query_params.get("save") != "1":
            return Response(ImportPreviewSerializer(brought, context=context).data)
        is_new = already_noted(person, brought) is None
        log = log_brought(person=person, now=now, brought=brought, **_completed(person, brought, felt))
        shown = get_still(SessionLog.objects.visible_to(person).with_details(person), log)
        return Response(LogSerializer(shown).data, status=status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)


def _apart(person: User, values: dict[str, Any]) -> tuple[bytes, int | None, dict[str, Any]]:
    """Return file, age (if it may be used) and what the person says of it."""
    felt = dict(values)
    data, age = felt.pop("file"), felt.pop("age", None)
    has_zones = Citation.objects.visible_to(person).has_checked(*dose.HEART_RATE_SOURCES)
    return data, age if has_zones else None, felt


def _completed(person: User, brought: Brought, felt: dict[str, Any]) -> dict[str, Any]:
    """Fill in kind and effort from the file where the person said nothing; an effort nobody knows is asked for."""
    kind = ExerciseType.objects.visible_to(person).filter(slug=brought.kind).first()
    completed = {"exercise_type": kind, "intensity": brought.intensity, **felt}
    if not completed["intensity"]:
        raise serializers.ValidationError({"intensity": [serializers.Field.default_error_messages["required"]]})
    return completed
