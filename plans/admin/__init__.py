"""Editing plans. What people do with them (following, logs, moods) is not here, and never will be."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import TabularInline

from core.errors import InvalidInput
from plans.admin.base import BothLanguages, GatedAdmin, GatedForm, OfPlanFilter, columns, language_tabs
from plans.manuscript import LANGUAGES
from plans.models import Contraindication, PlanTemplate, Session, Week
from plans.services.gate import GAPS
from plans.services.publishing import publish_plan, withdraw_plan


class PlanForm(GatedForm):
    """The days after a gap, in their order; said on the field, where the database could only refuse the row."""

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for before, after in pairwise(GAPS):
            if data.get(before) is not None and data.get(after) is not None and data[after] < data[before]:
                self.add_error(after, _("These days come in order: none is fewer than the one before."))
        return data

    def clean_move_on_percent(self) -> int:
        percent: int = self.cleaned_data["move_on_percent"]
        if not 1 <= percent <= 100:  # noqa: PLR2004 - percent
            self.add_error("move_on_percent", _("Between 1 and 100 percent."))
        return percent

    def clean_small_after_days(self) -> int:
        days: int = self.cleaned_data["small_after_days"]
        if days < 1:
            self.add_error("small_after_days", _("At least one day."))
        return days


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
class PlanTemplateAdmin(GatedAdmin):
    form = PlanForm
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
        (
            gettext_lazy("Pace"),
            {
                "fields": [
                    *("growth", "move_on_percent", "small_after_days", "repeat_after_days"),
                    *("back_after_days", "restart_after_days"),
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
class WeekAdmin(GatedAdmin):
    list_display = ["template", "number", "focus"]
    list_filter = [OfPlanFilter]
    list_select_related = ["template"]
    fieldsets = [(None, {"fields": ["template", "number"]}), *language_tabs(Week)]
    inlines = [SessionInline]


@admin.register(Session)
class SessionAdmin(GatedAdmin):
    list_display = ["title", "plan", "week", "number", "minutes", "floor_minutes"]
    list_filter = [OfPlanFilter, "exercise_type", "intensity"]
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
