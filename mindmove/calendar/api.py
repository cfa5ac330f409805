"""My calendar, for apps."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock
from core.api import PresentedSerializer, ProblemSerializer, cleaned, refused_example
from core.permissions import Members
from groups.api.serializers import SLUG
from groups.models import Rsvp
from mindmove.calendar.days import MOST_DAYS, days_between, is_in_reach
from plans.models.templates import Intensity


class CalendarLogSerializer(PresentedSerializer[Any]):
    uuid = serializers.UUIDField(read_only=True)
    title = serializers.SerializerMethodField()
    exercise_type = serializers.SlugField(source="exercise_type.slug", read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    intensity = serializers.ChoiceField(choices=Intensity.choices, read_only=True)
    is_floor = serializers.BooleanField(read_only=True)

    def get_title(self, log: Any) -> str:
        return str(log.title or (log.session.title if log.session else log.exercise_type.name))


class PlannedStepSerializer(PresentedSerializer[Any]):
    """`planned_on` is the day of the plan; it differs from the day it stands on when it was moved."""

    enrollment = serializers.UUIDField(source="enrollment.uuid", read_only=True)
    session = serializers.IntegerField(source="session.pk", read_only=True)
    title = serializers.CharField(source="session.title", read_only=True)
    minutes = serializers.IntegerField(source="session.minutes", read_only=True)
    at_time = serializers.TimeField(read_only=True, allow_null=True)
    planned_on = serializers.DateField(read_only=True)
    is_moved = serializers.BooleanField(read_only=True)


class MeetingSerializer(PresentedSerializer[Any]):
    """An event that the caller comes to, may come to, or has a place in line for."""

    uuid = serializers.UUIDField(source="event.uuid", read_only=True)
    title = serializers.CharField(source="event.title", read_only=True)
    group = serializers.CharField(source="event.group.slug", read_only=True, **SLUG)
    group_uuid = serializers.UUIDField(source="event.group.uuid", read_only=True)
    starts_at = serializers.DateTimeField(source="event.starts_at", read_only=True)
    answer = serializers.ChoiceField(choices=Rsvp.Status.choices, source="answer.status", read_only=True)


class CalendarDaySerializer(PresentedSerializer[Any]):
    """`rests` are enrollments that rest on this day; on a paused day nothing is planned."""

    on = serializers.DateField(read_only=True)
    is_paused = serializers.BooleanField(read_only=True)
    logs = CalendarLogSerializer(many=True, read_only=True)
    planned = PlannedStepSerializer(many=True, read_only=True)
    events = MeetingSerializer(source="meetings", many=True, read_only=True)
    rests = serializers.SerializerMethodField()

    def get_rests(self, day: Any) -> list[str]:
        return [str(rest.enrollment.uuid) for rest in day.rests]


class AnyDaySerializer(PresentedSerializer[Any]):
    """Steps for a week in which any day will do."""

    enrollment = serializers.UUIDField(source="enrollment.uuid", read_only=True)
    first_on = serializers.DateField(read_only=True)
    last_on = serializers.DateField(read_only=True)
    sessions = serializers.SerializerMethodField()

    def get_sessions(self, steps: Any) -> list[int]:
        return [session.pk for session in steps.sessions]


class CalendarSerializer(PresentedSerializer[Any]):
    days = CalendarDaySerializer(many=True, read_only=True)
    any_day = AnyDaySerializer(many=True, read_only=True)


class StretchForm(forms.Form):
    """From a day to a day, both included."""

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data)
        self.today = today
        self.fields["from"] = forms.DateField()
        self.fields["to"] = forms.DateField()

    def clean_from(self) -> date:
        return self._in_reach("from")

    def clean_to(self) -> date:
        last = self._in_reach("to")
        first = self.cleaned_data.get("from")
        if first and not first <= last < first + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(_("Choose up to %(n)d days.") % {"n": MOST_DAYS})
        return last

    def _in_reach(self, name: str) -> date:
        day: date = self.cleaned_data[name]
        if not is_in_reach(day, self.today):
            raise forms.ValidationError(_("The calendar does not lead there."))
        return day


class CalendarView(APIView):
    permission_classes = [Members]

    @extend_schema(
        tags=["calendar"],
        operation_id="calendar_retrieve",
        parameters=[
            OpenApiParameter(
                "from", date, required=True, description=f"First day. From it to the last at most {MOST_DAYS} days.",
                examples=[OpenApiExample("A Monday", value="2026-11-23")],
            ),
            OpenApiParameter("to", date, required=True, description="Last day, included."),
        ],
        responses={200: CalendarSerializer, 400: ProblemSerializer},
        examples=[refused_example("Too long a stretch", field="to", message="Choose up to 62 days.")],
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """What I did, what my plans put ahead, and the events I come to: my own days, in my own zone."""
        person: Any = request.user
        now = clock.now()
        asked = cleaned(StretchForm(request.query_params, today=clock.local_day(now, person.time_zone)))
        days, any_day = days_between(person, first=asked["from"], last=asked["to"], now=now)
        return Response(CalendarSerializer({"days": days, "any_day": any_day}).data)
