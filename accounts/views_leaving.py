"""Deleting one's account: what it means, the days to think it over, and keeping it after all."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest
from accounts.keeping import person_of_token
from accounts.models import User
from accounts.services.leaving import ask_to_leave
from accounts.services.leaving import stay as keep_account
from core import clock
from core.moments import moment_in_words


@never_cache
@login_required
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
def leaving(request: MemberRequest) -> HttpResponse:
    """Ask for it, with the password again; then the one page that is left, with the way back."""
    person = request.user
    if request.method == "POST" and not person.is_leaving:
        ask_to_leave(person=person, kept=request.session, now=clock.now())
        return redirect("accounts:leaving")
    if person.is_leaving:
        return render(request, "accounts/leaving.html", {"until": _until(person)})
    return render(request, "accounts/leave.html")


@require_POST
@login_required
def stay(request: MemberRequest) -> HttpResponse:
    keep_account(person=request.user)
    messages.success(request, _("Your account is kept. Good to have you here."))
    return redirect("home")


@never_cache
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """The way back from the mail, without signing in. Reading changes nothing."""
    person = person_of_token(token)
    if person is None:
        raise Http404
    if request.method != "POST":
        return render(request, "accounts/keep.html", {"until": _until(person)})
    keep_account(person=person)
    messages.success(request, _("Your account is kept. You can sign in as before."))
    return redirect("account_login")


def _until(person: User) -> str:
    assert person.erase_at is not None  # noqa: S101 - for the type checker: asked of those who are leaving
    return moment_in_words(person.erase_at, person.time_zone, now=clock.now())
