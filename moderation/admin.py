"""The moderators' desk: what waits for a look, appeals, and the log. Everything is decided by services."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from unfold.admin import ModelAdmin

from accounts.models import User
from core import clock
from core.errors import DomainError
from moderation import desk
from moderation.forms import AnswerForm, DecisionForm
from moderation.models import ActionLog, Appeal, Decision, Report
from moderation.services.appeals import answer_appeal
from moderation.services.decisions import decide
from moderation.subjects import label_of


class Ledger(ModelAdmin):  # type: ignore[misc]
    """Nothing is added, changed or deleted here."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Named:
    """Says in words what kind of thing a row is about, and when it came."""

    @admin.display(description=gettext_lazy("When"), ordering="created_at")
    def came_at(self, row: Any) -> Any:
        return row.created_at

    @admin.display(description=pgettext_lazy("a report or an act is", "about"))
    def thing(self, row: Any) -> str:
        return capfirst(str(label_of(row.about_kind)))


class Desk(Named, ModelAdmin):  # type: ignore[misc]
    """A queue. A row's page shows what is to know and asks for one answer, which a service makes true."""

    page_template = ""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        row = self.get_object(request, object_id) if object_id else None
        if row is None:
            return self._nothing_there(request)
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        form = self.form_for(row, request.POST or None)
        may_answer = self.has_change_permission(request, row)
        if request.method == "POST":
            if not may_answer:
                raise PermissionDenied
            if form.is_valid() and self._answered(request, row, form):
                return HttpResponseRedirect(reverse(f"admin:moderation_{self.opts.model_name}_changelist"))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": row, "form": form}
        context |= {"title": str(self.opts.verbose_name), "may_answer": may_answer, **self.seen(row)}
        return TemplateResponse(request, self.page_template, context)

    def _nothing_there(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        raise Http404

    def _answered(self, request: HttpRequest, row: Any, form: Any) -> bool:
        try:
            self.answer(row, cast("User", request.user), form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
            return False
        self.message_user(request, _("Decided, and whoever is to know is told."), messages.SUCCESS)
        return True

    def form_for(self, row: Any, data: Any) -> Any:
        raise NotImplementedError

    def seen(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError

    def answer(self, row: Any, by: User, said: dict[str, Any]) -> None:
        raise NotImplementedError


@admin.register(Report)
class ReportAdmin(Desk):
    """Reports, those that wait first, the longest waiting on top. Who reported is not shown."""

    page_template = "admin/moderation/report.html"
    list_display = ["thing", "reason", "person", "status", "came_at"]
    list_filter = ["status", "reason", "about_kind"]
    list_select_related = ["person"]
    ordering = ["-status", "created_at"]  # "open" comes before "closed"

    def form_for(self, row: Report, data: Any) -> DecisionForm:
        case = desk.case_of(row)
        return DecisionForm(data, subject=case.subject if case.is_there else None, has_person=row.person is not None)

    def seen(self, row: Report) -> dict[str, Any]:
        return {"case": desk.case_of(row)}

    def answer(self, row: Report, by: User, said: dict[str, Any]) -> None:
        decide(about_kind=row.about_kind, about_id=row.about_id, by=by, now=clock.now(), **said)


@admin.register(Appeal)
class AppealAdmin(Desk):
    """Appeals. Whoever decided does not answer."""

    page_template = "admin/moderation/appeal.html"
    list_display = ["decision", "outcome", "came_at"]
    list_filter = ["outcome"]
    list_select_related = ["decision"]
    ordering = ["answered_at", "created_at"]

    def form_for(self, row: Appeal, data: Any) -> AnswerForm:
        return AnswerForm(data)

    def seen(self, row: Appeal) -> dict[str, Any]:
        return {"case": desk.case_of(row.decision), "decision": row.decision}

    def answer(self, row: Appeal, by: User, said: dict[str, Any]) -> None:
        answer_appeal(appeal=row, by=by, now=clock.now(), **said)


@admin.register(Decision)
class DecisionAdmin(Named, Ledger):
    list_display = ["thing", "act", "person", "decided_by", "came_at", "undone_at"]
    list_filter = ["act", "about_kind"]
    list_select_related = ["person", "decided_by"]
    ordering = ["-created_at"]


@admin.register(ActionLog)
class ActionLogAdmin(Named, Ledger):
    list_display = ["at", "act", "thing", "about_id", "actor"]
    list_filter = ["act", "about_kind"]
    date_hierarchy = "at"
