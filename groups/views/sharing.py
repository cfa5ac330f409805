"""Plans that a group shares."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import members_only
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.forms.sharing import SharePlanForm
from groups.models import Group
from groups.rules import may
from groups.services import sharing
from groups.sharing import shareable_by, shares_seen_by


@members_only
def share(request: HttpRequest, slug: str) -> HttpResponse:
    """Choose one of my plans, or one that everybody knows, to show to my group."""
    found, person = get_visible(Group.objects.all(), request.user, slug=slug), cast("User", request.user)
    if not may(person, "share_plan", found):
        raise PermissionDenied
    form = SharePlanForm(request.POST or None, plans=shareable_by(person, found))
    if request.method == "POST" and form.is_valid():
        try:
            sharing.share_plan(group=found, person=person, now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error("template", str(error.message))
        else:
            messages.success(request, _("Your group can see this plan now, and follow it."))
            return redirect(found)
    return render(request, "groups/share_plan.html", {"group": found, "form": form})


@require_POST
@members_only
def take_back(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    """Show a plan to the group no longer."""
    found, person = get_visible(Group.objects.all(), request.user, slug=slug), cast("User", request.user)
    shared = get_visible(shares_seen_by(person, found), person, uuid=uuid)
    try:
        sharing.take_back(share=shared, person=person)
    except DomainError as error:
        raise PermissionDenied from error
    messages.success(request, _("The group sees this plan no longer. Whoever follows it keeps their copy."))
    return redirect(found)
