"""The shapes of a plan of one's own: the same document is read and written."""

import re
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import PresentedSerializer, ProblemFieldSerializer
from library.models import ExerciseType, Mechanism
from plans.api.inputs import FoundSlugField, FoundUuidField, OneOfFewField, SlugField
from plans.api.serializers import SessionSerializer
from plans.drafts import LIMITS, MAX_FLOOR, MAX_MINUTES, PLAN_LIMITS, PlanDraft, StepDraft, WeekDraft
from plans.ladder import MAX_TIMES, Rung
from plans.models import Growth, PlanTemplate, Session, Week
from plans.models.templates import Intensity
from plans.services.gate import MAX_STEPS, MAX_WEEKS
from plans.services.own_copies import find_to_change, find_to_copy
from plans.services.own_ladders import Drawn, in_words


def field_of(path: str) -> str:
    """Return the field of the document that a path of the gate (`week_set.1.sessions.2.floor`, from 1) is about."""
    path = re.sub(r"^week_set\.(\d+)", lambda found: f"schedule.{int(found[1]) - 1}", path)
    path = re.sub(r"sessions\.(\d+)", lambda found: f"sessions.{int(found[1]) - 1}", path)
    return "schedule" if path == "weeks" else path


class StepWriteSerializer(PresentedSerializer[Any]):
    """One step. `id` names the step that it is; without `reasons` the kind's strongest are taken."""

    id = serializers.IntegerField(required=False, allow_null=True, default=None)
    exercise_type = OneOfFewField(ExerciseType, "slug")
    minutes = serializers.IntegerField(min_value=1, max_value=MAX_MINUTES)
    intensity = serializers.ChoiceField(choices=Intensity.choices)
    title = serializers.CharField(max_length=LIMITS["title"], allow_blank=True, default="")
    instruction = serializers.CharField(max_length=LIMITS["instruction"], allow_blank=True, default="")
    floor = serializers.CharField(max_length=LIMITS["floor"], allow_blank=True, default="")
    floor_minutes = serializers.IntegerField(min_value=1, max_value=MAX_FLOOR, allow_null=True, default=None)
    amount = serializers.DecimalField(max_digits=6, decimal_places=2, min_value=0, allow_null=True, default=None)
    unit = serializers.ChoiceField(choices=Session.Unit.choices, allow_blank=True, default="")
    reasons = OneOfFewField(Mechanism, "slug", many=True, default=list)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """An amount has a unit, and a unit an amount."""
        if not (attrs["amount"] and attrs["unit"]):
            attrs["amount"], attrs["unit"] = None, ""
        return attrs


class WeekWriteSerializer(PresentedSerializer[Any]):
    focus = serializers.CharField(max_length=LIMITS["focus"], allow_blank=True, default="")
    sessions = StepWriteSerializer(many=True, max_length=MAX_STEPS, default=list)  # type: ignore[call-arg]


class OwnPlanWriteSerializer(PresentedSerializer[Any]):
    """A whole plan. Weeks and steps are numbered by where they stand."""

    title = serializers.CharField(max_length=PLAN_LIMITS["title"])
    goal = serializers.CharField(max_length=PLAN_LIMITS["goal"], allow_blank=True, default="")
    growth = serializers.ChoiceField(choices=Growth.choices, default=Growth.WALKING)
    schedule = WeekWriteSerializer(many=True, max_length=MAX_WEEKS, default=list)  # type: ignore[call-arg]

    def draft(self) -> PlanDraft:
        given = dict(self.validated_data)
        weeks = [
            WeekDraft([_step(dict(step)) for step in week["sessions"]], focus=week["focus"])
            for week in given.pop("schedule")
        ]
        return PlanDraft(**given, weeks=weeks)


def _step(given: dict[str, Any]) -> StepDraft:
    return StepDraft(pk=given.pop("id"), mechanisms=given.pop("reasons"), **given)


class OwnStepSerializer(SessionSerializer):
    amount = serializers.DecimalField(max_digits=6, decimal_places=2, read_only=True, allow_null=True)
    unit = serializers.ChoiceField(choices=Session.Unit.choices, read_only=True, allow_blank=True)


class OwnWeekSerializer(PresentedSerializer[Week]):
    number = serializers.IntegerField(read_only=True)
    focus = serializers.CharField(read_only=True)
    sessions = OwnStepSerializer(source="shown_sessions", many=True, read_only=True)


class OwnTitleSerializer(PresentedSerializer[PlanTemplate]):
    slug = serializers.SlugField(read_only=True)
    title = serializers.CharField(read_only=True)
    goal = serializers.CharField(read_only=True)
    growth = serializers.ChoiceField(choices=Growth.choices, read_only=True)
    weeks = serializers.IntegerField(read_only=True)
    is_published = serializers.BooleanField(read_only=True)


class OwnPlanSerializer(OwnTitleSerializer):
    """A plan of mine with its weeks. `lacks` is what it needs before it can be followed."""

    schedule = OwnWeekSerializer(source="shown_weeks", many=True, read_only=True)
    lacks = serializers.SerializerMethodField()

    @extend_schema_field(ProblemFieldSerializer(many=True))
    def get_lacks(self, plan: PlanTemplate) -> list[dict[str, str]]:
        return [{"field": field_of(field), "message": message} for field, message in self.context["lacks"]]


class CopySerializer(PresentedSerializer[Any]):
    template = FoundSlugField(find_to_copy, "slug")


class FollowedSerializer(PresentedSerializer[Any]):
    enrollment = FoundUuidField(find_to_change, "uuid")


class LadderToDrawSerializer(PresentedSerializer[Any]):
    """From an amount to an amount, so many times a week."""

    unit = serializers.ChoiceField(choices=Session.Unit.choices)
    start = serializers.DecimalField(max_digits=5, decimal_places=1)
    goal = serializers.DecimalField(max_digits=5, decimal_places=1)
    times = serializers.IntegerField(min_value=1, max_value=MAX_TIMES)
    growth = serializers.ChoiceField(choices=Growth.choices, default=Growth.WALKING)
    title = serializers.CharField(max_length=PLAN_LIMITS["title"], allow_blank=True, required=False)


class LadderSerializer(LadderToDrawSerializer):
    """A ladder that is to be a plan, of a kind of exercise."""

    exercise_type = SlugField(ExerciseType, "slug")


class RungSerializer(PresentedSerializer[Rung]):
    """A week of a ladder: the amount of each of its steps. The minutes are an estimate."""

    amount = serializers.DecimalField(max_digits=5, decimal_places=1, read_only=True)
    text = serializers.SerializerMethodField()
    minutes = serializers.IntegerField(read_only=True)

    def get_text(self, rung: Rung) -> str:
        """The amount in words."""
        return in_words(rung.amount, self.context["unit"])


class DrawnLadderSerializer(PresentedSerializer[Drawn]):
    """A ladder to look at. `explained` says how the rungs came about; `floor` is the small version of every rung."""

    title = serializers.CharField(read_only=True)
    explained = serializers.CharField(read_only=True)
    rungs = RungSerializer(many=True, read_only=True)
    floor = serializers.CharField(read_only=True)
    floor_minutes = serializers.IntegerField(source="small.minutes", read_only=True)
