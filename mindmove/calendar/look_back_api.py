"""A week to look back on, for apps: what the page says, and as little of numbers for who hides them."""

from datetime import date
from typing import Any, cast

from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.api import PresentedSerializer
from core.permissions import Members
from mindmove.calendar.api import AnyDaySerializer, CalendarLogSerializer, MeetingSerializer, PlannedStepSerializer
from mindmove.calendar.look_back import LookBack, Noticed, has_begun, look_back_on
from plans.api.serializers import DoseSerializer


class PastLogSerializer(CalendarLogSerializer):
    """One thing that I did. `minutes` is null for somebody who hides numbers."""

    minutes = serializers.SerializerMethodField()  # type: ignore[assignment]
    local_on = serializers.DateField(read_only=True)

    def get_minutes(self, log: Any) -> int | None:
        return None if self.context["hides"] else log.minutes


class NoticedFindingSerializer(PresentedSerializer[Noticed]):
    """One finding of the last twelve weeks, in words. `figures` is empty for somebody who hides numbers."""

    sentence = serializers.CharField(read_only=True)
    figures = serializers.SerializerMethodField()

    def get_figures(self, noticed: Noticed) -> str:
        return "" if self.context["hides"] else noticed.figures


class DayAheadSerializer(PresentedSerializer[Any]):
    """A day of the week after on which something stands."""

    on = serializers.DateField(read_only=True)
    planned = PlannedStepSerializer(many=True, read_only=True)
    events = MeetingSerializer(source="meetings", many=True, read_only=True)


class LookBackSerializer(PresentedSerializer[LookBack]):
    """A week of mine. `said` and `met` (empty: at no meeting) say in a sentence how it was.

    `dose` is null for somebody who hides numbers. `ahead` and `any_day` are of the week after, while it is not over.
    """

    first_on = serializers.DateField(source="first", read_only=True)
    last_on = serializers.DateField(source="last", read_only=True)
    is_over = serializers.BooleanField(read_only=True)
    said = serializers.CharField(read_only=True)
    met = serializers.CharField(read_only=True)
    logs = PastLogSerializer(many=True, read_only=True)
    dose = serializers.SerializerMethodField()
    noticed = NoticedFindingSerializer(read_only=True, allow_null=True)
    ahead = DayAheadSerializer(many=True, read_only=True)
    any_day = AnyDaySerializer(many=True, read_only=True)

    @extend_schema_field(DoseSerializer(allow_null=True))
    def get_dose(self, week: LookBack) -> Any:
        return None if self.context["hides"] else DoseSerializer(week.dose).data


class LookBackView(APIView):
    permission_classes = [Members]

    @extend_schema(
        tags=["calendar"],
        operation_id="weeks_back_retrieve",
        parameters=[OpenApiParameter("day", date, OpenApiParameter.PATH, description="Any day of the week.")],
        responses=LookBackSerializer,
    )
    def get(self, request: Request, day: date) -> Response:
        """A week of mine to look back on: what I did, one thing my numbers say, and what comes next."""
        person, now = cast("User", request.user), clock.now()
        if not has_begun(person, day, clock.local_day(now, person.time_zone)):
            raise Http404
        week = look_back_on(person, day, now=now)
        return Response(LookBackSerializer(week, context={"hides": person.hides_numbers}).data)
