"""Asking to join, and for hosts: who waits for an answer."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import MemberRequest, members_only
from core import clock
from core.errors import DomainError
from core.visibility import get_visible
from groups.forms.refusing import refuse
from groups.forms.ways import AskToJoinForm
from groups.models import Group
from groups.rules import may
from groups.services.requests import accept_request, ask_to_join, decline_request, take_back_request
from groups.ways import my_request, requests_seen_by


@members_only
def ask(request: MemberRequest, slug: str) -> HttpResponse:
    """A few words to the hosts. Who is in already, or cannot ask here, is led to the group."""
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "ask_to_join", group):
        return redirect(group)
    form = AskToJoinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_to_join(group=group, person=request.user, now=clock.now(), **form.cleaned_data)
        except DomainError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The hosts have your request. You will hear from us, whatever they say."))
            return redirect(group)
    return render(request, "groups/ways/ask.html", {"group": group, "form": form})


@require_POST
@members_only
def take_back(request: MemberRequest, slug: str) -> HttpResponse:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    mine = my_request(request.user, group)
    if mine is not None:
        take_back_request(request=mine, person=request.user, now=clock.now())
    messages.success(request, _("You have taken your request back. Nobody is told."))
    return redirect(group)


@require_safe
@members_only
def waiting(request: MemberRequest, slug: str) -> HttpResponse:
    group = _hosted(request, slug)
    found = requests_seen_by(request.user, group, now=clock.now())
    return render(request, "groups/ways/requests.html", {"group": group, "requests": found})


@require_POST
@members_only
def accept(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    return _answer(request, slug, uuid, accept_request, _("They are in, and get a message."))


@require_POST
@members_only
def decline(request: MemberRequest, slug: str, uuid: str) -> HttpResponse:
    return _answer(request, slug, uuid, decline_request, _("They get a kind message, without a reason."))


def _answer(request: MemberRequest, slug: str, uuid: str, act: Callable[..., object], words: str) -> HttpResponse:
    group = _hosted(request, slug)
    found = get_visible(requests_seen_by(request.user, group, now=clock.now()), request.user, uuid=uuid)
    try:
        act(request=found, host=request.user, now=clock.now())
        messages.success(request, words)
    except DomainError as error:
        messages.warning(request, str(error.message))
    return redirect("groups:requests", slug)


def _hosted(request: MemberRequest, slug: str) -> Group:
    group = get_visible(Group.objects.all(), request.user, slug=slug)
    if not may(request.user, "answer_requests", group):
        raise PermissionDenied
    return group
