"""What the API takes. Related rows are found only among those that the person may see."""

from datetime import time
from typing import Any, cast

from django.core.exceptions import ValidationError
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import PresentedSerializer
from library.models import ExerciseType
from plans.api.serializers import CueSerializer
from plans.models import Enrollment, PlanTemplate, Session, SessionLog
from plans.models.templates import Intensity


class VisibleField(serializers.SlugRelatedField[Any]):
    """Takes a slug, UUID or id; what the person may not see is answered as if it did not exist."""

    def __init__(self, model: Any, slug_field: str, *, bringing: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.model, self.bringing = model, bringing
        super().__init__(slug_field=slug_field, **kwargs)

    def get_queryset(self) -> Any:
        rows = self.model.objects.visible_to(self.context["request"].user)
        return rows.select_related(*self.bringing) if self.bringing else rows

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str | int) or isinstance(data, bool):
            self.fail("invalid")
        try:
            return super().to_internal_value(data)
        except (OverflowError, ValidationError):
            self.fail("does_not_exist", slug_name=self.slug_field, value=str(data))


@extend_schema_field(serializers.SlugField)
class SlugField(VisibleField):
    pass


@extend_schema_field(serializers.SlugField)
class OneOfFewField(VisibleField):
    """Takes the slug of one of few, as the library's are: all are read once, however often a document names one."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str | int) or isinstance(data, bool):
            self.fail("invalid")
        few = cast("dict[str, Any]", self.context).setdefault("few", {})  # of the whole document
        if self.model not in few:
            few[self.model] = {getattr(row, self.slug_field): row for row in self.get_queryset()}
        if str(data) not in few[self.model]:
            self.fail("does_not_exist", slug_name=self.slug_field, value=str(data))
        return few[self.model][str(data)]


@extend_schema_field(serializers.UUIDField)
class UuidField(VisibleField):
    pass


@extend_schema_field(serializers.IntegerField)
class IdField(VisibleField):
    pass


class FollowingChangeSerializer(PresentedSerializer[Any]):
    """Days, times and words of a plan; what is left out stays.

    With `times_a_week` any day will do, and the cues only remind: there may be none. Null: the cues are the days.
    """

    starts_on = serializers.DateField()
    cues = CueSerializer(many=True, required=False)
    times_a_week = serializers.IntegerField(min_value=1, max_value=14, required=False, allow_null=True)
    when_text = serializers.CharField(max_length=200)
    then_text = serializers.CharField(max_length=200)
    obstacle_text = serializers.CharField(max_length=200, required=False, allow_blank=True)
    instead_text = serializers.CharField(max_length=200, required=False, allow_blank=True)

    def validate_cues(self, cues: list[dict[str, Any]]) -> list[tuple[int, time]]:
        return [(cue["weekday"], cue["at_time"]) for cue in cues]


class FollowSerializer(FollowingChangeSerializer):
    """Start following a plan.

    Before the first vigorous plan `readiness/` wants an answer (`readiness_needed`); after a yes, `has_asked`.
    """

    template = SlugField(PlanTemplate, "slug")
    has_asked = serializers.BooleanField(required=False)


class LogChangeSerializer(PresentedSerializer[Any]):
    """What may be changed in a log; what is left out stays. A `guess` may be repeated, not changed (`guess_locked`)."""

    exercise_type = SlugField(ExerciseType, "slug", required=False)
    minutes = serializers.IntegerField(min_value=1, max_value=1440)
    intensity = serializers.ChoiceField(choices=Intensity.choices)
    is_floor = serializers.BooleanField(required=False)
    title = serializers.CharField(max_length=80, required=False, allow_blank=True)
    distance_m = serializers.IntegerField(min_value=1, max_value=1_000_000, required=False, allow_null=True)
    guess = serializers.IntegerField(min_value=1, max_value=7, required=False, allow_null=True)
    mood_before = serializers.IntegerField(min_value=1, max_value=7, required=False, allow_null=True)
    mood_after = serializers.IntegerField(min_value=1, max_value=7, required=False, allow_null=True)
    mastery = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    pleasure = serializers.IntegerField(min_value=0, max_value=10, required=False, allow_null=True)
    setting = serializers.ChoiceField(choices=SessionLog.Setting.choices, required=False, allow_blank=True)
    company = serializers.ChoiceField(choices=SessionLog.Company.choices, required=False, allow_blank=True)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    done_at = serializers.DateTimeField(required=False)


class NewLogSerializer(LogChangeSerializer):
    """Note something done. `uuid` made by the client: sending twice makes one row.

    With the `uuid` of a beginning it takes over step, start and guess. A step lends its minutes and effort.
    """

    minutes = serializers.IntegerField(min_value=1, max_value=1440, required=False)
    intensity = serializers.ChoiceField(choices=Intensity.choices, required=False)
    uuid = serializers.UUIDField(required=False)
    started_at = serializers.DateTimeField(required=False)
    time_zone = serializers.CharField(max_length=64, required=False)
    enrollment = UuidField(Enrollment, "uuid", bringing=("template",), required=False, allow_null=True)
    session = IdField(Session, "pk", bringing=("week__template", "exercise_type"), required=False, allow_null=True)
