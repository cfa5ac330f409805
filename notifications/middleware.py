"""A browser that signs out gets no messages any more."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from core import clock
from notifications.services.devices import IN_SESSION, end_device_of_browser


class SignOutMiddleware:
    """End the device of a session that is gone after the request, whichever way out was taken."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        is_told = request.method == "POST" and settings.SESSION_COOKIE_NAME in request.COOKIES
        device = request.session.get(IN_SESSION) if is_told else None
        response = self.get_response(request)
        if device and request.session.get(IN_SESSION) is None:
            end_device_of_browser(uuid=device, now=clock.now())
        return response
