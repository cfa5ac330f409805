"""What every page of the plans' admin shares: both languages, plain words, the gate, and no plan of a member's own."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, Model, QuerySet
from django.forms import Field as FormField
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from modeltranslation.translator import translator
from modeltranslation.utils import build_localized_fieldname
from unfold.admin import ModelAdmin

from library.services.search_index import reindex
from plans.admin.words import HELP
from plans.manuscript import LANGUAGES
from plans.models import PlanTemplate, Session, Week
from plans.services.gate import Lack, NotReady
from plans.services.publishing import keep_publishable

NAMES = {"en": _("English"), "zh-hans": _("Simplified Chinese")}
PATHS: dict[type[Model], str] = {PlanTemplate: "", Week: "template__", Session: "week__template__"}


def columns(model: type, language: str) -> list[str]:
    """Return the model's text columns of a language."""
    return [build_localized_fieldname(name, language) for name in translator.get_options_for_model(model).all_fields]


def language_tabs(model: type) -> list[tuple[Any, dict[str, Any]]]:
    return [(NAMES[code], {"classes": ["tab"], "fields": columns(model, code)}) for code in LANGUAGES]


def plan_of(row: Any) -> PlanTemplate:
    found: PlanTemplate = row if isinstance(row, PlanTemplate) else plan_of(getattr(row, "template", None) or row.week)
    return found


class BothLanguages:
    """Every text is asked for in both languages; a plan without its floors cannot be saved."""

    model: type

    def formfield_for_dbfield(self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any) -> FormField | None:
        found: FormField | None = super().formfield_for_dbfield(db_field, request, **kwargs)  # type: ignore[misc]
        if found is None:
            return None
        if db_field.name in {name for code in LANGUAGES for name in columns(self.model, code)}:
            found.required = True
        found.help_text = HELP.get(f"{self.model.__name__}.{db_field.name}", found.help_text)  # type: ignore[assignment]
        return found


class GatedForm(forms.ModelForm):  # type: ignore[type-arg]
    """Says on its field what the gate refused when the form was saved."""

    lacks: list[Lack] = []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for path, message in self.lacks:
            self.add_error(self._field_of(path), message)
        return data

    def _field_of(self, path: str) -> str | None:
        """Return the field that a path of the gate leads to, or None: the message names the week itself."""
        name = path
        if isinstance(self.instance, Week | Session):
            week = self.instance if isinstance(self.instance, Week) else self.instance.week
            rest = path.removeprefix(f"week_set.{week.number}.")
            name = (
                rest.removeprefix(f"sessions.{self.instance.number}.") if isinstance(self.instance, Session) else rest
            )
        found = [name, *(build_localized_fieldname(name, code) for code in LANGUAGES)]
        return next((field for field in found if field in self.fields), None)


class GatedAdmin(BothLanguages, ModelAdmin):  # type: ignore[misc]
    """What is offered stays fit to be followed: a change that the gate refuses is not saved, and nothing typed is lost.

    Plans of members are nobody's here: not in a list, not in a choice, not by their number.
    """

    form = GatedForm

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.filter(**{f"{PATHS[self.model]}owner__isnull": True})

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if (path := PATHS.get(db_field.related_model)) is not None:
            by_editors = {f"{path}owner__isnull": True}
            kwargs["queryset"] = db_field.related_model.objects.filter(**by_editors)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        made = super().get_form(request, obj, change, **kwargs)
        made.lacks = getattr(request, "lacks", [])
        return made

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A part of a plan that is offered is taken out once the plan is withdrawn."""
        is_part = obj is not None and not isinstance(obj, PlanTemplate)
        return super().has_delete_permission(request, obj) and not (is_part and plan_of(obj).is_published)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, then ask the gate. If it refuses, nothing is saved, and the form says why."""
        answer: HttpResponse
        try:
            answer = super().changeform_view(request, *args, **kwargs)
        except NotReady as error:
            request.lacks = error.lacks  # type: ignore[attr-defined]
            answer = super().changeform_view(request, *args, **kwargs)
        return answer

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        super().save_model(request, obj, form, change)
        reindex([obj])

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Keep the index of search as the form leaves the row and the rows below it."""
        super().save_related(request, form, formsets, change)
        below = [row.instance for formset in formsets for row in formset.forms if row.instance.pk]
        reindex([form.instance, *below])
        keep_publishable(template=plan_of(form.instance))


class OfPlanFilter(admin.SimpleListFilter):
    """The plans by editors; the filter that Django makes would name everybody's."""

    title = _("plan")
    parameter_name = "plan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(plan.pk), plan.title) for plan in PlanTemplate.objects.by_editors()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        chosen = self.value() or ""
        return queryset.filter(**{PATHS[queryset.model].removesuffix("__"): chosen}) if chosen.isdecimal() else queryset
