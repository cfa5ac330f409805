"""My last weeks, over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.api import PresentedSerializer
from core.permissions import Members
from plans.api.serializers import DoseSerializer, RestNoteSerializer
from plans.rest import rest_note_for
from plans.week import last_weeks


class PastWeekSerializer(DoseSerializer):
    has_something = serializers.BooleanField(read_only=True)


class LastWeeksSerializer(PresentedSerializer[Any]):
    """The last twelve weeks, this one first. `with_something` counts those in which anything was done."""

    weeks = PastWeekSerializer(many=True, read_only=True)
    with_something = serializers.IntegerField(read_only=True)
    rest_note = RestNoteSerializer(read_only=True, allow_null=True)


class WeeksView(APIView):
    permission_classes = [Members]

    @extend_schema(tags=["calendar"], operation_id="weeks_retrieve", responses=LastWeeksSerializer)
    def get(self, request: Request) -> Response:
        """My last twelve weeks."""
        person: Any = request.user
        now = clock.now()
        weeks = last_weeks(person, now=now)
        found = {"weeks": weeks, "with_something": sum(week.has_something for week in weeks)}
        return Response(LastWeeksSerializer(found | {"rest_note": rest_note_for(person, now=now)}).data)
