"""Resting from one plan or from all, and coming back."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from plans.forms.pauses import PauseForm
from plans.forms.refusals import add_refusal
from plans.models import Enrollment, Pause
from plans.resting import resting_on
from plans.rules import may
from plans.services.pauses import end_pause, pause_plans


@members_only
def pause(request: MemberRequest, uuid: str | None = None) -> HttpResponse:
    """Pause one plan (`uuid`) or all of them, from today; or see the pause and come back."""
    person, now = request.user, clock.now()
    enrollment = _plan(person, uuid) if uuid else None
    resting = resting_on(person, clock.local_day(now, person.time_zone))
    current = resting.of(enrollment) if enrollment else resting.of_all
    initial = {"reason": current.reason, "ends_on": current.ends_on} if current else {}
    form = PauseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            pause_plans(person=person, enrollment=enrollment, now=now, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("It rests. Nothing is waiting for you, and nothing has to be made up."))
            return redirect("plans:mine")
    context = {"enrollment": enrollment, "current": current, "form": form, "all_rest": resting.of_all is not None}
    return render(request, "plans/following/pause.html", context)


def _plan(person: User, uuid: str) -> Enrollment:
    """Return the plan that the person follows under this address, or raise 404."""
    enrollment = get_visible(Enrollment.objects.active().with_plan(person), person, uuid=uuid)
    if not may(person, "change_enrollment", enrollment):
        raise PermissionDenied
    return enrollment


@require_POST
@members_only
def end(request: MemberRequest, uuid: str) -> HttpResponse:
    """Come back today."""
    found = get_visible(Pause.objects.all(), request.user, uuid=uuid)
    if not may(request.user, "end_pause", found):
        raise PermissionDenied
    end_pause(person=request.user, pause=found, now=clock.now())
    messages.success(request, _("Welcome back. Begin as small as you like."))
    return redirect("plans:mine")
