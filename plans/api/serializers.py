"""What the API shows of plans. Answers are in the language of the request."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import PresentedSerializer
from library.dose import BANDS
from plans.models import Enrollment, PlanTemplate, Session, SessionLog, Turn, Week
from plans.models.templates import Intensity
from plans.pace import Code
from plans.rest import Reason
from plans.today import Step
from plans.week import Dose


class ReasonSerializer(PresentedSerializer[Any]):
    """A mechanism of the library that says why a session helps."""

    slug = serializers.SlugField(read_only=True)
    name = serializers.CharField(read_only=True)
    one_line = serializers.CharField(read_only=True)
    domain = serializers.SlugField(source="domain.slug", read_only=True)


class SessionSerializer(PresentedSerializer[Session]):
    id = serializers.IntegerField(read_only=True)
    number = serializers.IntegerField(read_only=True)
    exercise_type = serializers.SlugField(source="exercise_type.slug", read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    intensity = serializers.ChoiceField(choices=Intensity.choices, read_only=True)
    title = serializers.CharField(read_only=True)
    instruction = serializers.CharField(read_only=True)
    floor_minutes = serializers.IntegerField(read_only=True)
    floor = serializers.CharField(read_only=True)
    day = serializers.IntegerField(read_only=True, allow_null=True)
    reasons = ReasonSerializer(source="shown_mechanisms", many=True, read_only=True, default=list)


class WeekSerializer(PresentedSerializer[Week]):
    number = serializers.IntegerField(read_only=True)
    focus = serializers.CharField(read_only=True)
    sessions = SessionSerializer(source="shown_sessions", many=True, read_only=True)


class PlanTemplateSerializer(PresentedSerializer[PlanTemplate]):
    slug = serializers.SlugField(read_only=True)
    title = serializers.CharField(read_only=True)
    goal = serializers.CharField(read_only=True)
    audience = serializers.CharField(read_only=True)
    weeks = serializers.IntegerField(read_only=True)
    sessions_min = serializers.IntegerField(read_only=True)
    sessions_max = serializers.IntegerField(read_only=True)
    duration_days = serializers.IntegerField(read_only=True, allow_null=True)
    needs = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_needs(self, plan: PlanTemplate) -> list[str]:
        return [need.slug for need in plan.shown_needs]


class PlanTemplateDetailSerializer(PlanTemplateSerializer):
    """One plan with its weeks, cautions and sources."""

    progression_rule = serializers.CharField(read_only=True)
    gap_rule = serializers.CharField(read_only=True)
    evidence_note = serializers.CharField(read_only=True)
    contraindications = serializers.SerializerMethodField()
    sources = serializers.SerializerMethodField()
    schedule = WeekSerializer(source="shown_weeks", many=True, read_only=True)

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_contraindications(self, plan: PlanTemplate) -> list[str]:
        return [row.text for row in plan.shown_contraindications]

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_sources(self, plan: PlanTemplate) -> list[str]:
        return [row.key for row in plan.shown_citations]


class CueSerializer(PresentedSerializer[Any]):
    """A day of the week (Monday is 0) and a wall-clock time in the person's own zone."""

    weekday = serializers.IntegerField(min_value=0, max_value=6)
    at_time = serializers.TimeField()


