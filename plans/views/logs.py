"""Noting what was done, and my own days."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from library.models import ExerciseType
from plans.forms import LogForm, add_refusal
from plans.models import SessionLog
from plans.prefill import from_log, from_step, step_asked_for
from plans.rules import may
from plans.services.logs import delete_log, edit_log, log_session

A_PAGE = 20


@members_only
def log(request: MemberRequest) -> HttpResponse:
    """Note something done: a step of a plan (`?enrollment=…&session=…&floor=1`) or anything else."""
    asked = step_asked_for(request.user, request.GET)
    types = ExerciseType.objects.visible_to(request.user)
    form = LogForm(request.POST or None, types=types, initial=from_step(asked))
    if request.method == "POST" and form.is_valid():
        step: dict[str, Any] = {"session": asked.session, "enrollment": asked.enrollment}
        try:
            log_session(person=request.user, now=clock.now(), **step, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Noted. It counts, whatever its size."))
            return redirect("home")
    return render(request, "plans/log.html", {"form": form, "asked": asked})


@require_safe
@members_only
def logs(request: MemberRequest) -> HttpResponse:
    """My own days, the latest first."""
    own = SessionLog.objects.visible_to(request.user).with_details(request.user)
    page = Paginator(own.order_by("-local_on", "-done_at", "-pk"), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "plans/logs.html", {"page": page})


@members_only
def edit(request: MemberRequest, uuid: str) -> HttpResponse:
    """Change one of my logs."""
    found = get_visible(SessionLog.objects.with_details(request.user), request.user, uuid=uuid)
    if not may(request.user, "change_sessionlog", found):
        raise PermissionDenied
    form = LogForm(request.POST or None, types=ExerciseType.objects.visible_to(request.user), initial=from_log(found))
    if request.method == "POST" and form.is_valid():
        changes = {name: value for name, value in form.cleaned_data.items() if name != "uuid"}
        try:
            edit_log(person=request.user, log=found, now=clock.now(), **changes)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Changed."))
            return redirect("plans:logs")
    return render(request, "plans/log_edit.html", {"form": form, "log": found})


@members_only
def delete(request: MemberRequest, uuid: str) -> HttpResponse:
    """Ask, then remove one of my logs."""
    found = get_visible(SessionLog.objects.with_details(request.user), request.user, uuid=uuid)
    if not may(request.user, "delete_sessionlog", found):
        raise PermissionDenied
    if request.method == "POST":
        delete_log(person=request.user, log=found)
        messages.success(request, _("Removed for good."))
        return redirect("plans:logs")
    return render(request, "plans/log_delete.html", {"log": found})
