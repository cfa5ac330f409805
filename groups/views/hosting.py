"""A host's own page of an event: who comes, a word to them, the list to take along, the same again."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from groups.copying import fields_of, times_of
from groups.forms.events import EventForm
from groups.forms.hosting import ExportForm, HostMessageForm
from groups.forms.refusing import refuse
from groups.models import Event
from groups.participants import by_answer, messages_seen_by, others_seen_by, participants_seen_by
from groups.participants_file import head, row
from groups.services.events import create_event
from groups.services.host_messages import AFTERWARDS, write_to_participants
from groups.spreadsheet import csv_of
from groups.views.attendance import visible_event


@require_safe
@members_only
def people(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    found = visible_event(request, slug, uuid, "see_participants")
    return render(request, "groups/hosting/people.html", _people(request, found))


@require_POST
@members_only
def write(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    found = visible_event(request, slug, uuid, "write_to_participants")
    form = HostMessageForm(request.POST)
    if form.is_valid():
        try:
            write_to_participants(event=found, author=request.user, now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("On its way to them."))
            return redirect("groups:participants", found.group.slug, found.uuid)
    return render(request, "groups/hosting/people.html", _people(request, found, form), status=400)


@require_safe
@members_only
def export(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """The list for a spreadsheet; whole names only when they are asked for."""
    found = visible_event(request, slug, uuid, "see_participants")
    has_names = ExportForm(request.GET).wants_names()
    rows = [row(one, has_names=has_names) for one in participants_seen_by(request.user, found)]
    answer = HttpResponse(csv_of(head(), rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="people-{found.starts_at:%Y-%m-%d}.csv"'
    return answer


@members_only
def copy(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """The form of a new event, filled with what was said of this one."""
    found = visible_event(request, slug, uuid, "create_event")
    now, blank = clock.now(), Event(group=found.group, **fields_of(found))
    form = EventForm(request.POST or None, instance=blank, viewer=request.user, initial=times_of(found, now=now))
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(create_event(group=found.group, now=now, by=request.user, **form.details()))
        except DomainError as error:
            form.refuse(error)
    return render(request, "groups/event_form.html", {"form": form, "group": found.group})


def _people(request: MemberRequest, event: Event, form: HostMessageForm | None = None) -> dict[str, object]:
    now = clock.now()
    has_begun = event.status == Event.Status.SCHEDULED and now >= event.starts_at
    return {
        "event": event,
        "group": event.group,
        "answers": by_answer(participants_seen_by(request.user, event)),
        "others": others_seen_by(request.user, event) if has_begun else [],
        "has_begun": has_begun,
        "form": form or HostMessageForm(),
        "may_write": now <= event.ends_at + AFTERWARDS,
        "export_form": ExportForm(),
        "sent": messages_seen_by(request.user, event),
    }
