"""Editing plans. What people do with them (following, logs, moods) is not here, and never will be."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Field, QuerySet
from django.forms import Field as FormField
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname
from unfold.admin import ModelAdmin, TabularInline

from core.errors import InvalidInput
from library.services.search_index import reindex
from plans.manuscript import LANGUAGES
from plans.models import Contraindication, PlanTemplate, Session, Week
from plans.services.publishing import publish_plan, withdraw_plan

NAMES = {"en": gettext_lazy("English"), "zh-hans": gettext_lazy("Simplified Chinese")}


def columns(model: type, language: str) -> list[str]:
    """Return the model's text columns of a language."""
    return [build_localized_fieldname(name, language) for name in translator.get_options_for_model(model).all_fields]


def language_tabs(model: type) -> list[tuple[Any, dict[str, Any]]]:
    return [(NAMES[code], {"classes": ["tab"], "fields": columns(model, code)}) for code in LANGUAGES]


class BothLanguages:
    """Every text is asked for in both languages; a plan without its floors cannot be saved."""

    model: type

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> FormField | None:
        found: FormField | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if found is not None and db_field.name in {name for code in LANGUAGES for name in columns(self.model, code)}:
            found.required = True
        return found


class SearchedAdmin(ModelAdmin):  # type: ignore[misc]
    """Keeps the index of search as the form leaves the row and the rows below it."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        reindex([obj])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        super().save_related(request, form, formsets, change)
        below = [row.instance for formset in formsets for row in formset.forms if row.instance.pk]
        reindex([form.instance, *below])


class ContraindicationInline(BothLanguages, TabularInline):  # type: ignore[misc]
    model = Contraindication
    fields = ["order", *(name for code in LANGUAGES for name in columns(Contraindication, code))]
    extra = 0


class WeekInline(BothLanguages, TabularInline):  # type: ignore[misc]
    model = Week
    fields = ["number", *(name for code in LANGUAGES for name in columns(Week, code))]
    extra = 0
    show_change_link = True


@admin.register(PlanTemplate)
class PlanTemplateAdmin(BothLanguages, SearchedAdmin):
    list_display = ["title", "slug", "weeks", "is_published"]
    list_filter = ["is_published", "needs"]
    search_fields = ["slug", *columns(PlanTemplate, "en"), *columns(PlanTemplate, "zh-hans")]
    readonly_fields = ["is_published"]
    autocomplete_fields: list[str] = []
    filter_horizontal = ["needs", "citations"]
    inlines = [ContraindicationInline, WeekInline]
    actions = ["publish", "withdraw"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("slug", "order", "is_published", "weeks", "sessions_min", "sessions_max", "duration_days"),
                    *("check_in_scale", "check_in_weeks", "needs", "citations"),
                ]
            },
        ),
        *language_tabs(PlanTemplate),
    ]

    @admin.action(description=gettext_lazy("Publish the chosen plans"), permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet[PlanTemplate]) -> None:
        for template in queryset:
            try:
                publish_plan(template=template)
            except InvalidInput as error:
                values = {"plan": template.title, "field": error.field, "message": error.message}
                self.message_user(request, _("%(plan)s, %(field)s: %(message)s") % values, messages.ERROR)
            else:
                self.message_user(request, _("%(plan)s is published.") % {"plan": template.title}, messages.SUCCESS)

    @admin.action(description=gettext_lazy("Withdraw the chosen plans"), permissions=["change"])
    def withdraw(self, request: HttpRequest, queryset: QuerySet[PlanTemplate]) -> None:
        for template in queryset:
            withdraw_plan(template=template)
            self.message_user(request, _("%(plan)s is withdrawn.") % {"plan": template.title}, messages.SUCCESS)


class SessionInline(TabularInline):  # type: ignore[misc]
    model = Session
    fields = ["number", "exercise_type", "minutes", "intensity", "floor_minutes"]
    readonly_fields = fields
    extra = 0
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A session needs its texts and its floor: it is added on its own page."""
        return False


@admin.register(Week)
class WeekAdmin(BothLanguages, SearchedAdmin):
    list_display = ["template", "number", "focus"]
    list_filter = ["template"]
    list_select_related = ["template"]
    fieldsets = [(None, {"fields": ["template", "number"]}), *language_tabs(Week)]
    inlines = [SessionInline]


@admin.register(Session)
class SessionAdmin(BothLanguages, SearchedAdmin):
    list_display = ["title", "plan", "week", "number", "minutes", "floor_minutes"]
    list_filter = ["week__template", "exercise_type", "intensity"]
    list_select_related = ["week__template"]
    search_fields = [*columns(Session, "en"), *columns(Session, "zh-hans")]
    filter_horizontal = ["mechanisms"]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    *("week", "number", "exercise_type", "minutes", "intensity"),
                    *("floor_minutes", "day", "met_code", "mechanisms"),
                ]
            },
        ),
        *language_tabs(Session),
    ]

    @admin.display(description=gettext_lazy("plan"))
    def plan(self, session: Session) -> str:
        return session.week.template.title
