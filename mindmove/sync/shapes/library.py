"""What is told of the library, and of what I marked in it."""

from typing import Any

from rest_framework import serializers

from library.api.serializers import Names
from library.models import (
    Caveat,
    Citation,
    Claim,
    Emphasis,
    EvidenceGrade,
    ExerciseType,
    Horizon,
    Mark,
    Mechanism,
    Need,
    NeedMechanism,
    NeedType,
    RedFlag,
    Relation,
    SafetyText,
    TypeCaution,
)
from library.models.evidence import text_over
from library.models.marks import MARKABLE
from mindmove.sync.shapes.base import InBoth, Shape


class ClaimShape(Shape[Claim]):
    texts = ("text",)
    basis = serializers.ChoiceField(choices=Claim.Basis.choices, read_only=True)
    sources = Names("key", source="shown_citations")


class CaveatShape(Shape[Caveat]):
    texts = ("text",)


class RelationShape(Shape[Relation]):
    texts = ("why",)
    target = serializers.SlugField(source="target.slug", read_only=True)
    kind = serializers.ChoiceField(choices=Relation.Kind.choices, read_only=True)


class MechanismShape(Shape[Mechanism]):
    texts = ("name", "one_line", "grade_reason", "does_not_apply_to", "try_it")
    slug = serializers.SlugField(read_only=True)
    domain = serializers.SlugField(source="domain.slug", read_only=True)
    order = serializers.IntegerField(read_only=True)
    horizon = serializers.ChoiceField(choices=Horizon.choices, read_only=True)
    grade = serializers.ChoiceField(choices=EvidenceGrade.choices, read_only=True, allow_blank=True)
    grade_of_change = serializers.ChoiceField(choices=EvidenceGrade.choices, read_only=True, allow_blank=True)
    grade_of_benefit = serializers.ChoiceField(choices=EvidenceGrade.choices, read_only=True, allow_blank=True)
    reviewed_on = serializers.DateField(read_only=True, allow_null=True)
    review_due_on = serializers.DateField(read_only=True, allow_null=True)
    claims = ClaimShape(source="shown_claims", many=True, read_only=True)
    caveats = CaveatShape(source="shown_caveats", many=True, read_only=True)
    relations = RelationShape(source="shown_relations", many=True, read_only=True)


class EmphasisShape(Shape[Emphasis]):
    mechanism = serializers.SlugField(source="mechanism.slug", read_only=True)
    strength = serializers.ChoiceField(choices=Emphasis.Strength.values, read_only=True)
    basis = serializers.ChoiceField(choices=Emphasis.Basis.values, read_only=True)


class TypeCautionShape(Shape[TypeCaution]):
    texts = ("text",)


class CheckedShape(Shape[Citation]):
    """Of a source, whether somebody has checked its figures."""

    numbers_verified = serializers.BooleanField(read_only=True)


class Checked(InBoth):
    """A text, or nothing while it carries a figure that one of its sources has unchecked."""

    def get_attribute(self, instance: Any) -> str:
        return text_over(super().get_attribute(instance), instance.shown_citations)


class ExerciseTypeShape(Shape[ExerciseType]):
    """`headline_…` is empty until an editor has checked its figures; `examples_…` has one a line."""

    texts = ("name", "one_line", "examples", "dose_note")
    slug = serializers.SlugField(read_only=True)
    order = serializers.IntegerField(read_only=True)
    is_entry_level = serializers.BooleanField(read_only=True)
    headline_en = Checked()
    headline_zh_hans = Checked()
    emphases = EmphasisShape(source="shown_emphases", many=True, read_only=True)
    cautions = TypeCautionShape(source="shown_cautions", many=True, read_only=True)
    suits_needs = Names("slug", source="shown_needs")


class NeedTypeShape(Shape[NeedType]):
    texts = ("why",)
    exercise_type = serializers.SlugField(source="exercise_type.slug", read_only=True)


class NeedMechanismShape(Shape[NeedMechanism]):
    texts = ("why",)
    mechanism = serializers.SlugField(source="mechanism.slug", read_only=True)


class RedFlagShape(Shape[RedFlag]):
    texts = ("text",)
    action = serializers.ChoiceField(choices=RedFlag.Action.choices, read_only=True)


class NeedShape(Shape[Need]):
    """`red_flags` come with the most severe first and are to be shown with the action."""

    texts = ("name", "first_person", "action_title", "first_ten_minutes")
    slug = serializers.SlugField(read_only=True)
    order = serializers.IntegerField(read_only=True)
    action_minutes = serializers.IntegerField(read_only=True)
    exercise_types = NeedTypeShape(source="shown_types", many=True, read_only=True)
    mechanisms = NeedMechanismShape(source="shown_mechanisms", many=True, read_only=True)
    red_flags = RedFlagShape(source="shown_red_flags", many=True, read_only=True)


class SafetyTextShape(Shape[SafetyText]):
    texts = ("text",)
    group = serializers.ChoiceField(
        choices=[group.value for group in SafetyText.Group if group != "editors"], read_only=True
    )
    key = serializers.CharField(read_only=True)
    order = serializers.IntegerField(read_only=True)
    is_advice = serializers.BooleanField(read_only=True)
    action = serializers.ChoiceField(choices=SafetyText.Action.choices, read_only=True, allow_blank=True)
    places = serializers.ListField(source="place_list", child=serializers.CharField(), read_only=True)


class MarkShape(Shape[Mark]):
    """My bookmark on a page, or my word that I have read it."""

    sense = serializers.ChoiceField(choices=Mark.Sense.choices, read_only=True)
    page_kind = serializers.ChoiceField(source="kind", choices=list(MARKABLE), read_only=True)
    slug = serializers.SlugField(source="page.slug", read_only=True)
    created_at = serializers.DateTimeField(read_only=True)
