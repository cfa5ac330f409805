"""Which versions of apps the site goes on with: an app names itself, and is told if it is too old (decision 0028).

It stands before every door of programs, the sign-in too, so that nothing is taken from an app that means something else
by it. An app that does not name itself, or of which the operator named no oldest version, is let in.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from core.app_names import Version, app_of
from core.problems import refusal
from core.program_input import API, SIGN_IN

HEADER, MINIMUM = "MindMove-App", "MindMove-App-Minimum"
# Whoever needs help finds it, and whoever wants out gets out, however old the app is.
ALWAYS_OPEN = {("GET", "api-help"), ("HEAD", "api-help"), ("DELETE", "headless:app:account:current_session")}


class AppVersionMiddleware:
    """Refuse apps that are too old, and tell every app that is known which is the oldest that goes on."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.headers.get(HEADER)
        if said is None or not request.path_info.startswith((API, SIGN_IN)):
            return self.get_response(request)
        app = app_of(said, between="/")
        minimum: Version | None = settings.API_APP_MINIMUMS.get(app[0]) if app else None
        refused = _refused(app, minimum)
        response = self.get_response(request) if refused is None or _is_always_open(request) else refused
        if minimum:
            response[MINIMUM] = ".".join(map(str, minimum))
        return response


def _refused(app: tuple[str, Version] | None, minimum: Version | None) -> HttpResponse | None:
    """Return what is said to an app that says nothing readable, or is older than the minimum of its name."""
    if app is None:
        return refusal(400, "invalid_app", _("An app says its name and its version, such as walks/2.0.1."))
    if minimum is None or app[1] >= minimum:
        return None
    return refusal(426, "app_too_old", _("This version of the app no longer works here. Please get the new one."))


def _is_always_open(request: HttpRequest) -> bool:
    return any(request.method == method and request.path_info == reverse(door) for method, door in ALWAYS_OPEN)
