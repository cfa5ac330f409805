"""Exercise types, needs and the signs that care comes first."""

from django.contrib import admin
from unfold.admin import TabularInline

from library.admin.base import InPlainWords, QueueFilter, TranslatedInline
from library.admin.versions import VersionedAdmin
from library.models import (
    ComparisonNote,
    Emphasis,
    ExerciseType,
    MetValue,
    Need,
    NeedMechanism,
    NeedType,
    RedFlag,
    TypeCaution,
)


class CautionInline(TranslatedInline):
    model = TypeCaution


class MetValueInline(TranslatedInline):
    model = MetValue
    facts = [("order", "code", "met")]


class EmphasisInline(InPlainWords, TabularInline):  # type: ignore[misc]
    model = Emphasis
    extra = 0
    autocomplete_fields = ("mechanism", "citations")


@admin.register(ExerciseType)
class ExerciseTypeAdmin(VersionedAdmin):
    list_display = ("name", "order", "is_entry_level")
    search_fields = ("name_en", "name_zh_hans", "slug")
    autocomplete_fields = ("headline_citations", "met_citations", "suits_needs")
    inlines = (CautionInline, EmphasisInline, MetValueInline)
    facts = [
        ("order", "is_entry_level"),
        "headline_citations",
        "suits_needs",
        ("met_low", "met_high", "met_is_verified"),
        "met_citations",
        "slug",
    ]


@admin.register(ComparisonNote)
class ComparisonNoteAdmin(VersionedAdmin):
    address = ()
    list_display = ("text", "is_verified")
    autocomplete_fields = ("citations",)
    facts = ["order", "is_verified", "citations"]


class NeedTypeInline(TranslatedInline):
    model = NeedType
    facts = [("order", "exercise_type"), "citations"]


class NeedMechanismInline(TranslatedInline):
    model = NeedMechanism
    facts = [("order", "mechanism")]


class RedFlagInline(TranslatedInline):
    model = RedFlag
    facts = [("order", "action")]


@admin.register(Need)
class NeedAdmin(VersionedAdmin):
    list_display = ("name", "order", "action_title")
    search_fields = ("name_en", "name_zh_hans", "slug")
    inlines = (NeedTypeInline, NeedMechanismInline, RedFlagInline)
    facts = [("order", "action_minutes"), "slug"]


@admin.register(RedFlag)
class RedFlagAdmin(VersionedAdmin):
    address = ()
    list_display = ("text", "need", "action")
    list_filter = (QueueFilter, "action", "need")
    list_select_related = ("need",)
    facts = ["need", ("order", "action")]
