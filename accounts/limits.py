"""How much the API is asked in a minute: by each token, each person, and of visitors each address.

The answer says what is left (`RateLimit`, of the IETF's draft 10), and the one that is too many when to come back.
Somebody else's haste costs nobody anything: who is known is counted as themselves, wherever they are.
"""

from collections.abc import Callable

from allauth.core.internal.ratelimit import get_ip
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from accounts.asking import asker_of
from core import clock
from core.counting import Counted, count
from core.problems import refusal
from core.program_input import API

WINDOW = 60  # seconds


class LimitMiddleware:
    """Stands before every view of the API, and after the language is known."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not (settings.API_LIMITS and request.path_info.startswith(API)):
            return self.get_response(request)
        policy, who = _policy_of(request)
        most: int = settings.API_LIMITS.get(policy, 0)
        if not most:
            return self.get_response(request)
        counted = count(f"api:{policy}:{who}", seconds=WINDOW, now=clock.now())
        response = self.get_response(request) if counted.number <= most else _slower(counted)
        response["RateLimit-Policy"] = f'"{policy}";q={most};w={WINDOW}'
        response["RateLimit"] = f'"{policy}";r={max(0, most - counted.number)};t={counted.ends_in}'
        return response


def _policy_of(request: HttpRequest) -> tuple[str, object]:
    """Return which limit holds, and for whom. A credential that is none is a visitor's."""
    if token := asker_of(request).token:
        return "token", token.pk
    return ("person", request.user.pk) if request.user.is_authenticated else ("address", _address_of(request))


def _address_of(request: HttpRequest) -> str:
    """Return where it comes from; those that no server says anything of count as one."""
    try:
        return str(get_ip(request))
    except PermissionDenied:
        return ""


def _slower(counted: Counted) -> HttpResponse:
    answer = refusal(429, "throttled", _("That was a lot in a short time. Please wait a moment, then try again."))
    answer["Retry-After"] = str(counted.ends_in)
    return answer
