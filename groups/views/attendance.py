"""Who was there: said by oneself, and noted by a host."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.forms.hosting import AttendanceForm
from groups.models import Event
from groups.participants import others_seen_by, participants_seen_by
from groups.rules import may
from groups.services import attendance


@require_POST
@members_only
def was_there(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """Say that I was there, or take it back (`undo`)."""
    found = visible_event(request, slug, uuid, "attend_event")
    if request.POST.get("undo"):
        attendance.take_back(event=found, person=request.user)
        messages.success(request, _("Taken back."))
        return redirect(found)
    try:
        attendance.was_there(event=found, person=request.user, now=clock.now())
        messages.success(request, _("Good that you were there."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect(found)


@require_POST
@members_only
def note(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    """Note as a host who was there."""
    found = visible_event(request, slug, uuid, "note_attendance")
    known = [*participants_seen_by(request.user, found), *others_seen_by(request.user, found)]
    form = AttendanceForm(request.POST, people=[one.person for one in known])
    try:
        if form.is_valid():
            attendance.note_attendance(event=found, host=request.user, now=clock.now(), **form.said())
            messages.success(request, _("Saved. Only hosts and each of them see it."))
        else:
            messages.warning(request, _("Somebody on the list is not there any more. Please look again."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:participants", found.group.slug, found.uuid)


def visible_event(request: HttpRequest, slug: str, uuid: str, act: str) -> Event:
    """Return the event with its group, for somebody who may do `act` to it."""
    found = get_visible(Event.objects.select_related("group"), request.user, group__slug=slug, uuid=uuid)
    if not may(request.user, act, found):
        raise PermissionDenied
    return found
