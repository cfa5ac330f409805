"""The plans I follow."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.visibility import get_visible
from plans.check_ins import suggested_for
from plans.models import Enrollment
from plans.rules import may
from plans.scales.switched_on import switched_on
from plans.services.enrollments import stop_following
from plans.today import active_plans, day_of


@require_safe
@members_only
def mine(request: MemberRequest) -> HttpResponse:
    """Each plan I follow with my days, my sentence and its next step."""
    enrollments, now = list(active_plans(request.user)), clock.now()
    day = day_of(request.user, enrollments, now=now)
    steps = {step.enrollment.pk: step for step in day.steps}
    rows = [
        {"enrollment": e, "place": day.places[e.pk], "step": steps.get(e.pk), "pause": day.resting.of_one.get(e.pk)}
        for e in enrollments
    ]
    suggested = suggested_for(request.user, enrollments, now)
    context = {"rows": rows, "all_rest": day.resting.of_all, "suggested_check_ins": suggested}
    return render(request, "plans/mine.html", context | {"has_check_ins": bool(switched_on())})


@members_only
def stop(request: MemberRequest, uuid: str) -> HttpResponse:
    """Ask, then let the plan go."""
    person = request.user
    enrollment = get_visible(Enrollment.objects.active().with_plan(person), person, uuid=uuid)
    if not may(request.user, "stop_enrollment", enrollment):
        raise PermissionDenied
    if request.method == "POST":
        stop_following(person=request.user, enrollment=enrollment, now=clock.now())
        messages.success(request, _("The plan is put away. What you noted stays yours."))
        return redirect("plans:mine")
    return render(request, "plans/stop.html", {"enrollment": enrollment})
