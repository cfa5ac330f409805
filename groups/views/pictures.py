"""Pictures: each asks who is looking."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
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
from groups.models import Group, Picture
from groups.reencoding import CONTENT_TYPE
from groups.rules import may
from groups.services import pictures as services
from groups.uploads import pictures_in_memory
from groups.views.feed import given

FIVE_MINUTES = 300


@require_safe
def picture(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = _found(request, slug, uuid)
    return _file(request, found, str(found.file.name))


@require_safe
def small_picture(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = _found(request, slug, uuid)
    return _file(request, found, services.small_name(str(found.file.name)))


@pictures_in_memory
@members_only
def group_picture(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose the picture of a group."""
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "change_picture", group):
        raise PermissionDenied
    form = GroupPictureForm(*given(request))
    if request.method == "POST" and form.is_valid():
        sent = services.Sent(form.cleaned_data["picture"], form.cleaned_data["alt"])
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


def _found(request: HttpRequest, slug: str, uuid: str) -> Picture:
    return get_visible(Picture.objects.select_related("group"), request.user, uuid=uuid, group__slug=slug)


def _file(request: HttpRequest, found: Picture, name: str) -> HttpResponse:
    """Return the file. Visitors may keep the picture of a public group; whoever is signed in keeps none."""
    try:
        with default_storage.open(name) as file:
            response = HttpResponse(file.read(), content_type=CONTENT_TYPE)
    except FileNotFoundError as error:
        raise Http404 from error
    is_public = found.group.visibility == Group.Visibility.PUBLIC and not request.user.is_authenticated
    response["Cache-Control"] = f"public, max-age={FIVE_MINUTES}" if is_public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response
