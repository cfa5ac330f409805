"""What an editor saves in the admin is on every page at once."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from rest_framework.permissions import SAFE_METHODS

from library.caching import content_changed

WRITTEN_HERE = ("/admin/library/", "/admin/plans/")


class FreshContentMiddleware:
    """After every act on content in the admin, whichever form, action or list it came from, pages are made anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path_info.startswith(WRITTEN_HERE) and request.method not in SAFE_METHODS:
            content_changed()
        return response
