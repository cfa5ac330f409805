"""Reporting, what became of my reports, and decisions about me."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, members_only
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from moderation import links
from moderation.forms import AppealForm, ReportForm
from moderation.pages import ReportLine, decision_page, whole_decision
from moderation.queries import decisions_about, reports_by
from moderation.services.appeals import appeal
from moderation.services.reports import report
from moderation.subjects import kind_or_404
from notifications.rendering import speaking_to

SHOWN = 50


@members_only
def new_report(request: MemberRequest, kind: str, uuid: UUID) -> HttpResponse:
    """Say that something which I can see needs a look."""
    subject = kind_or_404(kind)
    row = subject.find(request.user, uuid)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report(subject=subject, row=row, reporter=request.user, now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            messages.success(request, _("Thank you. We look at it, and you read here what became of it."))
            return redirect("moderation:reports")
    context = {"form": form, "subject": subject, "excerpt": subject.excerpt_of(row), "back": subject.url_of(row)}
    return render(request, "moderation/report.html", context)


@require_safe
@members_only
def reports(request: MemberRequest) -> HttpResponse:
    lines = [ReportLine(found) for found in reports_by(request.user)[:SHOWN]]
    return render(request, "moderation/reports.html", {"lines": lines})


@require_safe
@members_only
def decisions(request: MemberRequest) -> HttpResponse:
    now = clock.now()
    lines = [decision_page(found, request.user, now=now) for found in decisions_about(request.user)[:SHOWN]]
    return render(request, "moderation/decisions.html", {"lines": lines})


@members_only
def decision(request: MemberRequest, uuid: UUID) -> HttpResponse:
    """One decision about me, and my one word against it."""
    return _decision(request, request.user, uuid)


@never_cache
def decision_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same from the mail, for somebody who cannot sign in. Reading changes nothing."""
    found = links.decision_of_token(token, clock.now())
    if found is None or found.person is None:
        raise Http404
    with speaking_to(found.person):
        return _decision(request, found.person, found.uuid)


def _decision(request: HttpRequest, person: User, uuid: UUID) -> HttpResponse:
    found = get_visible(decisions_about(person), person, uuid=uuid)
    page = whole_decision(found, person, now=clock.now())
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal(decision=found, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Thank you. Somebody else looks at it now, and you get an answer by mail."))
        except DomainError as error:
            messages.warning(request, str(error.message))
        return redirect(request.path)
    return render(request, "moderation/decision.html", {"page": page, "form": form})
