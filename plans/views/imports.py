"""Bringing in an activity from a watch or a phone."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from library import dose
from library.models import Citation, ExerciseType
from plans.brought import as_token, from_token
from plans.forms.imports import ImportForm
from plans.forms.logs import LogForm
from plans.forms.refusals import add_refusal
from plans.services.imports import already_noted, log_brought, read_file
from plans.uploads import in_memory


@in_memory
@members_only
def bring_in(request: MemberRequest) -> HttpResponse:
    """Choose a file. What it sums up to goes on to the log form, signed; the file itself is let go."""
    has_zones = Citation.objects.visible_to(request.user).has_checked(*dose.HEART_RATE_SOURCES)
    given = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ImportForm(*given, has_zones=has_zones)
    if request.method == "POST" and form.is_valid():
        data, age = form.cleaned_data["file"], form.cleaned_data.get("age")
        try:
            brought = read_file(person=request.user, data=data, age=age, now=clock.now())
        except DomainError as error:
            add_refusal(form, error)
        else:
            return redirect(f"{reverse('plans:note_import')}?{urlencode({'file': as_token(brought)})}")
    return render(request, "plans/imports/import.html", {"form": form})


@members_only
def note_import(request: MemberRequest) -> HttpResponse:
    """Look at what the file said, add how it felt, and save."""
    if (brought := from_token(request.user, request.GET.get("file", ""))) is None:
        raise Http404
    if log := already_noted(request.user, brought):
        messages.info(request, _("This file is already among your days. Here it is."))
        return redirect("plans:edit_log", log.uuid)
    types = ExerciseType.objects.visible_to(request.user)
    form = LogForm(request.POST or None, types=types, initial=brought.initial())
    if request.method == "POST" and form.is_valid():
        try:
            log_brought(person=request.user, now=clock.now(), brought=brought, **form.noted())
        except DomainError as error:
            add_refusal(form, error)
        else:
            messages.success(request, _("Noted. It counts, whatever its size."))
            return redirect("plans:logs")
    return render(request, "plans/imports/note.html", {"form": form, "brought": brought})
