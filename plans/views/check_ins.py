"""Private check-ins. Where no scale is switched on, these pages are not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from library.models import SafetyText
from library.queries import help_seen_by
from plans.check_ins import Result, row_for, rows_for
from plans.forms.check_ins import CheckInForm
from plans.forms.refusals import add_refusal
from plans.models import CheckIn
from plans.rules import may
from plans.scales.scoring import scales
from plans.scales.switched_on import switched_on
from plans.services.check_ins import delete_check_in, take_check_in


def where_offered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to everybody where the operator has switched nothing on."""

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not switched_on():
            raise Http404
        return view(request, *args, **kwargs)

    return asked


@require_safe
@where_offered
@members_only
def check_ins(request: MemberRequest) -> HttpResponse:
    """What can be taken, and what came of it before."""
    care = SafetyText.objects.visible_to(request.user).placed("check-ins")
    rows = rows_for(request.user, clock.now())
    return render(request, "plans/check_ins/list.html", {"rows": rows, "care": care})


@sensitive_post_parameters()
@where_offered
@members_only
def take(request: MemberRequest, scale: str) -> HttpResponse:
    """Answer the questions of one scale."""
    if (questionnaire := switched_on().get(scale)) is None:
        raise Http404
    form = CheckInForm(request.POST or None, questionnaire=questionnaire)
    if request.method == "POST" and form.is_valid():
        given = {"answers": form.answers(), "uuid": form.cleaned_data["uuid"]}
        try:
            taken = take_check_in(person=request.user, questionnaire=questionnaire, now=clock.now(), **given)
        except DomainError as error:
            add_refusal(form, error)
        else:
            return redirect("plans:check_in_result", taken.uuid)
    context = {"form": form, "asked": questionnaire, "row": row_for(request.user, scale, clock.now())}
    context["care"] = SafetyText.objects.visible_to(request.user).placed("check-ins")
    return render(request, "plans/check_ins/take.html", context)


@require_safe
@where_offered
@members_only
def result(request: MemberRequest, uuid: str) -> HttpResponse:
    """Say in plain words what a score means; where a talk is worthwhile, who there is to talk to comes first."""
    found = Result(_own(request, uuid))
    care = SafetyText.objects.visible_to(request.user).placed("check-ins")
    context = {"result": found, "care": care, **(_support(request) if found.is_worth_a_talk else {})}
    return render(request, "plans/check_ins/result.html", context)


@where_offered
@members_only
def delete(request: MemberRequest, uuid: str) -> HttpResponse:
    """Ask, then remove one of my results."""
    found = _own(request, uuid)
    if request.method == "POST" and may(request.user, "delete_checkin", found):
        delete_check_in(person=request.user, check_in=found)
        messages.success(request, _("Removed for good."))
        return redirect("plans:check_ins")
    return render(request, "plans/check_ins/delete.html", {"result": Result(found)})


def _own(request: MemberRequest, uuid: str) -> CheckIn:
    return get_visible(CheckIn.objects.all(), request.user, uuid=uuid, scale__in=scales())


def _support(request: MemberRequest) -> dict[str, Any]:
    """Return the lines of the place that was picked or that this browser remembers; it is never guessed."""
    regions, international = help_seen_by(request.user)
    wanted = request.GET.get("region", request.COOKIES.get(settings.HELP_REGION_COOKIE))
    region = next((region for region in regions if region.code == wanted), None)
    return {"regions": regions, "region": region, "international": international, "today": clock.now().date()}
