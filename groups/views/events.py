"""One event: looking, and for hosts making, changing and calling off."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import members_only
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.answering import answer_part
from groups.forms.answers import AnswerForm
from groups.forms.events import EventForm, NewEventForm
from groups.meetings import series_part
from groups.models import Event, Group, Rsvp
from groups.participants import hosting_part
from groups.queries import answers_seen_by, events_in_full, with_presence
from groups.rules import may
from groups.services.events import cancel_event, change_event, create_event
from groups.services.series import start_series
from library.reasons import reasons_for


@require_safe
def event(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    return render(request, "groups/event.html", event_context(request, event_to_show(request, slug, uuid)))


@members_only
def new_event(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "create_event", group):
        raise PermissionDenied
    blank = Event(group=group, time_zone=group.time_zone, place=group.place, effort=group.effort)
    form = NewEventForm(request.POST or None, instance=blank, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(_plan(group, form, cast("User", request.user)))
        except DomainError as error:
            form.refuse(error)
    return render(request, "groups/event_form.html", {"form": form, "group": group})


@members_only
def edit_event(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = _hosted(request, slug, uuid, "change_event")
    form = EventForm(request.POST or None, instance=found, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            change_event(event=found, now=clock.now(), by=cast("User", request.user), **form.details())
            messages.success(request, _("Saved."))
            return redirect(found)
        except DomainError as error:
            form.refuse(error)
    return render(request, "groups/event_form.html", {"form": form, "group": found.group, "event": found})


@require_POST
@members_only
def cancel(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = _hosted(request, slug, uuid, "cancel_event")
    try:
        cancel_event(event=found, now=clock.now(), by=cast("User", request.user))
        messages.success(request, _("The event is called off, and everybody who answered is told."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(found)


def event_to_show(request: HttpRequest, slug: str, uuid: str) -> Event:
    seen = with_presence(events_in_full(request.user), request.user).with_greeter(request.user)
    return get_visible(seen, request.user, group__slug=slug, uuid=uuid)


def event_context(request: HttpRequest, found: Event, form: AnswerForm | None = None) -> dict[str, object]:
    """Return what the event page shows to this viewer."""
    may_host = may(request.user, "change_event", found)
    return {
        "event": found,
        "group": found.group,
        **answer_part(request.user, found, form, may_host=may_host),
        "is_open": found.is_open(clock.now()),
        "may_host": may_host,
        "reasons": reasons_for(request.user, found.facts),
        "going": answers_seen_by(request.user, found, Rsvp.Status.GOING),
        **series_part(request.user, found, now=clock.now()),
        "line": answers_seen_by(request.user, found, Rsvp.Status.WAITLISTED) if may_host else [],
        **hosting_part(request.user, found, now=clock.now()),
    }


def _plan(group: Group, form: NewEventForm, host: User) -> str:
    """Make one meeting, or a series; return the address of its page."""
    now = clock.now()
    if not form.recurs:
        return create_event(group=group, now=now, by=host, **form.details()).get_absolute_url()
    series = start_series(group=group, starts_on=form.first_day(), now=now, by=host, **form.series_details())
    return reverse("groups:series", args=[group.slug, series.uuid])


def _hosted(request: HttpRequest, slug: str, uuid: str, act: str) -> Event:
    found = get_visible(Event.objects.select_related("group"), request.user, group__slug=slug, uuid=uuid)
    if not may(request.user, act, found):
        raise PermissionDenied
    return found
