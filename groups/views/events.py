"""One event: looking, answering, and for hosts making, changing and calling off."""

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import members_only
from accounts.models import User
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.forms import AnswerForm, EventForm
from groups.models import Event, Group, Rsvp
from groups.queries import answers_seen_by, events_seen_by, shown_answer
from groups.rules import may
from groups.services.events import cancel_event, change_event, create_event
from groups.services.rsvps import rsvp
from groups.wording import answer_in_words
from library.reasons import reasons_for


@require_safe
def event(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = get_visible(events_seen_by(request.user), request.user, group__slug=slug, uuid=uuid)
    return render(request, "groups/event.html", event_context(request, found))


@require_POST
@members_only
def answer(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = get_visible(events_seen_by(request.user), request.user, group__slug=slug, uuid=uuid)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return render(request, "groups/event.html", event_context(request, found, form), status=400)
    earlier = shown_answer(found)
    try:
        mine = rsvp(event=found, person=cast("User", request.user), now=clock.now(), **form.cleaned_data)
        position = Rsvp.objects.visible_to(request.user).position_in_line(mine)
        messages.success(request, answer_in_words(mine, before=earlier.status if earlier else "", position=position))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(found)


@members_only
def new_event(request: HttpRequest, slug: str) -> HttpResponse:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "create_event", group):
        raise PermissionDenied
    blank = Event(group=group, time_zone=group.time_zone, place=group.place, effort=group.effort)
    form = EventForm(request.POST or None, instance=blank, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(create_event(group=group, now=clock.now(), **form.details()))
        except DomainError as error:
            form.refuse(error)
    return render(request, "groups/event_form.html", {"form": form, "group": group})


@members_only
def edit_event(request: HttpRequest, slug: str, uuid: str) -> HttpResponse:
    found = _hosted(request, slug, uuid, "change_event")
    form = EventForm(request.POST or None, instance=found, viewer=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            change_event(event=found, now=clock.now(), **form.details())
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
        cancel_event(event=found, now=clock.now())
        messages.success(request, _("The event is called off, and everybody who answered is told."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(found)


def event_context(request: HttpRequest, found: Event, form: AnswerForm | None = None) -> dict[str, object]:
    """Return what the event page shows to this viewer."""
    mine = shown_answer(found)
    may_host = may(request.user, "change_event", found)
    return {
        "event": found,
        "group": found.group,
        "mine": mine,
        "form": form or AnswerForm(initial=_said(mine)),
        "is_open": found.is_open(clock.now()),
        "may_answer": may(request.user, "rsvp_event", found),
        "may_join": may(request.user, "join_group", found.group),
        "may_host": may_host,
        "reasons": reasons_for(request.user, found.facts),
        "going": answers_seen_by(request.user, found, Rsvp.Status.GOING),
        "line": answers_seen_by(request.user, found, Rsvp.Status.WAITLISTED) if may_host else [],
    }


def _said(mine: Rsvp | None) -> dict[str, object]:
    return {} if mine is None else {"is_quiet": mine.is_quiet, "is_first_time": mine.is_first_time}


def _hosted(request: HttpRequest, slug: str, uuid: str, act: str) -> Event:
    found = get_visible(Event.objects.select_related("group"), request.user, group__slug=slug, uuid=uuid)
    if not may(request.user, act, found):
        raise PermissionDenied
    return found
