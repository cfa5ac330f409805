"""Where to get help, and the safety texts."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import ngettext

from core import clock
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


class SafetyTextForm(forms.ModelForm):  # type: ignore[type-arg]
    """Editors write places with commas between; the column has one at both ends too, so that each can be found."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["placements"] = ", ".join(_words(self.initial.get("placements", "")))

    def clean_placements(self) -> str:
        words = _words(self.cleaned_data["placements"])
        return f",{','.join(words)}," if words else ""


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.replace("，", ",").split(",") if word.strip()]


@admin.register(SafetyText)
class SafetyTextAdmin(VersionedAdmin):
    form = SafetyTextForm
    address = ("group", "key")
    list_display = ("text", "group", "key")
    list_filter = (QueueFilter, "group")
    autocomplete_fields = ("citations",)
    facts = [("group", "key"), ("order", "is_advice"), "action", "placements", "citations", "editors_note"]
