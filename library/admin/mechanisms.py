"""Mechanisms: written in two languages, previewed, and taken from draft to publication by buttons."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.translation import gettext_lazy as _

from core import clock
from core.errors import DomainError
from library.admin.base import QueueFilter, TranslatedInline, editor_of
from library.admin.preview import preview
from library.admin.refusals import MechanismForm, PartFormSet, refused
from library.admin.steps import Taken, offered, pressed
from library.admin.versions import VersionedAdmin
from library.models import Caveat, Claim, Domain, Mechanism, Phase, Publication, Relation, Revision
from library.services.publishing import hold, save_edit


class PartInline(TranslatedInline):
    """A part of a page: it may be half written while the page is a draft."""

    formset = PartFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        made = super().get_formset(request, obj, **kwargs)
        made.refused = refused(request)
        return made


class ClaimInline(PartInline):
    model = Claim
    facts = [("order", "basis"), "citations"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        order, citations, text = super().get_fields(request, obj)
        return [order, text, citations]


class CaveatInline(PartInline):
    model = Caveat


class RelationInline(PartInline):
    model = Relation
    fk_name = "mechanism"
    facts = [("order", "kind"), "target"]

    def get_autocomplete_fields(self, request: HttpRequest) -> list[str]:
        return ["target"]


@admin.register(Mechanism)
class MechanismAdmin(VersionedAdmin):
    form = MechanismForm
    list_display = ("name", "domain", "grade", "status", "reviewed_on", "review_due_on")
    list_filter = (QueueFilter, "status", "domain", "grade")
    list_select_related = ("domain",)
    search_fields = ("name_en", "name_zh_hans", "slug")
    autocomplete_fields = ("citations",)
    inlines = (ClaimInline, CaveatInline, RelationInline)
    facts = [
        ("domain", "order"),
        ("grade", "horizon"),
        ("grade_of_change", "grade_of_benefit"),
        ("reviewed_on", "review_due_on"),
        "citations",
        "slug",
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[tuple[Any, dict[str, Any]]]:
        note = (_("For the history"), {"classes": ["last"], "fields": ["note", "at"]})
        return [*super().get_fieldsets(request, obj), note]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        # `note` and `at` belong to the form, not to the table.
        kwargs["fields"] = [name for name in kwargs.get("fields") or [] if name not in {"note", "at"}] or None
        made = super().get_form(request, obj, change, **kwargs)
        made.refused = refused(request)
        return made

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is public, or about to be, is changed by those who may publish."""
        is_theirs = obj is None or obj.status in {Publication.DRAFT, Publication.REVIEW}
        return super().has_change_permission(request, obj) and (is_theirs or request.user.has_perm("library.publish"))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and self.has_change_permission(request, obj)

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(self.preview_view)
        added = path("add/preview/", view, name="library_mechanism_add_preview")
        changed = path("<int:object_id>/preview/", view, name="library_mechanism_preview")
        return [added, changed, *super().get_urls()]

    def preview_view(self, request: HttpRequest, object_id: int | None = None) -> HttpResponse:
        return preview(self, request, object_id)

    def view_on_site(self, obj: Model) -> str:
        return obj.get_absolute_url() if isinstance(obj, Mechanism) else ""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, then take the step whose button was pressed. If it is refused, nothing is saved and nothing lost."""
        answer: HttpResponse
        try:
            answer = super().changeform_view(request, *args, **kwargs)
        except DomainError as error:
            request.refused = getattr(error, "refusals", [error])  # type: ignore[attr-defined]
            answer = super().changeform_view(request, *args, **kwargs)
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        if change:
            hold(page=obj, seen=form.cleaned_data["seen"])
        super().save_model(request, obj, form, change)

    def keep(self, request: HttpRequest, form: Any) -> None:
        editor, step = editor_of(request), pressed(request, form.instance)
        given = Taken(editor, note=form.cleaned_data["note"], at=form.cleaned_data["at"], now=clock.now())
        if step is None:
            save_edit(page=form.instance, by=editor, note=given.note)
        else:
            step.take(form.instance, given)
            self.message_user(request, step.done)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        page = context.get("original")
        context |= {
            "steps": offered(request, page),
            "last_step": Revision.objects.of("mechanisms", page.slug).first() if page else None,
            "is_overdue": page is not None and page.is_review_overdue(clock.now().date()),
        }
        answer: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        return answer


@admin.register(Domain)
class DomainAdmin(VersionedAdmin):
    list_display = ("name", "order", "grade")
    facts = ["order", ("starts", "settles"), "grade", "slug"]


@admin.register(Phase)
class PhaseAdmin(VersionedAdmin):
    list_display = ("span", "order")
    facts = ["order", "mechanisms", "slug"]
    autocomplete_fields = ("mechanisms",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, tuple[str, ...]]:
        return {} if obj else {"slug": ("span_en",)}
