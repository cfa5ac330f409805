"""Beginning a step, and letting it go."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from plans.forms.logs import BeginForm
from plans.models import Beginning
from plans.prefill import step_asked_for
from plans.rules import may
from plans.services import beginnings


@require_POST
@members_only
def begin(request: MemberRequest) -> HttpResponse:
    """Begin a step in one tap (`enrollment`, `session`, `floor`), with a guess if there is one; on to its log page."""
    asked = step_asked_for(request.user, request.POST)
    form = BeginForm(request.POST)
    guess = form.cleaned_data["guess"] if form.is_valid() else None  # seven radios: anything else was not tapped
    step: dict[str, Any] = {"session": asked.session, "enrollment": asked.enrollment}
    try:
        begun = beginnings.begin(person=request.user, now=clock.now(), is_floor=asked.is_floor, guess=guess, **step)
    except DomainError as error:
        messages.error(request, str(error.message))
        return redirect("home")
    return redirect(reverse("plans:log", query={"beginning": begun.uuid}))


@require_POST
@members_only
def let_go(request: MemberRequest, uuid: str) -> HttpResponse:
    """Not this time."""
    begun = get_visible(Beginning.objects.all(), request.user, uuid=uuid)
    if not may(request.user, "delete_beginning", begun):
        raise PermissionDenied
    beginnings.let_go(person=request.user, beginning=begun)
    return redirect("home")
