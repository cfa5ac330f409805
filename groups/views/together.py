"""Goals that a group reaches together."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError, NotPermitted
from core.visibility import get_visible
from groups.forms.refusing import refuse
from groups.forms.together import GoalForm
from groups.models import Goal, Group
from groups.rules import may
from groups.services import goals
from groups.together import goals_seen_by, shown_goal


@members_only
def new_goal(request: MemberRequest, slug: str) -> HttpResponse:
    group, person, now = get_visible(Group.objects.all(), request.user, slug=slug), request.user, clock.now()
    if not may(person, "set_goal", group):
        raise PermissionDenied
    first = clock.local_day(now, group.time_zone)
    form = GoalForm(request.POST or None, initial={"starts_on": first, "unit": Goal.Unit.MINUTES})
    if request.method == "POST" and form.is_valid():
        try:
            goals.set_goal(group=group, person=person, now=now, **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The goal is set. Everybody decides for themselves whether their part counts."))
            return redirect(group)
    return render(request, "groups/together/goal_form.html", {"group": group, "form": form})


@require_safe
@members_only
def goal(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """A goal, and how it is counted."""
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    found = shown_goal(get_visible(goals_seen_by(request.user, group), request.user, uuid=uuid))
    may_host = may(request.user, "set_goal", group)
    return render(request, "groups/together/goal.html", {"group": group, "shown_goal": found, "may_host": may_host})


@require_POST
@members_only
def count_me_in(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    found = _goal(request, slug, uuid)
    try:
        goals.count_me_in(goal=found, person=request.user, now=clock.now())
        messages.success(request, _("Your part counts from today on. Nobody sees that it does, or how much it is."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(found)


@require_POST
@members_only
def count_me_out(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    found = _goal(request, slug, uuid)
    goals.count_me_out(goal=found, person=request.user)
    messages.success(request, _("Your part no longer counts. Nobody is told."))
    return redirect(found)


@require_POST
@members_only
def close_goal(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    found = _goal(request, slug, uuid)
    try:
        goals.close_goal(goal=found, person=request.user, now=clock.now())
    except NotPermitted as error:
        raise PermissionDenied from error
    messages.success(request, _("This goal has ended. What you reached together stays."))
    return redirect(found.group)


def _goal(request: MemberRequest, slug: str, uuid: str) -> Goal:
    return get_visible(Goal.objects.select_related("group"), request.user, group__slug=slug, uuid=uuid)
