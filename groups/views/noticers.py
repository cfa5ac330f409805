"""Somebody who notices a silence."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.company import noticer_of, people_close_to
from groups.forms.buddies import NoticerForm
from groups.forms.refusing import refuse
from groups.models import Noticer
from groups.services import noticers


@members_only
def ask(request: MemberRequest) -> HttpResponse:
    """Choose who is asked to say hello, after how long, and with which words."""
    person, before = request.user, noticer_of(request.user)
    people = people_close_to(person)
    initial = (
        {"friend": before.friend.uuid, "after_days": before.after_days, "words": before.words}
        if before
        else {"after_days": 14}
    )
    form = NoticerForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            noticers.ask_to_notice(person=person, now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Kept. It begins once your friend has said yes."))
            return redirect("groups:buddies")
    return render(request, "groups/buddies/noticer_form.html", {"form": form, "people": people})


@require_POST
@members_only
def agree(request: MemberRequest, uuid: str) -> HttpResponse:
    found = get_visible(Noticer.objects.all(), request.user, uuid=uuid)
    try:
        noticers.agree_to_notice(noticer=found, person=request.user, now=clock.now())
        messages.success(request, _("Thank you. There is nothing to watch: you hear from us if it comes to it."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:buddies")


@require_POST
@members_only
def end(request: MemberRequest, uuid: str) -> HttpResponse:
    found = get_visible(Noticer.objects.all(), request.user, uuid=uuid)
    noticers.end_noticing(noticer=found, person=request.user)
    messages.success(request, _("That is ended. Nobody is told."))
    return redirect("groups:buddies")
