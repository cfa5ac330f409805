"""Keeping a group: describing it anew, closing it, opening it again."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.forms.groups import GroupForm
from groups.forms.refusing import refuse
from groups.models import Event, Group
from groups.rules import may
from groups.services.closing import close_group, reopen_group
from groups.services.groups import change_group


@members_only
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    group = _kept(request, slug, "change_group")
    form = GroupForm(request.POST or None, instance=group)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(change_group(group=group, by=request.user, now=clock.now(), **form.details()))
        except DomainError as error:
            refuse(form, error)
    may_close = may(request.user, "close_group", group)
    return render(request, "groups/group_form.html", {"group": group, "form": form, "may_close": may_close})


@members_only
def close(request: MemberRequest, slug: str) -> HttpResponse:
    """Say what closing means, and do it when somebody means it."""
    group, now = _kept(request, slug, "close_group"), clock.now()
    if request.method == "POST":
        try:
            close_group(group=group, by=request.user, now=now)
        except DomainError as error:
            messages.warning(request, str(error.message))
        return redirect(group)
    coming = Event.objects.visible_to(request.user).filter(group=group, starts_at__gt=now).scheduled().count()
    return render(request, "groups/roles/close.html", {"group": group, "coming": coming})


@require_POST
@members_only
def reopen(request: MemberRequest, slug: str) -> HttpResponse:
    group = _kept(request, slug, "close_group")
    try:
        reopen_group(group=group, by=request.user, now=clock.now())
        messages.success(request, _("The group is open again."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(group)


def _kept(request: MemberRequest, slug: str, act: str) -> Group:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, act, group):
        raise PermissionDenied
    return group
