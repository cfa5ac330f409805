"""Public pages may be kept by browsers and proxies, for visitors alone."""

import hashlib
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

type View = Callable[..., HttpResponse]

MAX_AGE = 300  # seconds; an editor's change is everywhere after that
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")


def public_for_visitors(view: View) -> View:
    """Give a visitor's page an ETag and `Cache-Control: public`; whoever has a session gets neither."""

    @require_safe
    @wraps(view)
    def cached(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, ["Cookie"])
        if response.status_code != 200 or any(name in request.COOKIES for name in PERSONAL_COOKIES):  # noqa: PLR2004
            return response
        response["Cache-Control"] = f"public, max-age={MAX_AGE}"
        response["ETag"] = etag = _etag(request, response)
        answer = get_conditional_response(request, etag=etag, response=response)
        return answer if isinstance(answer, HttpResponse) else response

    return cached


def _etag(request: HttpRequest, response: HttpResponse) -> str:
    """Return the page's fingerprint without its nonce, which is new for every answer."""
    nonce = str(get_nonce(request) or "").encode()
    body = response.content.replace(nonce, b"") if nonce else response.content
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'
