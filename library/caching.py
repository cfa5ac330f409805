"""Public pages are kept: by each process until content changes, by browsers and proxies for five minutes.

For visitors alone. Whoever carries a cookie that says who or where they are gets a page of their own.
"""

import hashlib
import logging
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from time import monotonic
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache, caches
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from core.findable import findable

logger = logging.getLogger(__name__)

type View = Callable[..., HttpResponse]

MAX_AGE = 300  # seconds that a browser or a proxy may keep a page
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages", settings.HELP_REGION_COOKIE)
STAMP = "content-stamp"


@dataclass(frozen=True)
class Page:
    """A rendered page as visitors get it. It is good as long as the content's stamp is `stamp`."""

    stamp: str
    content: bytes
    headers: dict[str, str]


def content_changed() -> None:
    """Make every kept page out of date, once the transaction is committed."""
    transaction.on_commit(_stamp.change, robust=True)


def public_for_visitors(view: View) -> View:
    """Mark a page as public: anybody may find it, and a visitor's answer is the same for every visitor."""

    @findable
    @require_safe
    @wraps(view)
    def public(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if any(name in request.COOKIES for name in PERSONAL_COOKIES):
            return _private(view(request, *args, **kwargs))
        key, stamp, page = _kept(request)
        if page is None:
            response = view(request, *args, **kwargs)
            if _is_personal(request, response):
                return _private(response)
            if response.status_code != 200:  # noqa: PLR2004
                return response
            page = _page(response, stamp)
            if key and not get_nonce(request):  # a nonce in the page would be the first reader's
                caches["pages"].set(key, page, settings.PAGE_CACHE_SECONDS)
        answer = HttpResponse(page.content, headers=page.headers)
        return get_conditional_response(request, etag=page.headers["ETag"], response=answer)  # type: ignore[return-value]

    return public


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether the answer sets a cookie, or holds a form's token, which is this reader's alone."""
    return bool(response.cookies) or "CSRF_COOKIE_NEEDS_UPDATE" in request.META


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response


def _page(response: HttpResponse, stamp: str) -> Page:
    patch_vary_headers(response, ["Cookie"])
    response["Cache-Control"] = f"public, max-age={MAX_AGE}"
    response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    return Page(stamp, response.content, dict(response.items()))


def _kept(request: HttpRequest) -> tuple[str, str, Page | None]:
    """Return the page's key, the content's stamp and the kept page. Without a key nothing is kept.

    An address with a query is made each time, since there is no end of them.
    """
    if not settings.PAGE_CACHE_SECONDS or request.META.get("QUERY_STRING") or "HTTP_HX_REQUEST" in request.META:
        return "", "", None
    key, stamp = hashlib.sha256(request.path.encode()).hexdigest(), _stamp.now()
    page: Page | None = caches["pages"].get(key)
    return key, stamp, page if page and page.stamp == stamp else None


class _Stamp:
    """The content's stamp as this process last saw it in the cache that all processes share."""

    LOOK_EVERY = 2.0  # seconds; so long another process may serve what an editor has just changed

    def __init__(self) -> None:
        self.value = ""
        self.looked_at = -math.inf

    def now(self) -> str:
        if monotonic() - self.looked_at > self.LOOK_EVERY:
            self.looked_at = monotonic()
            try:
                self.value = cache.get(STAMP, "")
            except Exception:  # a page never depends on the cache being there
                logger.exception("the content's stamp could not be read")
        return self.value

    def change(self) -> None:
        self.looked_at = -math.inf
        cache.set(STAMP, uuid4().hex, timeout=None)


_stamp = _Stamp()
