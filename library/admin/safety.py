"""Where to get help, and the safety texts."""

from django.contrib import admin

from library.admin.base import QueueFilter, TranslatedInline
from library.admin.versions import VersionedAdmin
from library.models import HelpLine, HelpRegion, SafetyText

LINE_FACTS: list[str | tuple[str, ...]] = [
    ("order", "kind"),
    "phone",
    "url",
    "channels",
    ("is_verified", "verified_on", "review_due_on"),
    "seen_at",
]


class HelpLineInline(TranslatedInline):
    model = HelpLine
    facts = LINE_FACTS


@admin.register(HelpRegion)
class HelpRegionAdmin(VersionedAdmin):
    address = ("code",)
    list_display = ("name", "code", "emergency_numbers")
    inlines = (HelpLineInline,)
    facts = ["order", "emergency_numbers", "code"]


@admin.register(HelpLine)
class HelpLineAdmin(VersionedAdmin):
    """Due for checking first."""

    address = ()
    list_display = ("name", "region", "phone", "is_verified", "verified_on", "review_due_on")
    list_filter = (QueueFilter, "is_verified", "region")
    list_select_related = ("region",)
    ordering = ("review_due_on", "order")
    facts = ["region", *LINE_FACTS]


@admin.register(SafetyText)
class SafetyTextAdmin(VersionedAdmin):
    address = ("group", "key")
    list_display = ("text", "group", "key")
    list_filter = (QueueFilter, "group")
    autocomplete_fields = ("citations",)
    facts = [("group", "key"), ("order", "is_advice"), "action", "placements", "citations", "editors_note"]