class EnrollmentSerializer(PresentedSerializer[Enrollment]):
    uuid = serializers.UUIDField(read_only=True)
    template = serializers.SlugField(source="template.slug", read_only=True)
    title = serializers.CharField(source="template.title", read_only=True)
    starts_on = serializers.DateField(read_only=True)
    times_a_week = serializers.IntegerField(read_only=True, allow_null=True)
    cues = CueSerializer(source="shown_cues", many=True, read_only=True)
    when_text = serializers.CharField(read_only=True)
    then_text = serializers.CharField(read_only=True)
    obstacle_text = serializers.CharField(read_only=True)
    instead_text = serializers.CharField(read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
    ended_at = serializers.DateTimeField(read_only=True, allow_null=True)


class LogSerializer(PresentedSerializer[SessionLog]):
    """One of my own logs."""

    uuid = serializers.UUIDField(read_only=True)
    enrollment = serializers.UUIDField(source="enrollment.uuid", read_only=True, allow_null=True, default=None)
    session = serializers.IntegerField(source="session_id", read_only=True, allow_null=True)
    exercise_type = serializers.SlugField(source="exercise_type.slug", read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    intensity = serializers.ChoiceField(choices=Intensity.choices, read_only=True)
    is_floor = serializers.BooleanField(read_only=True)
    title = serializers.CharField(read_only=True)
    distance_m = serializers.IntegerField(read_only=True, allow_null=True)
    guess = serializers.SerializerMethodField()
    mood_before = serializers.SerializerMethodField()
    mood_after = serializers.SerializerMethodField()
    mastery = serializers.IntegerField(source="reflection.mastery", read_only=True, allow_null=True, default=None)
    pleasure = serializers.IntegerField(source="reflection.pleasure", read_only=True, allow_null=True, default=None)
    setting = serializers.ChoiceField(choices=SessionLog.Setting.choices, read_only=True, allow_blank=True)
    company = serializers.ChoiceField(choices=SessionLog.Company.choices, read_only=True, allow_blank=True)
    note = serializers.CharField(source="reflection.note", read_only=True, default="")
    started_at = serializers.DateTimeField(read_only=True, allow_null=True)
    done_at = serializers.DateTimeField(read_only=True)
    time_zone = serializers.CharField(read_only=True)
    local_on = serializers.DateField(read_only=True)

    def get_guess(self, log: SessionLog) -> int | None:
        return log.mood("guess")

    def get_mood_before(self, log: SessionLog) -> int | None:
        return log.mood("before")

    def get_mood_after(self, log: SessionLog) -> int | None:
        return log.mood("after")


class AheadSerializer(PresentedSerializer[Session]):
    """A step that comes later, if all goes comfortably."""

    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    floor_minutes = serializers.IntegerField(read_only=True)


class StepSerializer(PresentedSerializer[Step]):
    """The step of one plan for today."""

    enrollment = serializers.UUIDField(source="enrollment.uuid", read_only=True)
    plan = serializers.SlugField(source="enrollment.template.slug", read_only=True)
    session = SessionSerializer(read_only=True)
    upcoming = SessionSerializer(read_only=True, allow_null=True)
    is_done_today = serializers.BooleanField(read_only=True)
    is_complete = serializers.BooleanField(read_only=True)
    planned_at = serializers.TimeField(read_only=True, allow_null=True)
    done = serializers.IntegerField(source="place.done", read_only=True)
    total = serializers.IntegerField(source="place.total", read_only=True)
    reason = serializers.CharField(read_only=True, help_text="Why this is my next step, in one sentence")
    reason_code = serializers.ChoiceField(
        choices=[code.value for code in Code], source="place.reason.code", read_only=True
    )
    is_small_first = serializers.BooleanField(read_only=True)
    is_welcome_back = serializers.BooleanField(read_only=True)
    gap_days = serializers.IntegerField(read_only=True, allow_null=True)
    ahead = AheadSerializer(many=True, read_only=True)
    turns = serializers.ListField(child=serializers.ChoiceField(choices=Turn.Way.choices), read_only=True)
    is_paused = serializers.BooleanField(read_only=True)
    is_paused_until = serializers.DateField(read_only=True, allow_null=True)
    is_resting_today = serializers.BooleanField(read_only=True)
    moved_to = serializers.DateField(read_only=True, allow_null=True)
    done_this_week = serializers.IntegerField(read_only=True)
    is_enough_this_week = serializers.BooleanField(read_only=True)


class DoseSerializer(PresentedSerializer[Dose]):
    """My own week. `minutes` are moderate-equivalent: vigorous ones count twice, light ones stand beside."""

    first_on = serializers.DateField(read_only=True)
    last_on = serializers.DateField(read_only=True)
    minutes = serializers.IntegerField(read_only=True)
    moderate_minutes = serializers.IntegerField(read_only=True)
    vigorous_minutes = serializers.IntegerField(read_only=True)
    light_minutes = serializers.IntegerField(read_only=True)
    target = serializers.IntegerField(read_only=True)
    percent = serializers.IntegerField(read_only=True)
    strength_sessions = serializers.IntegerField(read_only=True)
    mindful_sessions = serializers.IntegerField(read_only=True)
    band = serializers.ChoiceField(choices=[band.key for band in BANDS], read_only=True)
    band_label = serializers.CharField(read_only=True)


class RestNoteSerializer(PresentedSerializer[Any]):
    """Rest is offered: there was much in the week, or no day of rest in seven. `text` says so, without praise."""

    reason = serializers.ChoiceField(choices=[reason.value for reason in Reason], read_only=True)
    text = serializers.CharField(read_only=True)


class TodaySerializer(PresentedSerializer[Any]):
    steps = StepSerializer(many=True, read_only=True)
    dose = DoseSerializer(read_only=True)
    rest_note = RestNoteSerializer(read_only=True, allow_null=True)
