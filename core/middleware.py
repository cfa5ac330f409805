"""Answers made for a signed-in person are theirs alone; the admin loads what only the admin may."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.common import CommonMiddleware
from django.utils.cache import patch_vary_headers

from core.program_input import API


class PagesSlashMiddleware(CommonMiddleware):
    """Lead who forgot the slash at the end of a page's address there; at the API such an address is none.

    Programs follow a redirect by reading, so what they wanted to write would be lost without a word.
    """

    def should_redirect_with_slash(self, request: HttpRequest) -> bool:
        return not request.path_info.startswith(API) and super().should_redirect_with_slash(request)


class PrivateByDefaultMiddleware:
    """Send `private, no-store` with every answer that a signed-in person gets; signing out clears the browser."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        if was_signed_in and not request.user.is_authenticated:
            response["Clear-Site-Data"] = '"cache", "storage"'
            response.delete_cookie(settings.HELP_REGION_COOKIE, samesite="Lax")
        if request.user.is_authenticated or request.path.startswith("/api/"):
            response["Cache-Control"] = "private, no-store"
            patch_vary_headers(response, ["Cookie", "X-Session-Token", "Authorization"])
        return response


class AdminPolicyMiddleware:
    """Give pages under `/admin/` their own Content-Security-Policy; every other page keeps the strict one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith("/admin/") and not hasattr(response, "_csp_config"):
            response._csp_config = settings.ADMIN_CSP  # type: ignore[attr-defined] # noqa: SLF001 - as csp_override does
        return response
