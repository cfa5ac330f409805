"""Shapes of the API's answers. Texts are in the language of the request; weights and editors' notes never leave."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api import PresentedSerializer
from library.citing import in_words, page_reference
from library.models import (
    Citation,
    Claim,
    Domain,
    EvidenceGrade,
    HelpLine,
    HelpRegion,
    Horizon,
    Mechanism,
    Need,
    NeedType,
    Phase,
    RedFlag,
    Relation,
    SafetyText,
)
from library.pages import sources_of_mechanism
from library.reasons import Reason


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class Names(serializers.Field[Any, Any, list[str], Any]):
    """One attribute of each related row that the QuerySet brought along."""

    def __init__(self, attribute: str, *, source: str) -> None:
        super().__init__(read_only=True, source=source)
        self.attribute = attribute

    def to_representation(self, rows: list[Any]) -> list[str]:
        return [getattr(row, self.attribute) for row in rows]


class Download(serializers.URLField):
    """The whole address of a file in the language of the request."""

    def __init__(self, route: str, form: str, lookup: str) -> None:
        super().__init__(read_only=True, source="*")
        self.route, self.form, self.lookup = route, form, lookup

    def to_representation(self, value: Any) -> str:
        return f"{settings.SITE_ORIGIN}{reverse(self.route, args=[getattr(value, self.lookup), self.form])}"


class CiteSerializer(serializers.Serializer[Mechanism]):
    """How to cite the page, and files for reference managers: of the page, and of all its sources."""

    text = serializers.SerializerMethodField()
    bibtex_url = Download("library:cite_page", "bib", "slug")
    ris_url = Download("library:cite_page", "ris", "slug")
    sources_bibtex_url = Download("library:cite_sources", "bib", "slug")
    sources_ris_url = Download("library:cite_sources", "ris", "slug")

    def get_text(self, mechanism: Mechanism) -> str:
        return in_words(page_reference(mechanism))


class CitationSerializer(PresentedSerializer[Citation]):
    """`people_count` and `finding` are empty until an editor has checked the figures."""

    key = serializers.CharField(read_only=True)
    authors = serializers.CharField(read_only=True)
    year = serializers.IntegerField(read_only=True)
    title = serializers.CharField(read_only=True)
    journal = serializers.CharField(read_only=True)
    reference = serializers.CharField(read_only=True)
    doi_url = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=Citation.Kind.choices, read_only=True)
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    people_count = serializers.IntegerField(source="shown_people_count", read_only=True, allow_null=True)
    finding = serializers.CharField(source="shown_finding", read_only=True)
    bibtex_url = Download("library:cite_source", "bib", "key")
    ris_url = Download("library:cite_source", "ris", "key")


class MechanismLineSerializer(PresentedSerializer[Mechanism]):
    slug = serializers.CharField(read_only=True)
    domain = serializers.CharField(source="domain.slug", read_only=True)
    name = serializers.CharField(read_only=True)
    one_line = serializers.CharField(read_only=True)
    horizon = serializers.ChoiceField(choices=Horizon.choices, read_only=True)
    horizon_label = serializers.CharField(source="get_horizon_display", read_only=True)
    grade = serializers.ChoiceField(choices=EvidenceGrade.choices, read_only=True, allow_blank=True)
    grade_label = serializers.CharField(source="get_grade_display", read_only=True)
    reviewed_on = serializers.DateField(read_only=True)
    review_due_on = serializers.DateField(read_only=True)


class ClaimSerializer(PresentedSerializer[Claim]):
    text = serializers.CharField(read_only=True)
    basis = serializers.ChoiceField(choices=Claim.Basis.choices, read_only=True)
    basis_label = serializers.CharField(source="get_basis_display", read_only=True)
    sources = Names("key", source="shown_citations")


class TextSerializer(PresentedSerializer[Any]):
    text = serializers.CharField(read_only=True)


class RelationSerializer(PresentedSerializer[Any]):
    target = serializers.CharField(source="target.slug", read_only=True)
    target_name = serializers.CharField(source="target.name", read_only=True)
    kind = serializers.ChoiceField(choices=Relation.Kind.choices, read_only=True)
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    why = serializers.CharField(read_only=True)


class MechanismSerializer(MechanismLineSerializer):
    grade_reason = serializers.CharField(read_only=True)
    grade_of_change = serializers.ChoiceField(choices=EvidenceGrade.choices, read_only=True, allow_blank=True)
    grade_of_benefit = serializers.ChoiceField(choices=EvidenceGrade.choices, read_only=True, allow_blank=True)
    does_not_apply_to = serializers.CharField(read_only=True)
    try_it = serializers.CharField(read_only=True)
    claims = ClaimSerializer(source="shown_claims", many=True, read_only=True)
    caveats = TextSerializer(source="shown_caveats", many=True, read_only=True)
    relations = RelationSerializer(source="shown_relations", many=True, read_only=True)
    sources = serializers.SerializerMethodField()
    cite = CiteSerializer(source="*", read_only=True)

    @extend_schema_field(CitationSerializer(many=True))
    def get_sources(self, mechanism: Mechanism) -> list[dict[str, Any]]:
        """Every source of the page: those of the claims first, as the page numbers them."""
        rows = [source.citation for source in sources_of_mechanism(mechanism).values()]
        return list(CitationSerializer(rows, many=True).data)  # type: ignore[arg-type]


class EventReasonSerializer(serializers.Serializer[Reason]):
    """A mechanism that something may act on, and why it is named there."""

    mechanism = MechanismLineSerializer(read_only=True)
    why = serializers.CharField(read_only=True)


class DomainSerializer(PresentedSerializer[Domain]):
    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    summary = serializers.CharField(read_only=True)
    starts = serializers.ChoiceField(choices=Horizon.choices, read_only=True)
    settles = serializers.ChoiceField(choices=Horizon.choices, read_only=True)
    grade = serializers.ChoiceField(choices=EvidenceGrade.choices, read_only=True)
    mechanisms = Names("slug", source="shown_mechanisms")


class PhaseSerializer(PresentedSerializer[Phase]):
    """How soon something tends to be felt, and the mechanisms that act in that time."""

    slug = serializers.SlugField(read_only=True)
    span = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)
    mechanisms = Names("slug", source="shown_mechanisms")


class MapHorizonSerializer(serializers.Serializer[Any]):
    horizon = serializers.ChoiceField(choices=Horizon.choices, read_only=True)
    name = serializers.CharField(read_only=True)


class MapDomainSerializer(PresentedSerializer[Domain]):
    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)


class MapEdgeSerializer(PresentedSerializer[Relation]):
    """`mechanism` reinforces, enables or mediates `target`; both are slugs of `nodes`."""

    mechanism = serializers.CharField(source="mechanism.slug", read_only=True)
    target = serializers.CharField(source="target.slug", read_only=True)
    kind = serializers.ChoiceField(choices=Relation.Kind.choices, read_only=True)
    kind_label = serializers.CharField(source="get_kind_display", read_only=True)
    why = serializers.CharField(read_only=True)


class MapSerializer(serializers.Serializer[Any]):
    """Everything that a picture of the mechanisms needs. `horizons` come with the soonest first."""

    horizons = MapHorizonSerializer(many=True, read_only=True)
    domains = MapDomainSerializer(many=True, read_only=True)
    nodes = MechanismLineSerializer(many=True, read_only=True)
    edges = MapEdgeSerializer(many=True, read_only=True)


class NeedLineSerializer(PresentedSerializer[Need]):
    slug = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    first_person = serializers.CharField(read_only=True)
    action_title = serializers.CharField(read_only=True)
    action_minutes = serializers.IntegerField(read_only=True)


class NeedTypeSerializer(PresentedSerializer[NeedType]):
    exercise_type = serializers.CharField(source="exercise_type.slug", read_only=True)
    name = serializers.CharField(source="exercise_type.name", read_only=True)
    why = serializers.CharField(read_only=True)
    sources = Names("key", source="shown_citations")


class NeedMechanismSerializer(PresentedSerializer[Any]):
    mechanism = serializers.CharField(source="mechanism.slug", read_only=True)
    name = serializers.CharField(source="mechanism.name", read_only=True)
    why = serializers.CharField(read_only=True)


class RedFlagSerializer(TextSerializer):
    action = serializers.ChoiceField(choices=RedFlag.Action.choices, read_only=True)
    action_label = serializers.CharField(source="get_action_display", read_only=True)


class NeedSerializer(NeedLineSerializer):
    """`red_flags` come with the most severe first and are to be shown with the action."""

    first_ten_minutes = serializers.CharField(read_only=True)
    exercise_types = NeedTypeSerializer(source="shown_types", many=True, read_only=True)
    mechanisms = NeedMechanismSerializer(source="shown_mechanisms", many=True, read_only=True)
    red_flags = RedFlagSerializer(source="shown_red_flags", many=True, read_only=True)


class HelpLineSerializer(PresentedSerializer[HelpLine]):
    name = serializers.CharField(read_only=True)
    kind = serializers.ChoiceField(choices=HelpLine.Kind.choices, read_only=True)
    phone = serializers.CharField(read_only=True)
    url = serializers.CharField(read_only=True)
    channels = serializers.ListField(source="channel_list", child=serializers.CharField(), read_only=True)
    hours = serializers.CharField(read_only=True)
    note = serializers.CharField(read_only=True)
    is_verified = serializers.BooleanField(read_only=True)
    verified_on = serializers.DateField(read_only=True, allow_null=True)
    takes_text = serializers.BooleanField(read_only=True)


class HelpRegionSerializer(PresentedSerializer[HelpRegion]):
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    emergency_numbers = serializers.ListField(source="emergency_list", child=serializers.CharField(), read_only=True)
    lines = HelpLineSerializer(source="shown_lines", many=True, read_only=True)


class HelpSerializer(serializers.Serializer[Any]):
    regions = HelpRegionSerializer(many=True, read_only=True)
    international = HelpLineSerializer(many=True, read_only=True)


class SafetyTextSerializer(PresentedSerializer[SafetyText]):
    """`is_advice` marks what to do about the signs of the same group. `places` name where an app is to show it."""

    group = serializers.ChoiceField(choices=[g.value for g in SafetyText.Group if g != "editors"], read_only=True)
    key = serializers.CharField(read_only=True)
    text = serializers.CharField(read_only=True)
    is_advice = serializers.BooleanField(read_only=True)
    action = serializers.ChoiceField(choices=SafetyText.Action.choices, read_only=True, allow_blank=True)
    action_label = serializers.CharField(source="get_action_display", read_only=True)
    places = serializers.ListField(source="place_list", child=serializers.CharField(), read_only=True)


class SearchQuerySerializer(serializers.Serializer[Any]):
    """`q` may be in any language; a search is neither stored nor logged."""

    q = serializers.CharField(max_length=100)
    page = serializers.IntegerField(min_value=1, max_value=1000, default=1)


class HitSerializer(PresentedSerializer[Any]):
    """`excerpt` is what matches in the text when neither `title` nor `line` does. `grade` is empty but for evidence."""

    kind = serializers.CharField(source="document.kind", read_only=True)
    kind_label = serializers.CharField(source="kind.label", read_only=True)
    key = serializers.CharField(source="document.key", read_only=True)
    title = serializers.CharField(source="document.title", read_only=True)
    line = serializers.CharField(source="document.line", read_only=True)
    excerpt = serializers.CharField(source="excerpt_text", read_only=True)
    grade = serializers.ChoiceField(
        choices=EvidenceGrade.choices, source="document.grade", read_only=True, allow_blank=True
    )
    grade_label = serializers.CharField(source="document.get_grade_display", read_only=True)
    url = serializers.CharField(read_only=True, help_text="Path of the page in the language of the answer.")


class SearchSerializer(serializers.Serializer[Any]):
    """`get_help` is set when the words call for showing the way to help before everything else."""

    count = serializers.IntegerField(read_only=True)
    pages = serializers.IntegerField(read_only=True)
    did_you_mean = serializers.CharField(read_only=True)
    get_help = serializers.CharField(read_only=True, help_text="Path of the page, or empty.")
    results = HitSerializer(many=True, read_only=True)
