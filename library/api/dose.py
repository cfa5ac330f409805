"""The dose: its constants, what is known of it, and the sum of a week."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.api import PresentedSerializer, ProblemSerializer, cleaned, refused_example
from core.permissions import Anyone
from library import dose
from library.api.serializers import CitationSerializer
from library.forms import DoseForm, dose_target_of
from library.models import Citation
from library.pages import dose_page


class BandSerializer(serializers.Serializer[dose.Band]):
    """A stretch of the scale, both ends included; `last` None means no end."""

    key = serializers.ChoiceField(choices=[band.key for band in dose.BANDS], read_only=True)
    first = serializers.IntegerField(read_only=True)
    last = serializers.IntegerField(read_only=True, allow_null=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]


class EffortSerializer(serializers.Serializer[dose.Effort]):
    key = serializers.ChoiceField(choices=list(dose.EFFORTS), read_only=True)
    name = serializers.CharField(read_only=True)
    talk = serializers.CharField(read_only=True)


class StatementSerializer(PresentedSerializer[Any]):
    """`sources` are keys of sources; `grade` is None for a note on method."""

    text = serializers.CharField(read_only=True)
    grade = serializers.CharField(read_only=True, allow_null=True)
    sources = serializers.SerializerMethodField()

    def get_sources(self, statement: Any) -> list[str]:
        return [source.citation.key for source in statement.sources]


class GuidelineSerializer(serializers.Serializer[Any]):
    """Minutes are per week. A vigorous minute counts `vigorous_factor` times; light ones are never converted.

    Above `rest_offered_above_minutes` rest is offered, in a neutral tone and never with praise.
    """

    target_minutes = serializers.IntegerField(read_only=True)
    upper_minutes = serializers.IntegerField(read_only=True)
    vigorous_target_minutes = serializers.IntegerField(read_only=True)
    vigorous_upper_minutes = serializers.IntegerField(read_only=True)
    half_dose_minutes = serializers.IntegerField(read_only=True)
    habit_minutes = serializers.IntegerField(read_only=True)
    rest_offered_above_minutes = serializers.IntegerField(read_only=True)
    vigorous_factor = serializers.IntegerField(read_only=True)
    sessions_beside_min = serializers.IntegerField(read_only=True)
    sessions_beside_max = serializers.IntegerField(read_only=True)
    bands = BandSerializer(many=True, read_only=True)
    efforts = EffortSerializer(many=True, read_only=True)
    statements = StatementSerializer(many=True, read_only=True)
    notes = StatementSerializer(many=True, read_only=True)
    sources = CitationSerializer(many=True, read_only=True)
    reviewed_on = serializers.DateField(read_only=True)


class ZoneSerializer(serializers.Serializer[Any]):
    """Beats a minute, estimated from age alone, give or take ten."""

    effort = serializers.ChoiceField(choices=list(dose.EFFORTS), read_only=True)
    low = serializers.IntegerField(read_only=True)
    high = serializers.IntegerField(read_only=True)


class WeekDoseSerializer(serializers.Serializer[dose.Week]):
    """`minutes` are moderate-equivalent, `percent` is of the target and stops at 100."""

    minutes = serializers.IntegerField(read_only=True)
    light_minutes = serializers.IntegerField(read_only=True)
    target = serializers.IntegerField(read_only=True)
    percent = serializers.IntegerField(read_only=True)
    strength_sessions = serializers.IntegerField(read_only=True)
    mindful_sessions = serializers.IntegerField(read_only=True)
    sessions_beside = serializers.IntegerField(read_only=True)
    band = serializers.ChoiceField(choices=[band.key for band in dose.BANDS], read_only=True)
    band_label = serializers.CharField(read_only=True)
    is_over_ceiling = serializers.BooleanField(read_only=True)


class CalculatedSerializer(serializers.Serializer[Any]):
    """`zones` is empty without an age, and until the sources of the zones have been checked."""

    week = WeekDoseSerializer(read_only=True)
    zones = ZoneSerializer(many=True, read_only=True)


class DoseView(APIView):
    """The dose as constants, and what is known of it."""

    permission_classes = [Anyone]

    @extend_schema(tags=["dose"], operation_id="dose_retrieve", responses=GuidelineSerializer)
    def get(self, request: Request) -> Response:
        page = dose_page(Citation.objects.visible_to(request.user).filter(key__in=dose.cited_keys()))
        body = {
            "target_minutes": dose.TARGET_MINUTES,
            "upper_minutes": dose.UPPER_MINUTES,
            "vigorous_target_minutes": dose.VIGOROUS_TARGET_MINUTES,
            "vigorous_upper_minutes": dose.VIGOROUS_UPPER_MINUTES,
            "half_dose_minutes": dose.HALF_DOSE_MINUTES,
            "habit_minutes": dose.HABIT_MINUTES,
            "rest_offered_above_minutes": dose.CEILING_MINUTES,
            "vigorous_factor": dose.VIGOROUS_FACTOR,
            "sessions_beside_min": dose.BESIDE_MIN,
            "sessions_beside_max": dose.BESIDE_MAX,
            "bands": dose.BANDS,
            "efforts": dose.EFFORTS.values(),
            "statements": page.statements.values(),
            "notes": page.notes,
            "sources": [source.citation for source in page.sources],
            "reviewed_on": dose.reviewed_on(),
        }
        return Response(GuidelineSerializer(body).data)


def _count(name: str, most: int) -> OpenApiParameter:
    return OpenApiParameter(name, {"type": "integer", "minimum": 0, "maximum": most, "default": 0})


QUERY = [
    *(_count(name, dose.MINUTES_IN_A_WEEK) for name in dose.EFFORTS),
    *(_count(name, DoseForm.MOST_SESSIONS) for name in ("strength", "mindful")),
    OpenApiParameter(
        "target",
        {"type": "integer", "minimum": DoseForm.LEAST_TARGET, "maximum": DoseForm.MOST_TARGET},
        description="The person's own weekly target; a member's own without it.",
    ),
    OpenApiParameter(
        "age",
        {"type": "integer", "minimum": DoseForm.LEAST_AGE, "maximum": DoseForm.MOST_AGE},
        description="For heart-rate zones. Not kept.",
    ),
]
EXAMPLES = [
    OpenApiExample(
        "Brisk walks and two runs",
        summary="moderate=100&vigorous=25&light=60&age=40",
        value={
            "week": {
                "minutes": 150,
                "light_minutes": 60,
                "target": 150,
                "percent": 100,
                "strength_sessions": 0,
                "mindful_sessions": 0,
                "sessions_beside": 0,
                "band": "guideline",
                "band_label": "Within the guideline range",
                "is_over_ceiling": False,
            },
            "zones": [{"effort": "moderate", "low": 115, "high": 137}],
        },
        response_only=True,
        status_codes=["200"],
    ),
    refused_example("More minutes than a week has", field="moderate", message="A week has 10080 minutes."),
]


class DoseOfAWeekView(APIView):
    """What a week adds up to. Nothing of it is kept."""

    permission_classes = [Anyone]

    @extend_schema(
        tags=["dose"],
        operation_id="dose_calculate",
        parameters=QUERY,
        responses={200: CalculatedSerializer, 400: ProblemSerializer},
        examples=EXAMPLES,
    )
    def get(self, request: Request) -> Response:
        viewer = request.user
        has_zones = Citation.objects.visible_to(viewer).has_checked(*dose.HEART_RATE_SOURCES)
        form = DoseForm(request.query_params, target=dose_target_of(viewer), has_zones=has_zones)
        cleaned(form)
        zones = [{"effort": effort.key, "low": low, "high": high} for effort, (low, high) in form.zones()]
        return Response(CalculatedSerializer({"week": form.week(), "zones": zones}).data)
