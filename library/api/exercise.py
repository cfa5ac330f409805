"""Exercise types, what each of them emphasises, and how they compare."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.mixins import RetrieveModelMixin

from core.api import PresentedSerializer
from core.visibility import VisibilityQuerySet
from library.api.serializers import CitationSerializer, Names, TextSerializer
from library.api.views import LibraryViewSet
from library.models import ComparisonNote, Emphasis, ExerciseType, MetValue
from library.models.evidence import text_over
from library.pages import type_page


class EmphasisSerializer(PresentedSerializer[Emphasis]):
    """One cell of the matrix. `strength` orders ideas in words; it is no size of an effect."""

    mechanism = serializers.CharField(source="mechanism.slug", read_only=True)
    mechanism_name = serializers.CharField(source="mechanism.name", read_only=True)
    strength = serializers.ChoiceField(choices=Emphasis.Strength.values, read_only=True)
    strength_label = serializers.CharField(source="strength.label", read_only=True)
    basis = serializers.ChoiceField(choices=Emphasis.Basis.values, read_only=True)
    basis_label = serializers.CharField(source="get_basis_display", read_only=True)
    sources = Names("key", source="shown_citations")


class MetValueSerializer(PresentedSerializer[MetValue]):
    code = serializers.CharField(read_only=True)
    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    met = serializers.DecimalField(max_digits=4, decimal_places=1, read_only=True, allow_null=True)


class ExerciseTypeLineSerializer(PresentedSerializer[ExerciseType]):
    """`emphases` of all types together are the matrix: a mechanism that is absent is not described."""

    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    one_line = serializers.CharField(read_only=True)
    is_entry_level = serializers.BooleanField(read_only=True)
    emphases = EmphasisSerializer(source="shown_emphases", many=True, read_only=True)


class ExerciseTypeSerializer(ExerciseTypeLineSerializer):
    """`headline` is empty, and METs are absent, until an editor has checked the figures."""

    headline = serializers.SerializerMethodField()
    examples = serializers.ListField(source="example_list", child=serializers.CharField(), read_only=True)
    dose_note = serializers.CharField(read_only=True)
    cautions = TextSerializer(source="shown_cautions", many=True, read_only=True)
    suits_needs = Names("slug", source="shown_needs")
    met_range = serializers.SerializerMethodField()
    met_values = serializers.SerializerMethodField()
    sources = serializers.SerializerMethodField()

    def get_headline(self, kind: Any) -> str:
        return str(kind.headline_over(kind.shown_citations))

    def get_met_range(self, kind: ExerciseType) -> list[str] | None:
        return [str(kind.met_low), str(kind.met_high)] if kind.met_is_verified else None

    @extend_schema_field(MetValueSerializer(many=True))
    def get_met_values(self, kind: Any) -> list[dict[str, Any]]:
        return list(MetValueSerializer(kind.shown_met_values, many=True).data) if kind.met_is_verified else []

    @extend_schema_field(CitationSerializer(many=True))
    def get_sources(self, kind: ExerciseType) -> list[dict[str, Any]]:
        """Every source, as the page numbers them."""
        rows = [source.citation for source in type_page(kind, []).sources]
        return list(CitationSerializer(rows, many=True).data)  # type: ignore[arg-type]


class ComparisonNoteSerializer(PresentedSerializer[ComparisonNote]):
    """`text` is empty until an editor has checked its figures."""

    text = serializers.SerializerMethodField()
    sources = Names("key", source="shown_citations")

    def get_text(self, note: Any) -> str:
        return text_over(note.text, note.shown_citations)


@extend_schema(tags=["library"])
class ExerciseTypeViewSet(RetrieveModelMixin, LibraryViewSet):
    """The five exercise types against the mechanisms; one alone comes with cautions, examples and METs."""

    def get_queryset(self) -> VisibilityQuerySet[ExerciseType]:
        types = ExerciseType.objects.visible_to(self.request.user)
        one = self.action == "retrieve"
        return types.with_page(self.request.user) if one else types.with_emphases(self.request.user)

    def get_serializer_class(self) -> type[serializers.BaseSerializer[Any]]:
        return ExerciseTypeSerializer if self.action == "retrieve" else ExerciseTypeLineSerializer


@extend_schema(tags=["library"])
class ComparisonNoteViewSet(LibraryViewSet):
    """What is known of one exercise type against another."""

    serializer_class = ComparisonNoteSerializer

    def get_queryset(self) -> VisibilityQuerySet[ComparisonNote]:
        return ComparisonNote.objects.visible_to(self.request.user).with_sources(self.request.user)
