"""Moving a planned step, resting instead, and my last weeks, over the API."""

from datetime import date
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.api import PresentedSerializer, ProblemSerializer
from core.permissions import Members
from core.visibility import get_visible
from plans.api.serializers import DoseSerializer, RestNoteSerializer
from plans.models import Enrollment
from plans.rest import rest_note_for
from plans.services.days import move_day, rest_on, undo_change
from plans.week import last_weeks


class DayChangeSerializer(serializers.Serializer[Any]):
    """`moved_to`: another day, today or later, within two weeks; null: the day is for rest."""

    moved_to = serializers.DateField(allow_null=True)
    at_time = serializers.TimeField(required=False, allow_null=True, default=None)


class PlannedDayView(APIView):
    """A day of a plan that I follow."""

    permission_classes = [Members]

    @extend_schema(
        tags=["calendar"],
        operation_id="planned_day_change",
        request=DayChangeSerializer,
        responses={204: None, 400: ProblemSerializer},
        examples=[
            OpenApiExample("Another day", value={"moved_to": "2026-11-28", "at_time": "09:00"}, request_only=True),
            OpenApiExample("Rest", value={"moved_to": None}, request_only=True),
        ],
    )
    def put(self, request: Request, uuid: str, day: date) -> Response:
        """Put the step of this day on another, or keep the day for rest."""
        form = DayChangeSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        own: dict[str, Any] = {"person": request.user, "enrollment": _own(request, uuid), "planned_on": day}
        if form.validated_data["moved_to"] is None:
            rest_on(**own, now=clock.now())
        else:
            move_day(**own, **form.validated_data, now=clock.now())
        return Response(status=204)

    @extend_schema(tags=["calendar"], operation_id="planned_day_undo", responses={204: None})
    def delete(self, request: Request, uuid: str, day: date) -> Response:
        """Let the day be as it was planned."""
        person: Any = request.user
        undo_change(person=person, enrollment=_own(request, uuid), planned_on=day)
        return Response(status=204)


class WeekSerializer(DoseSerializer):
    has_something = serializers.BooleanField(read_only=True)


class WeeksSerializer(PresentedSerializer[Any]):
    """The last twelve weeks, this one first. `with_something` counts those in which anything was done."""

    weeks = WeekSerializer(many=True, read_only=True)
    with_something = serializers.IntegerField(read_only=True)
    rest_note = RestNoteSerializer(read_only=True, allow_null=True)


class WeeksView(APIView):
    permission_classes = [Members]

    @extend_schema(tags=["calendar"], operation_id="weeks_retrieve", responses=WeeksSerializer)
    def get(self, request: Request) -> Response:
        """My last twelve weeks."""
        person: Any = request.user
        now = clock.now()
        weeks = last_weeks(person, now=now)
        found = {"weeks": weeks, "with_something": sum(week.has_something for week in weeks)}
        return Response(WeeksSerializer(found | {"rest_note": rest_note_for(person, now=now)}).data)


def _own(request: Request, uuid: str) -> Enrollment:
    return get_visible(Enrollment.objects.active(), request.user, uuid=uuid)
