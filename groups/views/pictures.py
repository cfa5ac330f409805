"""Pictures: each asks who is looking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.feed import picture_of
from groups.forms.feed import GroupPictureForm
from groups.forms.refusing import refuse
from groups.models import Group
from groups.picture_files import file_for
from groups.rules import may
from groups.services import pictures as services
from groups.uploads import pictures_in_memory
from groups.views.feed import given


@require_safe
def picture(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    return file_for(request.user, uuid=uuid, group__slug=slug)


@require_safe
def small_picture(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    return file_for(request.user, is_small=True, uuid=uuid, group__slug=slug)


@pictures_in_memory
@members_only
def group_picture(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose the picture of a group."""
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "change_picture", group):
        raise PermissionDenied
    form = GroupPictureForm(*given(request))
    if request.method == "POST" and form.is_valid():
        sent = services.Sent.of(form.cleaned_data["picture"], form.cleaned_data["alt"])
        try:
            services.set_group_picture(group=group, person=request.user, sent=sent, now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Your group has this picture now."))
            return redirect(group)
    context = {"group": group, "form": form, "picture": picture_of(request.user, group)}
    return render(request, "groups/feed/group_picture.html", context)


@require_POST
@members_only
def remove_group_picture(request: MemberRequest, slug: str) -> HttpResponse:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "change_picture", group):
        raise PermissionDenied
    services.remove_group_picture(group=group, person=request.user)
    messages.success(request, _("The picture is gone."))
    return redirect(group)
