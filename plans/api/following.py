"""What the API takes and shows of days, pauses and the question before a vigorous plan."""

from datetime import date
from typing import Any, cast
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import api_view, permission_classes
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ScopedViewSet
from core.permissions import Members
from core.visibility import get_visible
from plans.api.inputs import UuidField
from plans.models import DayChange, Enrollment, Pause, Readiness
from plans.readiness import answer_of
from plans.services.days import move_day, rest_on, undo_change
from plans.services.pauses import end_pause, pause_plans
from plans.services.readiness import answer_readiness


class DayChangeSerializer(PresentedSerializer[DayChange]):
    """A planned day whose step lies on another day; `moved_to` null: it is for rest."""

    planned_on = serializers.DateField(read_only=True)
    moved_to = serializers.DateField(read_only=True, allow_null=True)
    at_time = serializers.TimeField(read_only=True, allow_null=True)


class NewDaySerializer(PresentedSerializer[Any]):
    """Where the step of a planned day goes: a day from today on, within two weeks; null to rest."""

    moved_to = serializers.DateField(allow_null=True)
    at_time = serializers.TimeField(required=False, allow_null=True)


class PauseSerializer(PresentedSerializer[Pause]):
    """A pause of one plan, or of all (`enrollment` null). Both days are part of it; `ends_on` null: until I say."""

    uuid = serializers.UUIDField(read_only=True)
    enrollment = serializers.UUIDField(source="enrollment.uuid", read_only=True, allow_null=True, default=None)
    reason = serializers.ChoiceField(choices=Pause.Reason.choices, read_only=True, allow_blank=True)
    starts_on = serializers.DateField(read_only=True)
    ends_on = serializers.DateField(read_only=True, allow_null=True)


class NewPauseSerializer(PresentedSerializer[Any]):
    """Pause one plan, or all of them, from today."""

    enrollment = UuidField(Enrollment, "uuid", required=False, allow_null=True)
    reason = serializers.ChoiceField(choices=Pause.Reason.choices, required=False, allow_blank=True)
    ends_on = serializers.DateField(required=False, allow_null=True)


class ReadinessSerializer(PresentedSerializer[Any]):
    """Whether any of the reasons to ask a clinician first applies; null while it was not answered."""

    asks_first = serializers.BooleanField(allow_null=True)


class NewReadinessSerializer(PresentedSerializer[Readiness]):
    asks_first = serializers.BooleanField()


@extend_schema(operation_id="enrollments_days_list", methods=["GET"], responses=DayChangeSerializer(many=True))
@api_view(["GET"])
@permission_classes([Members])
def days(request: Request, uuid: str) -> Response:
    """The changed days of a plan I follow or followed."""
    person = cast("User", request.user)
    enrollment = get_visible(Enrollment.objects.all(), person, uuid=uuid)
    changes: Any = DayChange.objects.visible_to(person).filter(enrollment=enrollment).order_by("planned_on")
    return Response(DayChangeSerializer(changes, many=True).data)


PLANNED_ON = OpenApiParameter("planned_on", date, OpenApiParameter.PATH)


@extend_schema(
    operation_id="enrollments_days_update",
    methods=["PUT"],
    parameters=[PLANNED_ON],
    request=NewDaySerializer,
    responses={200: DayChangeSerializer, 204: None},
)
@extend_schema(
    operation_id="enrollments_days_destroy", methods=["DELETE"], parameters=[PLANNED_ON], responses={204: None}
)
@api_view(["PUT", "DELETE"])
@permission_classes([Members])
def day(request: Request, uuid: str, planned_on: Any) -> Response:
    """Put the step of a planned day elsewhere, or rest; DELETE (or its own day) lets it be as planned."""
    person, now = cast("User", request.user), clock.now()
    mine: dict[str, Any] = {
        "person": person,
        "enrollment": get_visible(Enrollment.objects.all(), person, uuid=uuid),
        "planned_on": planned_on,
    }
    change: DayChange | None = None
    if request.method == "DELETE":
        undo_change(**mine)
    else:
        form = NewDaySerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        change = rest_on(**mine, now=now) if values["moved_to"] is None else move_day(**mine, **values, now=now)
    if change is None:
        return Response(status=status.HTTP_204_NO_CONTENT)
    return Response(DayChangeSerializer(change).data)


class Pauses(ListModelMixin, ScopedViewSet):
    """My pauses, the latest first."""

    permission_classes = [Members]
    serializer_class = PauseSerializer
    lookup_value_converter = "uuid"

    def get_queryset(self) -> Any:
        return Pause.objects.visible_to(self.request.user).select_related("enrollment").order_by("-starts_on", "-pk")

    @extend_schema(request=NewPauseSerializer, responses={201: PauseSerializer})
    def create(self, request: Request) -> Response:
        form = NewPauseSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        pause = pause_plans(person=cast("User", request.user), now=clock.now(), **form.validated_data)
        return Response(PauseSerializer(pause).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        parameters=[OpenApiParameter("uuid", UUID, OpenApiParameter.PATH)], request=None, responses={204: None}
    )
    def destroy(self, request: Request, uuid: str) -> Response:
        """Come back today: the pause was until yesterday."""
        end_pause(person=cast("User", request.user), pause=self.get_object(), now=clock.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema(operation_id="readiness_retrieve", methods=["GET"], responses=ReadinessSerializer)
@extend_schema(
    operation_id="readiness_update", methods=["PUT"], request=NewReadinessSerializer, responses=ReadinessSerializer
)
@api_view(["GET", "PUT"])
@permission_classes([Members])
def readiness(request: Request) -> Response:
    """The question before the first vigorous plan; the reasons stand under `/api/v1/safety/` as `ask-first`."""
    person = cast("User", request.user)
    if request.method == "PUT":
        form = NewReadinessSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        answer_readiness(person=person, now=clock.now(), **form.validated_data)
    return Response(ReadinessSerializer({"asks_first": answer_of(person)}).data)
