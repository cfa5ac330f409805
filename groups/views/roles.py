"""Who is in a group and as what: for its people to see, and for hosts to look after."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.feed import page_of
from groups.forms.refusing import refuse
from groups.forms.roles import RoleForm
from groups.models import Group, Membership, Role
from groups.queries import people_looked_after_by
from groups.roles import ByArrival, bans_seen_by, keepers_seen_by, may_put_out, own_membership, roles_to_give
from groups.rules import may
from groups.services import removing, roles


@require_safe
@members_only
def people(request: MemberRequest, slug: str) -> HttpResponse:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "see_people", group):
        raise PermissionDenied
    mine = own_membership(group, request.user)
    members, more = page_of(people_looked_after_by(request.user, group).filter(role=Role.MEMBER), request, ByArrival)
    context = {
        "group": group,
        "mine": mine,
        "keepers": [(each, _may_change(mine, each)) for each in keepers_seen_by(request.user, group)],
        "members": [(each, _may_change(mine, each)) for each in members],
        "more": more,
        "bans": bans_seen_by(request.user, group) if mine.is_hosting else None,
    }
    return render(request, "groups/roles/people.html", context)


@members_only
def member(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """The role of one person: for those who may give it, or step down from it."""
    group, mine, found = _met(request, slug, uuid)
    if not _may_change(mine, found):
        raise PermissionDenied
    form = RoleForm(request.POST or None, roles=roles_to_give(mine, found), initial={"role": found.role})
    if request.method == "POST" and form.is_valid():
        try:
            roles.give_role(group=group, person=found.person, by=request.user, now=clock.now(), **form.cleaned_data)
            return redirect("groups:group_people", slug)
        except DomainError as error:
            refuse(form, error)
    return render(request, "groups/roles/member.html", _of_one(group, mine, found) | {"form": form})


@require_POST
@members_only
def hand_over(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    group, _mine, found = _met(request, slug, uuid)
    if not may(request.user, "hand_over_group", group):
        raise PermissionDenied
    try:
        roles.hand_over(group=group, to=found.person, by=request.user, now=clock.now())
        messages.success(request, _("%(person)s owns the group now. You go on as a host.") % {"person": found.person})
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:group_people", slug)


@require_POST
@members_only
def remove(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    return _put_out(request, slug, uuid, removing.remove_member)


@require_POST
@members_only
def ban(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    return _put_out(request, slug, uuid, removing.ban_member)


@require_POST
@members_only
def lift_ban(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "look_after_people", group):
        raise PermissionDenied
    found = get_object_or_404(bans_seen_by(request.user, group), uuid=uuid)
    try:
        removing.lift_ban(group=group, person=found.person, by=request.user, now=clock.now())
        messages.success(request, _("%(person)s may come back.") % {"person": found.person})
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:group_people", slug)


def _put_out(request: MemberRequest, slug: str, uuid: str, put_out: Any) -> HttpResponse:
    group, mine, found = _met(request, slug, uuid)
    if not may_put_out(mine, found):
        raise PermissionDenied
    try:
        put_out(group=group, person=found.person, by=request.user, now=clock.now())
        said = _("%(person)s is no longer in the group. Nobody is told.") % {"person": found.person}
        messages.success(request, said)
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:group_people", slug)


def _met(request: MemberRequest, slug: str, uuid: str) -> tuple[Group, Membership, Membership]:
    """Return the group, the viewer's own membership, and that of somebody whom they may know of."""
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    found = get_object_or_404(people_looked_after_by(request.user, group), uuid=uuid)
    return group, own_membership(group, request.user), found


def _may_change(mine: Membership, about: Membership) -> bool:
    return bool(roles_to_give(mine, about)) or may_put_out(mine, about)


def _may_hand_over(mine: Membership, about: Membership) -> bool:
    return mine.role == Role.OWNER and mine.pk != about.pk and not about.is_looking


def _of_one(group: Group, mine: Membership, about: Membership) -> dict[str, Any]:
    return {
        "group": group,
        "member": about,
        "is_me": mine.pk == about.pk,
        "may_put_out": may_put_out(mine, about),
        "may_hand_over": _may_hand_over(mine, about),
    }
