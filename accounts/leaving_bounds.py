"""Leads whoever is about to lose their account to its one page, and lets an app do nothing but keep it.

It stands before every view, so that none can forget that the account is closed.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.asking import asker_of
from accounts.headless_urls import OF_AN_ACCOUNT
from accounts.middleware import UNPREFIXED
from core.problems import refusal
from core.program_input import API, SIGN_IN

OPEN = {"accounts:leaving", "accounts:stay", "accounts:keep", "accounts:language", "account_logout"}
READABLE = "library"  # with get-help


class LeavingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        if request.path_info.startswith(SIGN_IN):
            return _closed_of_sign_in(request)
        if not (request.user.is_authenticated and request.user.is_leaving):
            return None
        if request.path_info.startswith(API):
            is_open = getattr(getattr(view, "cls", None), "is_open_to_the_leaving", False)
            return None if is_open else _refused()
        if request.path_info.startswith(UNPREFIXED) or _is_open(request, view):
            return None
        return redirect("accounts:leaving")


def _closed_of_sign_in(request: HttpRequest) -> HttpResponse | None:
    """Refuse to change the account by an app. Its library asks who comes with a session only after this."""
    if request.resolver_match is None or request.resolver_match.url_name not in OF_AN_ACCOUNT:
        return None
    person = asker_of(request).person
    return _refused() if person is not None and person.is_leaving else None


def _refused() -> HttpResponse:
    return refusal(403, "leaving", _("This account is about to be deleted. Keep it first."))


def _is_open(request: HttpRequest, view: Callable[..., Any]) -> bool:
    match = request.resolver_match
    if match is None:
        return True
    return match.view_name in OPEN or (match.namespace == READABLE and not getattr(view, "members_only", False))
