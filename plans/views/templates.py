"""Plans to choose from, and one plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.visibility import get_visible
from library.caching import public_for_visitors
from library.models import Need, SafetyText
from plans.models import Enrollment, PlanTemplate


@public_for_visitors
def templates(request: HttpRequest) -> HttpResponse:
    """Every plan, or those that answer one need."""
    need = request.GET.get("need", "").replace("\0", "")  # no text to PostgreSQL
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
