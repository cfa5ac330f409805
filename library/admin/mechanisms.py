"""Mechanisms: draft, review, publication, with every revision kept."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest
from simple_history.admin import SimpleHistoryAdmin

from library.admin.base import TranslatedInline, TranslatedModelAdmin
from library.models import Caveat, Claim, Domain, Mechanism, Phase, Publication, Relation
from library.services.publishing import publish_mechanism, refusals


class MechanismForm(forms.ModelForm):  # type: ignore[type-arg]
    """Says on the field what keeps a page from being published; the gate itself is a service."""

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.cleaned_data.get("status") == Publication.PUBLISHED and "citations" in self.cleaned_data:
            has_source = bool(self.cleaned_data["citations"])
            for refusal in refusals(self.instance, has_source=has_source):
                self.add_error(refusal.field, str(refusal.message))

    def validate_constraints(self) -> None:
        """Leave the review dates of a published page to the gate, which names their fields."""
        if self.cleaned_data.get("status") != Publication.PUBLISHED:
            super().validate_constraints()


class ClaimInline(TranslatedInline):
    model = Claim
    facts = ["order", "basis", "citations"]


class CaveatInline(TranslatedInline):
    model = Caveat


class RelationInline(TranslatedInline):
    model = Relation
    fk_name = "mechanism"
    facts = ["order", "kind", "target"]


@admin.register(Mechanism)
class MechanismAdmin(SimpleHistoryAdmin, TranslatedModelAdmin):  # type: ignore[misc]
    form = MechanismForm
    list_display = ("name", "domain", "grade", "status", "reviewed_on", "review_due_on")
    list_filter = ("status", "domain", "grade")
    list_select_related = ("domain",)
    search_fields = ("name_en", "name_zh_hans", "slug")
    autocomplete_fields = ("citations",)
    inlines = (ClaimInline, CaveatInline, RelationInline)
    facts = [
        "slug",
        "status",
        ("domain", "order"),
        ("horizon", "grade"),
        ("grade_of_change", "grade_of_benefit"),
        ("reviewed_on", "review_due_on"),
        "citations",
    ]

    def view_on_site(self, obj: Model) -> str:
        """Preview: editors see a draft on its own page."""
        return obj.get_absolute_url() if isinstance(obj, Mechanism) else ""

    def save_model(self, request: HttpRequest, obj: Mechanism, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save as it was published before; sources are saved after this, and the gate comes after them."""
        was = form.initial.get("status", Publication.DRAFT)
        obj.wants_publication = obj.status == Publication.PUBLISHED != was  # type: ignore[attr-defined]
        if obj.wants_publication:  # type: ignore[attr-defined]
            obj.status = was
        super().save_model(request, obj, form, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        if form.instance.wants_publication:
            publish_mechanism(mechanism=form.instance)


@admin.register(Domain)
class DomainAdmin(TranslatedModelAdmin):
    list_display = ("name", "order", "grade")
    facts = ["slug", "order", ("starts", "settles"), "grade"]


@admin.register(Phase)
class PhaseAdmin(TranslatedModelAdmin):
    list_display = ("span", "order")
    facts = ["slug", "order", "mechanisms"]
    autocomplete_fields = ("mechanisms",)
