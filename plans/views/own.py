"""A plan of one's own: the list, making one, its page, copying, letting go."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core.errors import DomainError
from core.visibility import get_visible
from plans.forms.own import PlanForm
from plans.forms.refusals import add_refusal
from plans.models import Enrollment, PlanTemplate
from plans.own_lacks import lacks_in_words
from plans.services.gate import NotReady
from plans.services.own import close_plan, make_plan, open_plan, remove_plan, write_facts
from plans.services.own_copies import change_followed, copy_plan


def own_plan(request: HttpRequest, slug: str) -> PlanTemplate:
    """Return the person's own plan with its weeks; anything else is a 404."""
    person = request.user
    return get_visible(PlanTemplate.objects.owned_by(person).with_schedule(person), person, slug=slug)


@require_safe
@members_only
def plans(request: MemberRequest) -> HttpResponse:
    """The plans that I made."""
    mine = PlanTemplate.objects.visible_to(request.user).owned_by(request.user).order_by("-pk")
    return render(request, "plans/own/plans.html", {"plans": mine})


@members_only
def new(request: MemberRequest) -> HttpResponse:
    """Name a plan; its weeks come next."""
    form = PlanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            plan = make_plan(person=request.user, draft=form.draft())
        except DomainError as error:
            add_refusal(form, error)
        else:
            return redirect("plans:own_plan", plan.slug)
    return render(request, "plans/own/new.html", {"form": form})


@members_only
def plan(request: MemberRequest, slug: str) -> HttpResponse:
    """My plan: its words, its weeks, and what it still needs."""
    found = own_plan(request, slug)
    facts = {name: getattr(found, name) or "" for name in ("title", "goal", "growth")}
    form = PlanForm(request.POST or None, initial=facts)
    if request.method == "POST" and form.is_valid():
        try:
            write_facts(person=request.user, slug=slug, draft=form.draft())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Changed."))
            return redirect("plans:own_plan", slug)
    following = Enrollment.objects.visible_to(request.user).active().filter(template=found).first()
    context = {"plan": found, "form": form, "lacks": lacks_in_words(found), "following": following}
    return render(request, "plans/own/plan.html", context)


@require_POST
@members_only
def ready(request: MemberRequest, slug: str) -> HttpResponse:
    """Make it a plan that I can follow, or say what it still needs."""
    found = own_plan(request, slug)
    try:
        open_plan(person=request.user, slug=slug)
    except NotReady:
        messages.warning(request, _("A few things first: they are listed below."))
        return redirect("plans:own_plan", slug)
    messages.success(request, _("Your plan is ready to follow."))
    return redirect(found)


@require_POST
@members_only
def draft(request: MemberRequest, slug: str) -> HttpResponse:
    """Make it a draft again."""
    try:
        close_plan(person=request.user, slug=slug)
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("plans:own_plan", slug)


@members_only
def remove(request: MemberRequest, slug: str) -> HttpResponse:
    """Ask, then remove my plan for good."""
    found = own_plan(request, slug)
    if request.method == "POST":
        remove_plan(person=request.user, slug=slug)
        messages.success(request, _("The plan is removed. What you noted stays yours."))
        return redirect("plans:own_plans")
    return render(request, "plans/own/remove.html", {"plan": found})


@require_POST
@members_only
def copy(request: MemberRequest, slug: str) -> HttpResponse:
    """Make a plan of my own out of one that I can see."""
    template = get_visible(PlanTemplate.objects.all(), request.user, slug=slug)
    try:
        made = copy_plan(person=request.user, template=template)
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect(template)
    messages.success(request, _("This copy is yours: change whatever you like."))
    return redirect("plans:own_plan", made.slug)


@require_POST
@members_only
def change(request: MemberRequest, uuid: str) -> HttpResponse:
    """Change the plan that I follow: from now on it is a copy of my own."""
    enrollment = get_visible(Enrollment.objects.select_related("template"), request.user, uuid=uuid)
    try:
        made = change_followed(person=request.user, enrollment=enrollment)
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect("plans:mine")
    return redirect("plans:own_plan", made.slug)
