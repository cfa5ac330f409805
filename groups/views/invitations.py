"""Inviting: the page that a link leads to, and for hosts the links of their group."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.addresses import welcome_before
from accounts.decorators import MemberRequest, members_only
from accounts.pace import is_too_fast
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.feed import my_membership
from groups.forms.refusing import refuse
from groups.forms.ways import InvitationForm
from groups.models import Group, Invitation
from groups.rules import may
from groups.services import invitations as services
from groups.ways import invitations_seen_by, next_meeting


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Reading shows what the group is and changes nothing; posting joins, or looks first."""
    now = clock.now()
    try:
        found = services.open_invitation(token=token, viewer=request.user, now=now)
        if request.method == "POST":
            return _discreet(_come_in(request, token, found.group))
    except services.InvitationEnded:
        return _discreet(render(request, "groups/ways/invitation_gone.html", status=404))
    context = {
        "group": found.group,
        "event": next_meeting(found, now=now),
        "is_member": my_membership(request.user, found.group) is not None,
    }
    return _discreet(render(request, "groups/ways/invitation.html", context))


@never_cache
@members_only
def links(request: MemberRequest, slug: str) -> HttpResponse:
    """The links of a group; a new one is shown this once, so the answer to a post is the page itself."""
    group, now, address = _hosted(request, slug), clock.now(), ""
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _made, token = services.invite(group=group, host=request.user, now=now, **form.cleaned_data)
            address, form = services.address_of(token), InvitationForm()
        except DomainError as error:
            refuse(form, error)
    found = invitations_seen_by(request.user, group, now=now)
    context = {"group": group, "invitations": found, "form": form, "address": address}
    return render(request, "groups/ways/invitations.html", context)


@require_POST
@members_only
def revoke(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    _hosted(request, slug)
    found = get_visible(Invitation.objects.select_related("group"), request.user, group__slug=slug, uuid=uuid)
    try:
        services.revoke_invitation(invitation=found, host=request.user, now=clock.now())
        messages.success(request, _("The link lets nobody in any more. Who has come by it stays."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:invitations", slug)


def _come_in(request: HttpRequest, token: str, group: Group) -> HttpResponse:
    """Join, or lead to what comes before it: the links to sign in on the page, or the welcome; both lead back."""
    if not request.user.is_authenticated:
        return redirect(request.path)
    if not request.user.is_welcomed:
        return redirect(welcome_before(request.path))
    if is_too_fast(request, act="invitation", rate="30/m/ip"):
        messages.warning(request, _("That was a little fast. Please wait a moment, then try again."))
        return redirect(request.path)
    try:
        looks = "look" in request.POST
        services.use_invitation(token=token, person=request.user, is_looking=looks, now=clock.now())
        messages.success(request, _("Welcome to %(group)s.") % {"group": group.name})
    except services.InvitationEnded:
        raise
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect(request.path)
    return redirect(group)


def _hosted(request: MemberRequest, slug: str) -> Group:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "invite", group):
        raise PermissionDenied
    return group


def _discreet(response: HttpResponse) -> HttpResponse:
    """Keep the secret in the address out of what the browser tells any page, and out of searches.

    Not `no-referrer`: browsers then hide the origin of a form too, and joining must not be posted from elsewhere.
    """
    response["Referrer-Policy"] = "strict-origin"
    return response
