"""Plans to choose from, one plan, and following it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from library.caching import public_for_visitors
from library.models import Need, SafetyText
from plans.forms import FollowForm, add_refusal
from plans.models import Enrollment, PlanTemplate
from plans.rules import may
from plans.services.enrollments import follow_plan


@public_for_visitors
def templates(request: HttpRequest) -> HttpResponse:
    """Every plan, or those that answer one need."""
    need = request.GET.get("need", "")
    plans = PlanTemplate.objects.visible_to(request.user).by_editors().for_need(need).with_needs(request.user)
    needs = Need.objects.visible_to(request.user)
    return render(request, "plans/templates.html", {"plans": plans, "needs": needs, "chosen": need})


@public_for_visitors
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """One plan with all its weeks, its cautions and its sources."""
    person = request.user
    plan = get_visible(PlanTemplate.objects.with_needs(person).with_schedule(person), person, slug=slug)
    following = Enrollment.objects.visible_to(request.user).active().filter(template=plan).first()
    care = SafetyText.objects.visible_to(person).placed("plans")
    return render(request, "plans/template.html", {"plan": plan, "following": following, "care": care})


@members_only
def follow(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose start, days, time and words."""
    plan = get_visible(PlanTemplate.objects.all(), request.user, slug=slug)
    if not may(request.user, "follow_plantemplate", plan):
        raise PermissionDenied
    now = clock.now()
    initial = {"starts_on": clock.local_day(now, request.user.time_zone)}
    form = FollowForm(request.POST or None, template=plan, person=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            follow_plan(person=request.user, template=plan, now=now, **form.followed())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Your plan is set. From its first day on, the next step waits under Today."))
            return redirect("plans:mine")
    care = SafetyText.objects.visible_to(request.user).placed("plans")
    return render(request, "plans/follow.html", {"plan": plan, "form": form, "care": care})
