"""Following a plan, and changing how."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from library.models import SafetyText
from plans.forms.following import ChangeForm
from plans.forms.refusals import add_refusal
from plans.forms.starting import Start
from plans.models import Enrollment, PlanTemplate
from plans.rules import may
from plans.services.enrollments import change_following


@members_only
def follow(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose start, days, times and words; before a vigorous plan, answer one question."""
    plan = get_visible(PlanTemplate.objects.all(), request.user, slug=slug)
    if not may(request.user, "follow_plantemplate", plan):
        raise PermissionDenied
    person, now = request.user, clock.now()
    start = Start.of(request.POST or None, person=person, plan=plan, now=now)
    if request.method == "POST" and start.follow(now):
        messages.success(request, _("Your plan is set. From its first day on, the next step waits under Today."))
        return redirect("plans:mine")
    care = SafetyText.objects.visible_to(person).placed("plans")
    context = {"plan": plan, "form": start.form, "question": start.question, "ready": start.ready, "care": care}
    return render(request, "plans/follow.html", context)


@members_only
def change(request: MemberRequest, uuid: str) -> HttpResponse:
    """Other days, times or words for a plan I follow."""
    person, now = request.user, clock.now()
    enrollment = get_visible(Enrollment.objects.active().with_plan(person), person, uuid=uuid)
    if not may(person, "change_enrollment", enrollment):
        raise PermissionDenied
    today = clock.local_day(now, person.time_zone)
    form = ChangeForm(request.POST or None, enrollment=enrollment, person=person, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            change_following(person=person, enrollment=enrollment, now=now, **form.followed())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Changed. What you noted so far stays as it is."))
            return redirect("plans:mine")
    return render(request, "plans/following/change.html", {"enrollment": enrollment, "form": form})
