"""What is told of plans, and of following one."""

from rest_framework import serializers

from library.api.serializers import Names
from mindmove.sync.shapes.base import Shape
from plans.api.following import DayChangeSerializer
from plans.api.serializers import EnrollmentSerializer
from plans.api.turns import TurnSerializer
from plans.models import Contraindication, Enrollment, Growth, PlanTemplate, Session, Week
from plans.models.templates import Intensity


class CautionShape(Shape[Contraindication]):
    texts = ("text",)


class StepShape(Shape[Session]):
    """One step. `id` is what a log names as its `session`."""

    texts = ("title", "instruction", "floor")
    id = serializers.IntegerField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    exercise_type = serializers.SlugField(source="exercise_type.slug", read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    intensity = serializers.ChoiceField(choices=Intensity.choices, read_only=True)
    floor_minutes = serializers.IntegerField(read_only=True)
    day = serializers.IntegerField(read_only=True, allow_null=True)
    amount = serializers.DecimalField(max_digits=6, decimal_places=2, read_only=True, allow_null=True)
    unit = serializers.ChoiceField(choices=Session.Unit.choices, read_only=True, allow_blank=True)
    mechanisms = Names("slug", source="shown_mechanisms")


class WeekShape(Shape[Week]):
    texts = ("focus",)
    number = serializers.IntegerField(read_only=True)
    sessions = StepShape(source="shown_sessions", many=True, read_only=True)


class PlanTemplateShape(Shape[PlanTemplate]):
    """A plan with its weeks, and how its pace is found; `is_own`: I made it."""

    texts = ("title", "goal", "audience", "progression_rule", "gap_rule", "evidence_note")
    slug = serializers.SlugField(read_only=True)
    is_own = serializers.BooleanField(read_only=True)
    is_published = serializers.BooleanField(read_only=True)
    weeks = serializers.IntegerField(read_only=True)
    sessions_min = serializers.IntegerField(read_only=True)
    sessions_max = serializers.IntegerField(read_only=True)
    duration_days = serializers.IntegerField(read_only=True, allow_null=True)
    growth = serializers.ChoiceField(choices=Growth.choices, read_only=True)
    move_on_percent = serializers.IntegerField(read_only=True)
    small_after_days = serializers.IntegerField(read_only=True)
    repeat_after_days = serializers.IntegerField(read_only=True)
    back_after_days = serializers.IntegerField(read_only=True)
    restart_after_days = serializers.IntegerField(read_only=True)
    needs = Names("slug", source="shown_needs")
    contraindications = CautionShape(source="shown_contraindications", many=True, read_only=True)
    sources = Names("key", source="shown_citations")
    schedule = WeekShape(source="shown_weeks", many=True, read_only=True)


class FollowedShape(EnrollmentSerializer, Shape[Enrollment]):
    """A plan I follow or followed: my days and words, the days I changed, and what I said of the pace."""

    title = None  # type: ignore[assignment]  # the plan's own
    day_changes = DayChangeSerializer(source="shown_day_changes", many=True, read_only=True)
    turns = TurnSerializer(source="shown_turns", many=True, read_only=True)
