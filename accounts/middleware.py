"""Whose language, whose time, and whether they have been welcomed."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

type GetResponse = Callable[[HttpRequest], HttpResponse]

# Addresses without a language in them: the person's language, else the one the client asks for.
UNPREFIXED = ("/api/", "/_allauth/", "/admin/", "/healthz", "/readyz", "/static/", "/media/")


class PersonLocaleMiddleware:
    """Language of the answer.

    Public pages have one address per language, so that they can be cached and found. A signed-in
    person always reads their own language: a page address in the other one redirects.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_path = translation.get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
        unprefixed = request.path_info.startswith(UNPREFIXED)
        wanted = self._wanted(request, in_path, unprefixed=unprefixed)
        if wanted != in_path and not unprefixed and request.method == "GET" and not request.htmx:
            answer: HttpResponse = redirect(translate_url(request.get_full_path(), wanted))
            patch_vary_headers(answer, ["Accept-Language", "Cookie"])
            return answer
        with translation.override(wanted):
            request.LANGUAGE_CODE = wanted
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", wanted)
        if unprefixed:
            patch_vary_headers(response, ["Accept-Language"])
        return response

    def _wanted(self, request: HttpRequest, in_path: str, *, unprefixed: bool) -> str:
        if unprefixed and request.path_info.startswith("/api/") and "Accept-Language" in request.headers:
            return translation.get_language_from_request(request)
        if request.user.is_authenticated and request.user.is_welcomed:
            return request.user.language
        if unprefixed or request.path_info == "/":
            return translation.get_language_from_request(request)
        return in_path


class PersonTimeZoneMiddleware:
    """Show instants in the person's zone; visitors see UTC until they say otherwise."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = request.user.time_zone if request.user.is_authenticated else "UTC"
        with timezone.override(ZoneInfo(zone)):
            return self.get_response(request)


class WelcomeMiddleware:
    """Lead a new person to the three welcome steps before the pages of members."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Redirect when the view is marked `members_only` and the welcome is not done."""
        if getattr(view, "members_only", False) and request.user.is_authenticated and not request.user.is_welcomed:
            return redirect(reverse("accounts:welcome", kwargs={"step": "language"}))
        return None
