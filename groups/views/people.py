"""The page of a person, for those who know them through a group; and blocking them there."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import members_only
from accounts.models import User
from accounts.services.blocks import block as block_person
from core.errors import DomainError
from core.visibility import get_visible
from groups.people import groups_shared_with, people_known_to


@require_safe
@members_only
def person(request: HttpRequest, uuid: str) -> HttpResponse:
    """Whoever is blocked, closed, gone or a stranger answers like somebody who never existed."""
    found = get_visible(people_known_to(request.user), request.user, uuid=uuid)
    context = {"person": found, "is_me": found == request.user, "groups": groups_shared_with(request.user, found)}
    return render(request, "groups/people/person.html", context)


@require_POST
@members_only
def block(request: HttpRequest, uuid: str) -> HttpResponse:
    found = get_visible(people_known_to(request.user), request.user, uuid=uuid)
    try:
        block_person(person=cast("User", request.user), other=found)
    except DomainError as error:
        messages.warning(request, str(error.message))
        return redirect("groups:person", uuid=uuid)
    messages.success(request, _("You and %(person)s no longer see each other.") % {"person": found})
    return redirect("accounts:blocks")
