"""Looking at a group from within, and taking part after that."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.models import Group, Membership
from groups.services.memberships import look, take_part
from groups.views.feed import way_back


@require_POST
@members_only
def look_first(request: MemberRequest, slug: str) -> HttpResponse:
    return _go(request, slug, look, _("Look around in peace. Only the hosts see that you are here."))


@require_POST
@members_only
def take_part_now(request: MemberRequest, slug: str) -> HttpResponse:
    return _go(request, slug, take_part, _("You are one of them now. Good that you are here."))


def _go(request: MemberRequest, slug: str, act: Callable[..., Membership], words: str) -> HttpResponse:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    try:
        act(group=group, person=request.user, now=clock.now())
        messages.success(request, words)
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(way_back(request, group.get_absolute_url()))
