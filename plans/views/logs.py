"""Noting what was done, and my own days."""

from datetime import datetime
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
from plans.forms.logs import LogForm
from plans.forms.refusals import add_refusal
from plans.models import SessionLog
from plans.prefill import Asked, from_asked, from_log, step_asked_for
from plans.rules import may
from plans.services.logs import delete_log, edit_log, log_session

A_PAGE = 20


@members_only
def log(request: MemberRequest) -> HttpResponse:
    """Note what was begun (`?beginning=…`), a step of a plan (`?enrollment=…&session=…&floor=1`) or anything else."""
    asked, now = step_asked_for(request.user, request.GET), clock.now()
    if asked.noted:  # sent twice, or come back to
        return redirect("home") if request.method == "POST" else redirect("plans:edit_log", asked.noted.uuid)
    form = _form(request, asked, now)
    if request.method == "POST" and form.is_valid():
        try:
            log_session(person=request.user, now=now, **_step(asked), **form.noted())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Noted. It counts, whatever its size."))
            return redirect("home")
    context = {"form": form, "asked": asked, "offers_yesterday": not form.is_bound}
    return render(request, "plans/log.html", context)


def _form(request: MemberRequest, asked: Asked, now: datetime) -> LogForm:
    types = ExerciseType.objects.visible_to(request.user)
    initial = from_asked(asked, now=now, was_yesterday="yesterday" in request.GET)
    return LogForm(request.POST or None, types=types, initial=initial, begun=asked.beginning)


def _step(asked: Asked) -> dict[str, Any]:
    """What was begun brings its step along by itself."""
    return {} if asked.beginning else {"session": asked.session, "enrollment": asked.enrollment}


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
    types = ExerciseType.objects.visible_to(request.user)
    form = LogForm(request.POST or None, types=types, initial=from_log(found))
    if request.method == "POST" and form.is_valid():
        try:
            edit_log(person=request.user, log=found, now=clock.now(), **form.changed())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Changed."))
            return redirect("plans:logs")
    return render(request, "plans/log_edit.html", {"form": form, "log": found, "guess": found.mood("guess")})


@members_only
def delete(request: MemberRequest, uuid: str) -> HttpResponse:
    """Ask, then remove one of my logs."""
    found = get_visible(SessionLog.objects.with_details(request.user), request.user, uuid=uuid)
    if not may(request.user, "delete_sessionlog", found):
        raise PermissionDenied
    if request.method == "POST":
        delete_log(person=request.user, log=found, now=clock.now())
        messages.success(request, _("Removed for good."))
        return redirect("plans:logs")
    return render(request, "plans/log_delete.html", {"log": found})
