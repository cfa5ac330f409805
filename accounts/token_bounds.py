"""Makes who is asking the API the person of the request, so language, zone, kept replies and limits are theirs too.

It stands before every view, so that none can forget what a token may not do.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from rest_framework.permissions import SAFE_METHODS

from accounts.asking import asker_of
from core.problems import refusal
from core.program_input import API


class AskerMiddleware:
    """Make who is asking the person of the request, and keep a token to what it may do."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(API):
            asker = asker_of(request)
            if asker.person is not None:
                request.user = asker.person
            elif asker.is_refused:
                request.user = AnonymousUser()  # a cookie beside it is not asked
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: list[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Refuse writing with a token that reads, and with any token whatever makes or ends credentials."""
        token = asker_of(request).token if request.path_info.startswith(API) else None
        if token is None:
            return None
        if getattr(getattr(view, "cls", None), "is_closed_to_tokens", False):
            return refusal(403, "not_by_token", _("This needs you to be signed in; a token does not do."))
        if request.method not in SAFE_METHODS and not token.may_write:
            return refusal(403, "token_only_reads", _("This token may read, and change nothing."))
        return None
