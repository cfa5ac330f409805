"""Sources, and what an editor has seen of them."""

from django.contrib import admin

from library.admin.base import TranslatedModelAdmin
from library.models import Citation


@admin.register(Citation)
class CitationAdmin(TranslatedModelAdmin):
    list_display = ("key", "year", "kind", "tier", "numbers_verified", "doi_is_verified")
    list_filter = ("numbers_verified", "doi_is_verified", "kind", "tier")
    search_fields = ("key", "authors", "title", "doi")
    facts = [
        "key",
        ("tier", "kind"),
        "authors",
        ("year", "journal"),
        "title",
        "reference",
        ("doi", "doi_is_verified"),
        "doi_note",
        ("people_count", "people_note"),
        ("is_verified", "numbers_verified"),
        "seen_at",
        "editors_note",
    ]
