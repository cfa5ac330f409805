"""Not today: do something else, another day, or rest."""

from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from plans.forms.days import AnotherDayForm
from plans.forms.refusals import add_refusal
from plans.models import Enrollment
from plans.services.days import put_off, put_off_on, reach_of, take_back
from plans.today import steps_for

DAY = timedelta(days=1)
ANOTHER, BACK, REST, TOMORROW = "another", "back", "rest", "tomorrow"


@members_only
def not_today(request: MemberRequest, uuid: str) -> HttpResponse:
    """Offer the person's own way for such days, another day, rest, or a pause; say what was chosen, and undo it."""
    person, now = request.user, clock.now()
    enrollment = get_visible(Enrollment.objects.active().with_plan(person), person, uuid=uuid)
    today = clock.local_day(now, person.time_zone)
    form = _form(request, enrollment, today)
    if request.method == "POST" and _is_done(request, enrollment, form, now):
        return redirect("plans:not_today", uuid=uuid)
    step = next((step for step in steps_for(person, now=now) if step.enrollment.pk == enrollment.pk), None)
    changes = put_off_on(enrollment, today, person.time_zone)
    context = {"enrollment": enrollment, "step": step, "form": form, "change": changes[-1] if changes else None}
    return render(request, "plans/following/not_today.html", context)


def _form(request: MemberRequest, enrollment: Enrollment, today: date) -> AnotherDayForm:
    """Return the form for a day after today; tomorrow has a button of its own."""
    typed = request.POST if request.POST.get("act") == ANOTHER else None
    first, (_today, last) = today + DAY, reach_of(enrollment, today, today)
    return AnotherDayForm(typed, initial={"moved_to": first + DAY}, first=first, last=last)


def _is_done(request: MemberRequest, enrollment: Enrollment, form: AnotherDayForm, now: datetime) -> bool:
    """Do what was asked for; what stands in the way is said in the form, or above the page."""
    act, today = request.POST.get("act", ""), clock.local_day(now, request.user.time_zone)
    if form.is_bound and not form.is_valid():
        return False
    try:
        _do(act, today, form.cleaned_data if form.is_bound else {}, person=request.user, enrollment=enrollment, now=now)
    except DomainError as error:
        if not form.is_bound:
            messages.info(request, str(error.message))
            return True
        add_refusal(form, error)
        return False
    return True


def _do(act: str, today: date, another: dict[str, Any], **mine: Any) -> None:
    if act == BACK:
        take_back(**mine)
    elif act == REST:
        put_off(day=today, moved_to=None, **mine)
    elif act == TOMORROW:
        put_off(day=today, moved_to=today + DAY, **mine)
    elif act == ANOTHER:
        put_off(day=today, **another, **mine)
