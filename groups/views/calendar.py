"""Events in calendar programs: one as a file, and mine at a secret address."""

from datetime import datetime
from hashlib import sha256
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from accounts.pace import is_too_fast
from core import clock
from core.visibility import get_visible
from groups.calendars import address_of, calendar_in, feed_of_token, file_of
from groups.models import CalendarFeed, Event
from groups.services.calendar_feeds import make_feed, stop_feed

GUESSES, READINGS = "30/h/ip", "120/h/key"  # addresses that are nobody's, from one place; and one address's own


@require_safe
def event_file(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = get_visible(Event.objects.select_related("group"), request.user, group__slug=slug, uuid=uuid)
    answer = _calendar(file_of(request.user, found))
    answer["Content-Disposition"] = 'attachment; filename="event.ics"'
    return answer


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Answer a calendar program; the secret in the address stands for its person."""
    found = feed_of_token(token)
    act, rate = ("calendar_guess", GUESSES) if found is None else ("calendar", READINGS)
    if is_too_fast(request, act=act, rate=rate, key=token, counts_reading=True):
        return _discreet(HttpResponse(status=429, headers={"Retry-After": "3600"}))
    if found is None:
        raise Http404
    return _unless_known(request, *calendar_in(found, now=clock.now()))


@require_safe
@members_only
def my_feed(request: MemberRequest) -> HttpResponse:
    mine = CalendarFeed.objects.visible_to(request.user).first()
    return render(request, "groups/hosting/calendar.html", {"feed": mine})


@require_POST
@members_only
def new_feed(request: MemberRequest) -> HttpResponse:
    """Show the new address, this once."""
    address = address_of(make_feed(person=request.user, now=clock.now()))
    mine = CalendarFeed.objects.visible_to(request.user).first()
    opens = f"webcal:{address.partition(':')[2]}"  # what calendar programs take as their own
    return render(request, "groups/hosting/calendar.html", {"feed": mine, "address": address, "opens": opens})


@require_POST
@members_only
def end_feed(request: MemberRequest) -> HttpResponse:
    stop_feed(person=request.user)
    messages.success(request, _("The address answers no more."))
    return redirect("groups:calendar")


def _calendar(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")


def _unless_known(request: HttpRequest, body: bytes, changed_at: datetime) -> HttpResponse:
    """Answer 304 to whoever has this very calendar.

    `If-Modified-Since` is not asked: an event that somebody may no longer see leaves no time behind, and a program that
    knows the time alone would keep it.
    """
    answer, etag = _calendar(body), f'"{sha256(body).hexdigest()}"'
    answer["ETag"], answer["Last-Modified"] = etag, http_date(changed_at.timestamp())
    return _discreet(cast("HttpResponse", get_conditional_response(request, etag=etag, response=answer)))


def _discreet(answer: HttpResponse) -> HttpResponse:
    """Keep the secret address out of caches, indexes and what a browser tells other pages."""
    answer["Cache-Control"] = "private, no-cache"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Robots-Tag"] = "noindex"
    return answer
