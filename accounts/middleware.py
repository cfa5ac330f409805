"""Whose language, whose time, and whether they have been welcomed."""

from collections.abc import Callable
from typing import Any, cast
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware, get_user
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from accounts.addresses import in_language, language_of, page_after, welcome_before
from accounts.sessions import person_of
from core.program_input import API

type GetResponse = Callable[[HttpRequest], HttpResponse]

# Addresses without a language in them: the person's language, else the one the client asks for.
UNPREFIXED = (
    "/api/", "/_allauth/", "/admin/", "/healthz", "/readyz", "/static/", "/media/",
    "/sw.js", "/robots.txt", "/sitemap.xml",
)  # fmt: skip


class LastingSessionMiddleware(SessionMiddleware):
    """The framework's own, which lets a browser keep the cookie of a session for as long as that goes on."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        answer: Any = super().process_response(request, response)
        name, key = settings.SESSION_COOKIE_NAME, request.session.session_key
        is_prolonged = getattr(request.session, "is_prolonged", False)
        if is_prolonged and key and key == request.COOKIES.get(name) and name not in answer.cookies:
            answer.set_cookie(
                name,
                key,
                max_age=settings.SESSION_COOKIE_AGE,
                domain=settings.SESSION_COOKIE_DOMAIN,
                path=settings.SESSION_COOKIE_PATH,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=settings.SESSION_COOKIE_HTTPONLY,
                samesite=settings.SESSION_COOKIE_SAMESITE,
            )
            answer["Cache-Control"] = "private, no-store"  # whatever it was: it holds a key now
        return cast("HttpResponse", answer)


class SessionPersonMiddleware(AuthenticationMiddleware):
    """The framework's own, which need not ask for a person who came with the session."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: person_of(request.session) or get_user(request))  # type: ignore[assignment]


class PersonLocaleMiddleware:
    """Language of the answer.

    Public pages have one address per language, so that they can be cached and found. A signed-in
    person always reads their own language: a page address in the other one redirects.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        in_path = language_of(request.path_info)
        unprefixed = request.path_info.startswith(UNPREFIXED)
        wanted = self._wanted(request, in_path, unprefixed=unprefixed)
        if wanted != in_path and not unprefixed:
            if (target := _same_page(request, wanted)) is not None:
                return _to_own_language(target)
            wanted = in_path
        with translation.override(wanted):
            request.LANGUAGE_CODE = wanted
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", wanted)
        if unprefixed:
            patch_vary_headers(response, ["Accept-Language"])
        return response

    def _wanted(self, request: HttpRequest, in_path: str, *, unprefixed: bool) -> str:
        if request.path_info.startswith(API) and "Accept-Language" in request.headers:
            return translation.get_language_from_request(request)
        if request.user.is_authenticated and request.user.is_welcomed:
            return request.user.language
        if unprefixed or (request.path_info == "/" and not _comes_from_here(request)):
            return translation.get_language_from_request(request)
        return in_path


def _same_page(request: HttpRequest, wanted: str) -> str | None:
    """Return the page's address in the wanted language, or None when there is no such page to lead to."""
    if request.method not in {"GET", "HEAD"} or "HX-Request" in request.headers:
        return None
    here = request.get_full_path()
    target = in_language(here, wanted)
    return None if target == here else target


def _to_own_language(target: str) -> HttpResponse:
    answer = redirect(target)
    patch_vary_headers(answer, ["Accept-Language", "Cookie"])
    answer["Cache-Control"] = "private, no-store"
    return answer


def _comes_from_here(request: HttpRequest) -> bool:
    """Whether a link on this site led to the page: then its language was chosen."""
    return urlsplit(request.headers.get("Referer", "")).netloc == request.get_host()


class PersonTimeZoneMiddleware:
    """Show instants in the person's zone; visitors see UTC until they say otherwise, and programs always."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_page = not request.path_info.startswith(API)
        zone = request.user.time_zone if is_page and request.user.is_authenticated else "UTC"
        with timezone.override(_zone_named(zone)):
            return self.get_response(request)


def _zone_named(name: str) -> ZoneInfo:
    """Return the zone, or UTC when this machine's data no longer knows the name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


class WelcomeMiddleware:
    """Lead a new person to the three welcome steps before the pages of members."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: list[object], kwargs: dict[str, object]
    ) -> HttpResponse | None:
        """Redirect when the view is marked `members_only` and the welcome is not done; it leads back to the page."""
        if getattr(view, "members_only", False) and request.user.is_authenticated and not request.user.is_welcomed:
            return redirect(welcome_before(request.get_full_path() if request.method == "GET" else page_after(request)))
        return None
