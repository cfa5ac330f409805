"""Plans that a group follows together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError, NotPermitted
from core.visibility import get_visible
from groups.forms.refusing import refuse
from groups.forms.together import GroupPlanForm
from groups.models import Group, GroupPlan
from groups.rules import may
from groups.services import plans_together
from groups.together import group_plans_seen_by, my_enrollment, plans_for
from library.models import SafetyText
from plans.forms.starting import Start


@members_only
def new_group_plan(request: MemberRequest, slug: str) -> HttpResponse:
    group, person, now = get_visible(Group.objects.all(), request.user, slug=slug), request.user, clock.now()
    if not may(person, "set_group_plan", group):
        raise PermissionDenied
    first = {"starts_on": clock.local_day(now, group.time_zone)}
    form = GroupPlanForm(request.POST or None, plans=plans_for(person, group), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            plans_together.set_group_plan(group=group, person=person, now=now, **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Your group can follow this plan together now, each at their own pace."))
            return redirect(group)
    return render(request, "groups/together/plan_form.html", {"group": group, "form": form})


@members_only
def follow_along(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """Follow the group's plan: with the copy that I have, or by beginning one."""
    group, person, now = get_visible(Group.objects.all(), request.user, slug=slug), request.user, clock.now()
    found = get_visible(group_plans_seen_by(person, group), person, uuid=uuid)
    start = Start.of(request.POST or None, person=person, plan=found.template, now=now)
    mine = my_enrollment(person, found)
    if request.method == "POST" and (enrollment := mine or start.follow(now)):
        try:
            plans_together.follow_along(group_plan=found, person=person, enrollment=enrollment, now=now)
            messages.success(request, _("You follow it together now. Nobody sees who does, or how far anybody is."))
        except DomainError as error:
            messages.warning(request, str(error.message))
        return redirect(group)
    care = SafetyText.objects.visible_to(person).placed("plans")
    context = {"group": group, "mine": mine, "plan": found.template, "care": care}
    forms = {"form": start.form, "question": start.question, "ready": start.ready}
    return render(request, "groups/together/follow.html", {**context, **forms})


@require_POST
@members_only
def leave_along(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    found = _group_plan(request, slug, uuid)
    plans_together.leave_along(group_plan=found, person=request.user)
    messages.success(request, _("You follow it on your own from now on. Your plan stays as it is."))
    return redirect(found.group)


@require_POST
@members_only
def end_group_plan(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    found = _group_plan(request, slug, uuid)
    try:
        plans_together.end_group_plan(group_plan=found, person=request.user, now=clock.now())
    except NotPermitted as error:
        raise PermissionDenied from error
    messages.success(request, _("The group no longer follows it together. Everybody keeps their own copy."))
    return redirect(found.group)


def _group_plan(request: MemberRequest, slug: str, uuid: str) -> GroupPlan:
    return get_visible(GroupPlan.objects.select_related("group"), request.user, group__slug=slug, uuid=uuid)
