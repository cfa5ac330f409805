"""The weeks of one's own plan, one page each, and the ladder that writes them all."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core.errors import DomainError, InvalidInput
from plans.forms.ladders import LadderForm
from plans.forms.own import WeekForm, moved, rows_of, rows_typed, steps_form, week_draft
from plans.forms.refusals import add_refusal
from plans.ladder import Ladder
from plans.models import PlanTemplate, Week
from plans.own_lacks import lacks_in_words
from plans.services.own import add_week, remove_week, write_week
from plans.services.own_ladders import drawn, ladder_of, make_ladder
from plans.views.own import own_plan


def week_of(plan: PlanTemplate, number: int) -> Week:
    """Return the week of a plan that came with its schedule."""
    for week in plan.shown_weeks:
        if week.number == number:
            return week
    raise Http404


@members_only
def week(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """One week: its steps with their small versions. The buttons beside a step keep what is typed, and save nothing."""
    plan = own_plan(request, slug)
    found = week_of(plan, number)
    if request.method != "POST":
        return _editor(request, plan, found, WeekForm(initial={"focus": found.focus or ""}), rows_of(found))
    if act := request.POST.get("act"):
        typed = WeekForm(initial={"focus": request.POST.get("focus", "")})
        return _editor(request, plan, found, typed, moved(rows_typed(request.POST), act))
    form, steps = WeekForm(request.POST), steps_form(request.user, data=request.POST, rows=rows_of(found))
    if form.is_valid() and steps.is_valid():
        try:
            write_week(person=request.user, slug=slug, number=number, draft=week_draft(form, steps, found))
        except InvalidInput as error:
            if not steps.refuse(error):
                add_refusal(form, error)
        else:
            messages.success(request, _("Changed."))
            return redirect("plans:own_plan", slug)
    return _page(request, plan, found, form, steps)


def _editor(
    request: MemberRequest, plan: PlanTemplate, found: Week, form: WeekForm, rows: list[dict[str, object]]
) -> HttpResponse:
    return _page(request, plan, found, form, steps_form(request.user, rows=rows))


def _page(request: MemberRequest, plan: PlanTemplate, found: Week, form: WeekForm, steps: object) -> HttpResponse:
    lacks = lacks_in_words(plan, week=found.number)
    return render(
        request, "plans/own/week.html", {"plan": plan, "week": found, "form": form, "steps": steps, "lacks": lacks}
    )


@require_POST
@members_only
def add(request: MemberRequest, slug: str) -> HttpResponse:
    """Add a week like the last one, and open it."""
    own_plan(request, slug)
    try:
        made = add_week(person=request.user, slug=slug)
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect("plans:own_plan", slug)
    return redirect("plans:own_week", slug, made.number)


@require_POST
@members_only
def remove(request: MemberRequest, slug: str, number: int) -> HttpResponse:
    """Take a week out."""
    own_plan(request, slug)
    try:
        remove_week(person=request.user, slug=slug, number=number)
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("plans:own_plan", slug)


@members_only
def ladder(request: MemberRequest) -> HttpResponse:
    """From an amount to an amount: look at the rungs (GET), then make them a plan (POST)."""
    data = request.POST if request.method == "POST" else request.GET
    form = LadderForm(data or None, viewer=request.user)
    shown: dict[str, object] = {"form": form}
    if data and form.is_valid():
        try:
            found = ladder_of(**form.ladder())
            shown |= _shown(found)
            if request.method == "POST":
                kind, title = form.cleaned_data["exercise_type"], form.cleaned_data["title"]
                return redirect(make_ladder(person=request.user, title=title, kind=kind, ladder=found))
        except DomainError as error:
            add_refusal(form, error)
    return render(request, "plans/own/ladder.html", shown)


def _shown(ladder: Ladder) -> dict[str, object]:
    found = drawn(ladder)
    return {"rungs": found.rungs, "ladder": ladder, "explained": found.explained, "small": found.floor}
