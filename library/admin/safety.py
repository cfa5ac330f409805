"""Where to get help, and the safety texts."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from core import clock
from library.admin.base import TranslatedInline, TranslatedModelAdmin
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
class HelpRegionAdmin(TranslatedModelAdmin):
    list_display = ("name", "code", "emergency_numbers")
    inlines = (HelpLineInline,)
    facts = ["code", "order", "emergency_numbers"]


@admin.register(HelpLine)
class HelpLineAdmin(TranslatedModelAdmin):
    """Due for checking first."""

    list_display = ("name", "region", "phone", "is_verified", "verified_on", "review_due_on")
    list_filter = ("is_verified", "region")
    list_select_related = ("region",)
    ordering = ("review_due_on", "order")
    facts = ["region", *LINE_FACTS]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if doubtful := HelpLine.objects.doubtful(clock.now().date()).count():
            text = ngettext(
                "%(count)s entry was never checked, or not for half a year. People may rely on it tonight.",
                "%(count)s entries were never checked, or not for half a year. People may rely on them tonight.",
                doubtful,
            )
            messages.warning(request, text % {"count": doubtful})
        answer: HttpResponse = super().changelist_view(request, extra_context)
        return answer


@admin.register(SafetyText)
class SafetyTextAdmin(TranslatedModelAdmin):
    list_display = ("text", "group", "key")
    list_filter = ("group",)
    autocomplete_fields = ("citations",)
    facts = [("group", "key"), ("order", "is_advice"), "action", "placements", "citations", "editors_note"]
