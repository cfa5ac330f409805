"""Looking at a group, founding one, joining and leaving."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import members_only
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.findable import findable
from core.visibility import get_visible
from groups.feed import my_membership
from groups.forms.groups import GroupForm
from groups.forms.refusing import refuse
from groups.meetings import coming_in
from groups.models import Event, Group
from groups.queries import members_seen_by
from groups.rules import may
from groups.services.groups import create_group
from groups.services.memberships import join_group, leave_group
from groups.sharing import shares_seen_by
from groups.together import together_of
from groups.views.feed import feed_part
from groups.ways import ways_of

NEXT_EVENTS = 5


@findable
@require_safe
def group(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_visible(Group.objects.all(), request.user, slug=slug)
    events = Event.objects.visible_to(request.user).with_greeter(request.user).select_related("group")
    mine = my_membership(request.user, found)
    context = {
        "group": found,
        **together_of(request.user, found, now=clock.now()),
        "events": coming_in(events, found, now=clock.now())[:NEXT_EVENTS],
        "members": members_seen_by(request.user, found),
        "mine": mine,
        "is_member": mine is not None,
        "shares": shares_seen_by(request.user, found),
        "ways": ways_of(request.user, found, mine),
        "may_host": mine is not None and mine.is_hosting,
        "feed": feed_part(request.user, found, mine),
    }
    return render(request, "groups/group.html", context)


@members_only
def new_group(request: HttpRequest) -> HttpResponse:
    person = cast("User", request.user)
    form = GroupForm(request.POST or None, initial={"time_zone": person.time_zone})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(create_group(owner=person, now=clock.now(), **form.details()))
        except DomainError as error:
            refuse(form, error)
    return render(request, "groups/group_form.html", {"form": form})


@require_POST
@members_only
def join(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_visible(Group.objects.all(), request.user, slug=slug)
    try:
        join_group(group=found, person=cast("User", request.user), now=clock.now())
        messages.success(request, _("Welcome to %(group)s.") % {"group": found.name})
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(_way_back(request, found))


@require_POST
@members_only
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "leave_group", found):
        raise PermissionDenied
    try:
        leave_group(group=found, person=cast("User", request.user), now=clock.now())
        messages.success(request, _("You have left %(group)s. The door stays open.") % {"group": found.name})
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect(found)
    return redirect("groups:groups")


def _way_back(request: HttpRequest, found: Group) -> str:
    """Return the page that the button stood on, when it is one of ours."""
    page = request.POST.get("next", "")
    return page if url_has_allowed_host_and_scheme(page, allowed_hosts=None) else found.get_absolute_url()
