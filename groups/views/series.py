"""A series: looking at it, changing or calling off all that follow a meeting, and keeping it going."""

from datetime import date
from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import members_only
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.forms.repeating import FollowingForm
from groups.meetings import MOST_SHOWN, coming_of, impact_of, series_context, series_seen_by
from groups.models import Event, Series
from groups.rules import may
from groups.services.following import change_series
from groups.services.series import cancel_series, confirm_series
from groups.wording_series import said_of


@require_safe
def series_page(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found, now = get_visible(series_seen_by(request.user), request.user, group__slug=slug, uuid=uuid), clock.now()
    events = Event.objects.visible_to(request.user).select_related("group")
    context = {
        **series_context(found, now=now),
        "group": found.group,
        "events": coming_of(events, found, now=now)[:MOST_SHOWN],
        "may_host": may(request.user, "create_event", found.group),
    }
    return render(request, "groups/series/series.html", context)


@members_only
def change_following(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    (event, series, since), now = _hosted_occurrence(request, slug, uuid, "change_event"), clock.now()
    form = FollowingForm(request.POST or None, instance=series, viewer=request.user, since=since)
    if request.method == "POST" and form.is_valid():
        try:
            outcome = change_series(
                series=series, since=since, now=now, by=cast("User", request.user), **form.series_details()
            )
            messages.success(request, said_of(outcome))
            return redirect("groups:series", slug, outcome.series.uuid)
        except DomainError as error:
            form.refuse(error)
    impact = impact_of(request.user, series, since=since, now=now)
    context = {"form": form, "group": event.group, "event": event, "impact": impact}
    return render(request, "groups/event_form.html", context)


@require_POST
@members_only
def cancel_following(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    _event, series, since = _hosted_occurrence(request, slug, uuid, "cancel_event")
    try:
        cancel_series(series=series, since=since, now=clock.now(), by=cast("User", request.user))
        messages.success(request, _("These meetings are called off, and everybody who answered is told once."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:series", slug, series.uuid)


@require_POST
@members_only
def keep(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = get_visible(series_seen_by(request.user), request.user, group__slug=slug, uuid=uuid)
    if not may(request.user, "create_event", found.group):
        raise PermissionDenied
    try:
        confirm_series(series=found, now=clock.now(), by=cast("User", request.user))
        messages.success(request, _("It goes on."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:series", slug, uuid)


def _hosted_occurrence(request: HttpRequest, slug: str, uuid: str, act: str) -> tuple[Event, Series, date]:
    """Return the event that the person may host, its series and its day; a single one has nothing that follows."""
    found = get_visible(
        Event.objects.select_related("group", "series__group"), request.user, group__slug=slug, uuid=uuid
    )
    if found.series is None:
        raise Http404
    if not may(request.user, act, found):
        raise PermissionDenied
    return found, found.series, cast("date", found.occurs_on)
