"""What my own numbers say, and which mechanisms my weeks touched."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from plans.my_mechanisms import map_of, my_mechanisms
from plans.numbers.pages import numbers_page
from plans.numbers.reading import Span, numbers_of, span_asked_for


@require_safe
@members_only
def numbers(request: MemberRequest) -> HttpResponse:
    """Findings in words, each with its picture and table; words alone for whoever hides numbers (`?show=1`: once)."""
    span = span_asked_for(request.GET.get("range", ""))
    shows = not request.user.hides_numbers or "show" in request.GET
    page = numbers_page(numbers_of(request.user, now=clock.now(), span=span))
    return render(request, "plans/insights/numbers.html", {"page": page, "spans": Span, "shows_numbers": shows})


@require_safe
@members_only
def mechanisms(request: MemberRequest) -> HttpResponse:
    """The library's map with what my last four weeks touched."""
    mine = my_mechanisms(request.user, now=clock.now())
    return render(request, "plans/insights/mechanisms.html", {"mine": mine, "map": map_of(mine)})
