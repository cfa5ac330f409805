"""Sources, and what an editor has seen of them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.text import slugify

from library.admin.base import QueueFilter
from library.admin.versions import VersionedAdmin
from library.models import Citation


class CitationForm(forms.ModelForm):  # type: ignore[type-arg]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "key" in self.fields:
            self.fields["key"].required = False

    def clean_key(self) -> str:
        """Author and year, as editors name a source."""
        family = self.data.get("authors", "").split(",")[0].split(" ")[0]
        return self.cleaned_data["key"] or slugify(f"{family}{self.data.get('year', '')}")


@admin.register(Citation)
class CitationAdmin(VersionedAdmin):
    form = CitationForm
    address = ("key",)
    list_display = ("key", "year", "kind", "tier", "numbers_verified", "doi_is_verified")
    list_filter = (QueueFilter, "numbers_verified", "doi_is_verified", "kind", "tier")
    search_fields = ("key", "authors", "title", "doi", "year")
    facts = [
        "authors",
        ("year", "journal"),
        "title",
        "reference",
        ("doi", "doi_is_verified"),
        "doi_note",
        ("kind", "tier"),
        ("people_count", "people_note"),
        ("is_verified", "numbers_verified"),
        "seen_at",
        "editors_note",
        "key",
    ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """What a writer adds waits; readers see it once an editor has saved it."""
        if request.user.has_perm("library.publish"):
            obj.waits_for_editor = False
        elif not change:
            obj.waits_for_editor = True
        super().save_model(request, obj, form, change)
