"""Moving a planned step to another day, resting instead, and taking either back."""

from datetime import date, datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.moments import day_in_words
from core.visibility import get_visible
from plans.forms.days import AnotherDayForm
from plans.forms.refusals import add_refusal
from plans.models import Enrollment
from plans.rules import may
from plans.services.days import move_day, reach_of, rest_on, undo_change


@members_only
def move(request: MemberRequest, uuid: str, day: date) -> HttpResponse:
    """Choose another day (and time) for the step planned for `day`, or let that day be for rest."""
    enrollment, now, person = _own(request.user, uuid), clock.now(), request.user
    back, wants_rest = request.POST.get("back") or request.GET.get("back", ""), "rest" in request.POST
    first, last = reach_of(enrollment, day, clock.local_day(now, person.time_zone))
    usual = {"moved_to": max(day, first)}
    form = AnotherDayForm(usual if wants_rest else request.POST or None, initial=usual, first=first, last=last)
    if request.method == "POST" and form.is_valid():
        try:
            if wants_rest:
                rest_on(person=person, enrollment=enrollment, planned_on=day, now=now)
            else:
                move_day(person=person, enrollment=enrollment, planned_on=day, now=now, **form.cleaned_data)
        except DomainError as error:
            add_refusal(form, error)
        else:
            return _done(request, day, None if wants_rest else form.cleaned_data["moved_to"], back=back, now=now)
    return render(
        request, "plans/calendar/move.html", {"form": form, "enrollment": enrollment, "day": day, "back": back}
    )


@require_POST
@members_only
def undo_move(request: MemberRequest, uuid: str, day: date) -> HttpResponse:
    """Let the step of `day` be where the plan put it."""
    undo_change(person=request.user, enrollment=_own(request.user, uuid), planned_on=day)
    messages.success(request, _("As it was planned."))
    return _back_to(request.POST.get("back", ""), day)


def _own(person: User, uuid: str) -> Enrollment:
    enrollment = get_visible(Enrollment.objects.active().select_related("template"), person, uuid=uuid)
    if not may(person, "move_day", enrollment):
        raise PermissionDenied
    return enrollment


def _done(request: HttpRequest, day: date, goal: date | None, *, back: str, now: datetime) -> HttpResponseRedirect:
    messages.success(request, _said(goal, now))
    return _back_to(back, goal or day)


def _said(day: date | None, now: datetime) -> str:
    if day is None:
        return _("A day for rest. The step waits for the next one.")
    name = day_in_words(day, this_year=now.year)
    return _("It is on %(day)s now. “Undo” beside it takes that back.") % {"day": name}


def _back_to(page: str, day: date) -> HttpResponseRedirect:
    """Return to the calendar where the step now is."""
    if page == "month":
        return redirect(f"{reverse('plans:month', args=[day.year, day.month])}?day={day}#day")
    return redirect("plans:week", day)
