"""Beginning something and guessing how it will feel; noting it is `logs/` with the same `uuid`."""

from typing import Any, cast

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers, status
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ProblemSerializer, ScopedViewSet
from core.permissions import Members
from library.models import ExerciseType
from plans.api.inputs import BroughtSlugField, OfStepSerializer
from plans.models import Beginning
from plans.services.beginnings import begin, let_go

EXAMPLE = OpenApiExample(
    "A step of a plan, begun offline",
    value={
        "uuid": "8f1d6c1e-5a3b-4a44-9f0e-0d6b8f0c2a11",
        "enrollment": "0b6a7c52-6a0e-4f8e-9f63-6c2a5d7a1b90",
        "session": 12,
        "guess": 3,
        "mood_before": 2,
        "started_at": "2026-03-10T17:30:00Z",
    },
    request_only=True,
)


class BeginningSerializer(PresentedSerializer[Beginning]):
    """Something begun and not noted yet."""

    uuid = serializers.UUIDField(read_only=True)
    enrollment = serializers.UUIDField(source="enrollment.uuid", read_only=True, allow_null=True, default=None)
    session = serializers.IntegerField(source="session_id", read_only=True, allow_null=True)
    exercise_type = serializers.SlugField(source="exercise_type.slug", read_only=True)
    is_floor = serializers.BooleanField(read_only=True)
    guess = serializers.IntegerField(read_only=True, allow_null=True)
    mood_before = serializers.IntegerField(read_only=True, allow_null=True)
    started_at = serializers.DateTimeField(read_only=True)


class NewBeginningSerializer(OfStepSerializer):
    """What begins. The first guess counts: the same `uuid` again changes nothing.

    A step that is no more, or a plan that is no more followed, is left out.
    """

    uuid = serializers.UUIDField(required=False)
    exercise_type = BroughtSlugField(ExerciseType, "slug", by="kind_said", required=False)
    is_floor = serializers.BooleanField(required=False)
    guess = serializers.IntegerField(min_value=1, max_value=7, required=False, allow_null=True)
    mood_before = serializers.IntegerField(min_value=1, max_value=7, required=False, allow_null=True)
    started_at = serializers.DateTimeField(required=False)


class Beginnings(ListModelMixin, RetrieveModelMixin, ScopedViewSet):
    """What I began and have not noted yet, of the last 24 hours."""

    permission_classes = [Members]
    serializer_class = BeginningSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return Beginning.objects.visible_to(self.request.user).still_open(clock.now()).with_step()

    @extend_schema(
        request=NewBeginningSerializer,
        responses={201: BeginningSerializer, 409: ProblemSerializer, 410: ProblemSerializer},
        examples=[EXAMPLE],
    )
    def create(self, request: Request) -> Response:
        """Begin. What is noted already under this `uuid` is answered with 409 `already_noted`."""
        form = NewBeginningSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        begun = begin(person=cast("User", request.user), now=clock.now(), **form.validated_data)
        return Response(BeginningSerializer(begun).data, status=status.HTTP_201_CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, uuid: str) -> Response:
        """Not this time."""
        let_go(person=cast("User", request.user), beginning=self.get_object())
        return Response(status=status.HTTP_204_NO_CONTENT)
