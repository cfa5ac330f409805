"""Welcome, settings and the language switch."""

from typing import cast
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.addresses import in_language, page_after
from accounts.decorators import MemberRequest, members_only
from accounts.forms import LanguageForm, SettingsForm
from accounts.queries import blocks_by
from accounts.services.blocks import unblock as unblock_person
from accounts.services.profile import Changes, change_settings, choose_language, hide_numbers
from accounts.welcome import STEPS, Step
from core import clock
from core.visibility import get_visible


@login_required
def welcome(request: MemberRequest, step: str) -> HttpResponse:
    """One of the three steps; each saves on its own, and may be walked back to."""
    if step not in STEPS:
        raise Http404
    here = STEPS[step]
    initial = {name: getattr(request.user, name) for name in here.form.base_fields}
    form = here.form(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        here.save(request.user, form.cleaned_data, clock.now())
        return redirect(_after(request, here))
    return render(request, "accounts/welcome.html", {"form": form, "step": here, "next": page_after(request)})


def _after(request: MemberRequest, step: Step) -> str:
    """Where the person goes: the next step, else where they wanted to go, else home; in their language."""
    wanted = page_after(request)
    with translation.override(request.user.language):
        if step.following is None:
            return in_language(wanted, request.user.language) if wanted else reverse("home")
        query = f"?{urlencode({'next': wanted})}" if wanted else ""
        return reverse("accounts:welcome", kwargs={"step": step.following}) + query


@members_only
def settings(request: MemberRequest) -> HttpResponse:
    """Everything a person can set, on one page."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        changes = cast("Changes", {name: form.cleaned_data[name] for name in form.changed_data})
        request.user.refresh_from_db()
        change_settings(person=request.user, changes=changes)
        with translation.override(request.user.language):
            messages.success(request, _("Your settings are saved."))
            return redirect("accounts:settings")
    return render(request, "accounts/settings.html", {"form": form})


@require_POST
@members_only
def numbers(request: MemberRequest) -> HttpResponse:
    """Hide all numbers, or show them again: one tap, and back to the page."""
    hide_numbers(person=request.user, hide=request.POST.get("hide") == "1")
    return redirect(page_after(request) or "home")


@require_safe
@members_only
def blocks(request: MemberRequest) -> HttpResponse:
    """Whom I blocked. Who blocked me, nobody tells."""
    return render(request, "accounts/blocks.html", {"blocks": blocks_by(request.user)})


@require_POST
@members_only
def unblock(request: MemberRequest, uuid: str) -> HttpResponse:
    found = get_visible(blocks_by(request.user), request.user, blocked__uuid=uuid)
    unblock_person(person=request.user, other=found.blocked)
    messages.success(request, _("You and %(person)s see each other again.") % {"person": found.blocked})
    return redirect("accounts:blocks")


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Read on in the other language; a signed-in person keeps it."""
    form = LanguageForm(request.POST)
    if not form.is_valid():
        return redirect("home")
    chosen = form.cleaned_data["language"]
    if request.user.is_authenticated:
        choose_language(person=request.user, language=chosen)
    wanted = page_after(request)
    with translation.override(chosen):
        return redirect(in_language(wanted, chosen) if wanted else "home")
