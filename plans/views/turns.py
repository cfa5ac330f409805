"""The pace, in the person's own word."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from plans.models import Enrollment
from plans.rules import may
from plans.services.turns import take_turn


@require_POST
@members_only
def turn(request: MemberRequest, uuid: str) -> HttpResponse:
    """Go on, take this week again, or go one back; then show the day."""
    enrollment = get_visible(Enrollment.objects.active().select_related("template"), request.user, uuid=uuid)
    if not may(request.user, "turn_enrollment", enrollment):
        raise PermissionDenied
    try:
        take_turn(person=request.user, enrollment=enrollment, way=request.POST.get("way", ""), now=clock.now())
    except DomainError as error:
        messages.info(request, str(error.message))
    return redirect("home")
