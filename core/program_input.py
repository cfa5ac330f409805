"""Stands before all that programs reach (the API and its sign-in): bounds what is sent, and says no in one shape.

What is sent is read to its end here, so that no view holds a lock while a slow phone goes on sending; but for forms
with files, which the view takes (`core.uploads`), and which it reads before it locks anything.
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import MethodNotAllowed

from core.json_input import MOST_BYTES, NotTaken, read_json, too_large
from core.problems import refusal

API, SIGN_IN = "/api/", "/_allauth/"
SAID = {
    400: ("parse_error", _("Malformed request.")),
    403: ("permission_denied", _("You do not have permission to perform this action.")),
    404: ("not_found", _("Not found.")),
    500: ("our_fault", _("Something went wrong on our side.")),
}


class ProgramInputMiddleware:
    """Refuse what is too large, too deep, cut off or no text, before a view or a library reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith((API, SIGN_IN)):
            return self.get_response(request)
        response = _refusal(request) or self.get_response(request)
        if response.status_code >= HTTPStatus.BAD_REQUEST and _is_page(response):
            return _in_shape(response, str(request.method))
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Raise 404 for the address of a page with a NUL in it, which PostgreSQL takes for no text at all."""
        if "\0" in request.path_info:
            raise Http404


def _refusal(request: HttpRequest) -> HttpResponse | None:
    is_sign_in = request.path_info.startswith(SIGN_IN)
    is_form = request.content_type == "multipart/form-data" and not is_sign_in
    if _length_of(request) > (settings.API_FORM_MOST_BYTES if is_form else MOST_BYTES):
        return refusal(413, "too_large", too_large())
    spoilt = [name for name, values in request.GET.lists() if any("\0" in text for text in (name, *values))]
    if spoilt or "\0" in request.path_info:
        field = spoilt[0].replace("\0", "") if spoilt else ""
        return refusal(400, "no_such_sign", str(_("An address has no NUL in it.")), field=field)
    try:
        body = b"" if is_form else request.body
    except UnreadablePostError:
        return refusal(400, "unreadable", str(_("This request could not be read.")))
    if is_sign_in and request.method != "GET" and body:
        try:
            read_json(body)
        except NotTaken as error:
            return refusal(400, error.code, error.message, field=error.field)
    return None


def _length_of(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


def _is_page(response: HttpResponse) -> bool:
    """Whether this is a page for people, of the kind that the framework gives where no view was asked."""
    return response.headers.get("Content-Type", "text/html").startswith("text/html")


def _in_shape(page: HttpResponse, method: str) -> HttpResponse:
    status, other = HTTPStatus(page.status_code), MethodNotAllowed(method)
    said = SAID | {other.status_code: (other.default_code, other.detail)}
    code, words = said.get(status, ("refused", status.phrase))
    answer = refusal(status, code, str(words))
    for name, value in page.items():
        if name not in {"Content-Type", "Content-Length"}:
            answer[name] = value
    answer.cookies.update(page.cookies)
    return answer
