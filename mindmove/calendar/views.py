"""My calendar, by the month and by the week."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from mindmove.calendar.days import is_in_reach, month_of, weeks_between
from mindmove.calendar.look_back import has_begun, look_back_on

DAY = timedelta(days=1)


@require_safe
@members_only
def month(request: MemberRequest, year: int | None = None, month: int = 1) -> HttpResponse:
    """A month as a table, and below it the day that was chosen (`?day=`)."""
    now = clock.now()
    today = clock.local_day(now, request.user.time_zone)
    first, last = month_of(_first_of(year, month, today))
    weeks = weeks_between(request.user, first=first, last=last, now=now)
    usual = today if first <= today <= last else first
    days = {str(day.on): day for week in weeks for day in week.days}
    chosen = days.get(request.GET.get("day", ""), days[str(usual)])
    context = {"weeks": weeks, "month": first, "chosen": chosen, "today": today}
    return render(request, "plans/calendar/month.html", context | _beside(first, last, today))


@require_safe
@members_only
def week(request: MemberRequest, day: date) -> HttpResponse:
    """The week that `day` is in, as a list of days."""
    now = clock.now()
    today = clock.local_day(now, request.user.time_zone)
    if not is_in_reach(day, today):
        raise Http404
    first, last = clock.week_of(day, request.user.first_weekday)
    (found,) = weeks_between(request.user, first=first, last=last, now=now)
    context = {"week": found, "first": first, "last": last, "today": today}
    return render(request, "plans/calendar/week.html", context | _beside(first, last, today))


@require_safe
@members_only
def look_back(request: MemberRequest, day: date) -> HttpResponse:
    """The week that `day` is in, to look back on; not one that is still to come."""
    now = clock.now()
    today = clock.local_day(now, request.user.time_zone)
    if not has_begun(request.user, day, today):
        raise Http404
    week = look_back_on(request.user, day, now=now)
    return render(request, "plans/calendar/look_back.html", {"week": week, "today": today})


def _first_of(year: int | None, month: int, today: date) -> date:
    """Return the first day of the month asked for; this month's when none is."""
    if year is None:
        return today.replace(day=1)
    try:
        found = date(year, month, 1)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if not is_in_reach(found, today):
        raise Http404
    return found


def _beside(first: date, last: date, today: date) -> dict[str, date | None]:
    """Return a day of the stretch before and of the one after, where the calendar leads."""
    before, after = first - DAY, last + DAY
    return {
        "before": before if is_in_reach(before, today) else None,
        "after": after if is_in_reach(after, today) else None,
    }
