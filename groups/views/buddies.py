"""Buddies: asking, answering, the word of a day."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.company import asked_to_notice, next_meeting, noticer_of, pairs_of, people_met, told_at
from groups.forms.buddies import AskForm, WordForm
from groups.forms.refusing import refuse
from groups.models import Buddies, BuddyWord
from groups.services import buddies


@require_safe
@members_only
def mine(request: MemberRequest) -> HttpResponse:
    """Those who keep me company, today's words, and who would notice."""
    person, now = request.user, clock.now()
    noticer = noticer_of(person)
    context = {
        "pairs": pairs_of(person, now=now),
        "words": BuddyWord.Word.choices,
        "meeting": next_meeting(person, now=now),
        "noticer": noticer,
        "told_at": told_at(noticer),
        "asked_of_me": asked_to_notice(person),
    }
    return render(request, "groups/buddies/mine.html", context)


@members_only
def ask(request: MemberRequest) -> HttpResponse:
    people = people_met(request.user)
    form = AskForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            buddies.ask_buddy(person=request.user, other=form.cleaned_data["person"], now=clock.now())
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Asked. You see it here when they say yes."))
            return redirect("groups:buddies")
    return render(request, "groups/buddies/ask.html", {"form": form, "people": people})


@require_POST
@members_only
def agree(request: MemberRequest, uuid: str) -> HttpResponse:
    found = get_visible(Buddies.objects.all(), request.user, uuid=uuid)
    try:
        buddies.agree(buddies=found, person=request.user, now=clock.now())
        messages.success(request, _("From now on you keep each other company."))
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:buddies")


@require_POST
@members_only
def end(request: MemberRequest, uuid: str) -> HttpResponse:
    found = get_visible(Buddies.objects.all(), request.user, uuid=uuid)
    buddies.end(buddies=found, person=request.user)
    messages.success(request, _("That is ended, and all its words are gone. Nobody is told."))
    return redirect("groups:buddies")


@require_POST
@members_only
def word(request: MemberRequest, uuid: str) -> HttpResponse:
    found = get_visible(Buddies.objects.select_related("asked", "asked_by"), request.user, uuid=uuid)
    form = WordForm(request.POST)
    if form.is_valid():
        try:
            buddies.say_word(buddies=found, person=request.user, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Said. It can be another word later today."))
        except DomainError as error:
            messages.warning(request, str(error.message))
    return redirect("groups:buddies")
