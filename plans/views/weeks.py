"""My last weeks."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from plans.rest import rest_note_for
from plans.week import last_weeks


@require_safe
@members_only
def weeks(request: MemberRequest) -> HttpResponse:
    """The last twelve weeks as small hills and as a table, and in how many of them something was done."""
    now = clock.now()
    found = last_weeks(request.user, now=now)
    context = {
        "weeks": found,
        "oldest_first": found[::-1],
        "with_something": sum(week.has_something for week in found),
        "rest_note": rest_note_for(request.user, now=now),
    }
    return render(request, "plans/calendar/weeks.html", context)
