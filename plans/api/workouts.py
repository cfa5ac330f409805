"""Taking over workouts from a phone's health store (docs/health-stores.md)."""

from datetime import timedelta
from typing import Any, cast

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from core import clock
from core.api import PresentedSerializer, ProblemFieldSerializer, ProblemSerializer
from core.permissions import Members
from library.models import ExerciseType
from plans.models.templates import Intensity
from plans.services.workouts import Said, Taken, Workout, take_workouts
from plans.stores.kinds import KINDS, kind_of

MOST, LONGEST = 100, 24 * 3600
RUN = {
    "source": "apple_health",
    "external_id": "5F0B2A54-4C0A-4C39-8F8E-7D2C7F3C7F10",
    "type": "HKWorkoutActivityTypeRunning",
    "started_at": "2026-03-10T06:30:00Z",
    "ended_at": "2026-03-10T07:02:10Z",
    "active_seconds": 1860,
    "distance_m": 5120,
}
EXAMPLE = OpenApiExample("A run of this morning", value={"items": [RUN]}, request_only=True)


class WorkoutSerializer(serializers.Serializer[Any]):
    """A workout as the store has it. `exercise_type` where its `type` says too little, `intensity` if the app asked."""

    source = serializers.ChoiceField(choices=sorted(KINDS))  # type: ignore[assignment]
    external_id = serializers.CharField(max_length=100)
    type = serializers.CharField(max_length=80)
    exercise_type = serializers.SlugField(required=False)
    intensity = serializers.ChoiceField(choices=Intensity.choices, required=False)
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()
    active_seconds = serializers.IntegerField(min_value=1, max_value=LONGEST, required=False)
    distance_m = serializers.IntegerField(min_value=0, max_value=1_000_000, required=False, allow_null=True)
    time_zone = serializers.CharField(max_length=64, required=False, allow_blank=True)


class WorkoutsSerializer(serializers.Serializer[Any]):
    items = WorkoutSerializer(many=True, min_length=1, max_length=MOST)  # type: ignore[call-arg]

    def validate_items(self, items: list[dict[str, Any]]) -> list[Workout]:
        kinds = {kind.slug: kind for kind in ExerciseType.objects.visible_to(self.context["request"].user)}
        lacks = [_lacks(item, kinds) for item in items]
        if any(lacks):
            raise serializers.ValidationError(lacks)
        return [_workout(item, kinds) for item in items]


class TakenSerializer(PresentedSerializer[Taken]):
    """What became of it: `made`, `changed`, `unchanged`, or `refused` with its code and the fields at fault."""

    outcome = serializers.ChoiceField(choices=["made", "changed", "unchanged", "refused"], read_only=True)
    log = serializers.UUIDField(read_only=True, allow_null=True)
    code = serializers.SerializerMethodField()
    errors = serializers.SerializerMethodField()  # type: ignore[assignment]

    def get_code(self, taken: Taken) -> str:
        return taken.why.code if taken.why else ""

    @extend_schema_field(ProblemFieldSerializer(many=True))
    def get_errors(self, taken: Taken) -> list[dict[str, str]]:
        why = taken.why
        return [{"field": field, "message": str(why.message)} for field in why.fields or ("",)] if why else []


class AllTakenSerializer(PresentedSerializer[Any]):
    items = TakenSerializer(many=True, read_only=True)


class Workouts(APIView):
    """What a health store knows."""

    permission_classes = [Members]

    @extend_schema(
        tags=["logs"],
        operation_id="imports_workouts_create",
        request=WorkoutsSerializer,
        responses={200: AllTakenSerializer, 400: ProblemSerializer},
        examples=[EXAMPLE],
    )
    def post(self, request: Request) -> Response:
        """Take over workouts, each one log under the store's name for it. The same again changes nothing."""
        form = WorkoutsSerializer(data=request.data, context={"request": request})
        form.is_valid(raise_exception=True)
        person, workouts = cast("User", request.user), form.validated_data["items"]
        taken = take_workouts(person=person, workouts=workouts, now=clock.now())
        return Response(AllTakenSerializer({"items": taken}).data)


def _lacks(item: dict[str, Any], kinds: dict[str, ExerciseType]) -> dict[str, list[str]]:
    """Return what a workout does not say so that it could be noted, by field."""
    if _slug(item) not in kinds:
        return {"exercise_type": [_("Say what kind of movement it was.")]}
    if not timedelta() < item["ended_at"] - item["started_at"] <= timedelta(seconds=LONGEST):
        return {"ended_at": [_("Between one minute and a day.")]}
    return {}


def _slug(item: dict[str, Any]) -> str:
    kind = kind_of(item["source"], item["type"])
    return str(item.get("exercise_type") or (kind.slug if kind else ""))


def _workout(item: dict[str, Any], kinds: dict[str, ExerciseType]) -> Workout:
    usual = kind_of(item["source"], item["type"])
    seconds = item.get("active_seconds") or (item["ended_at"] - item["started_at"]).total_seconds()
    said = Said(
        exercise_type=kinds[_slug(item)],
        minutes=max(1, round(seconds / 60)),
        intensity=item.get("intensity") or (usual.effort if usual else Intensity.MODERATE),
        distance_m=item.get("distance_m") or None,
        started_at=item["started_at"],
        done_at=item["ended_at"],
    )
    zone = item.get("time_zone", "")
    return Workout(source=item["source"], external_id=item["external_id"], said=said, time_zone=zone)
