"""Following a plan, and changing how."""

from datetime import datetime

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
from plans.following_forms import ChangeForm, FollowForm, ReadinessForm
from plans.forms import add_refusal
from plans.models import Enrollment, PlanTemplate
from plans.readiness import question_for
from plans.rules import may
from plans.services.enrollments import change_following, follow_plan
from plans.services.readiness import answer_readiness


@members_only
def follow(request: MemberRequest, slug: str) -> HttpResponse:
    """Choose start, days, times and words; before a vigorous plan, answer one question."""
    plan = get_visible(PlanTemplate.objects.all(), request.user, slug=slug)
    if not may(request.user, "follow_plantemplate", plan):
        raise PermissionDenied
    person, now = request.user, clock.now()
    initial = {"starts_on": clock.local_day(now, person.time_zone)}
    question = question_for(person, plan)
    form = FollowForm(request.POST or None, template=plan, person=person, initial=initial)
    ready = ReadinessForm(request.POST or None, question=question)
    if request.method == "POST" and _is_followed(request, plan, form, ready, now):
        messages.success(request, _("Your plan is set. From its first day on, the next step waits under Today."))
        return redirect("plans:mine")
    care = SafetyText.objects.visible_to(person).placed("plans")
    context = {"plan": plan, "form": form, "question": question, "ready": ready, "care": care}
    return render(request, "plans/follow.html", context)


def _is_followed(
    request: MemberRequest, plan: PlanTemplate, form: FollowForm, ready: ReadinessForm, now: datetime
) -> bool:
    """Keep the answer and follow the plan; what stands in the way is said in the forms."""
    if not all([form.is_valid(), ready.is_valid()]):
        return False
    if "asks_first" in ready.fields:
        answer_readiness(person=request.user, asks_first=ready.cleaned_data["asks_first"], now=now)
    has_asked = ready.cleaned_data.get("has_asked", False)
    try:
        follow_plan(person=request.user, template=plan, has_asked=has_asked, now=now, **form.followed())
    except DomainError as error:
        add_refusal(ready if error.field in ready.fields else form, error)
        return False
    return True


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
