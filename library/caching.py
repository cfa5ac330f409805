"""Public pages are kept: by the site until content changes, by browsers and proxies for five minutes.

For visitors alone. Whoever carries a cookie that says who or where they are gets a page of their own.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from uuid import uuid4

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csp import get_nonce
from django.templatetags.static import static
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

type View = Callable[..., HttpResponse]

MAX_AGE = 300  # seconds that a browser or a proxy may keep a page
REGION_COOKIE = "help_region"
PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages", REGION_COOKIE)
STAMP = "content-stamp"


@dataclass(frozen=True)
class Page:
    """A rendered page as visitors get it. It is good as long as the content's stamp is `stamp`."""

    stamp: str
    content: bytes
    headers: dict[str, str]


def content_changed() -> None:
    """Make every kept page out of date, once the transaction is committed."""
    transaction.on_commit(lambda: cache.set(STAMP, uuid4().hex, timeout=None), robust=True)


def public_for_visitors(view: View) -> View:
    """Mark a page as public: anybody may find it, and a visitor's answer is the same for every visitor."""

    @require_safe
    @wraps(view)
    def public(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if any(name in request.COOKIES for name in PERSONAL_COOKIES):
            return _private(view(request, *args, **kwargs))
        key, stamp, page = _kept(request)
        if page is None:
            response = view(request, *args, **kwargs)
            if response.status_code != 200 or response.cookies:  # noqa: PLR2004
                return response
            page = _page(response, stamp)
            if key and not get_nonce(request):  # a nonce in the page would be the first reader's
                _keep(key, page)
        answer = HttpResponse(page.content, headers=page.headers)
        return get_conditional_response(request, etag=page.headers["ETag"], response=answer)  # type: ignore[return-value]

    public.is_public = True  # type: ignore[attr-defined]
    return public


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

    An address with a query is made each time, since there is no end of them. A page never depends on
    the cache: when that is away, the page is made as if it had not been kept.
    """
    if not settings.PAGE_CACHE_SECONDS or request.META.get("QUERY_STRING") or "HX-Request" in request.headers:
        return "", "", None
    release = static("css/mindmove.css")  # carries a fingerprint: a new release never serves the old one's pages
    key = f"page:{hashlib.sha256(f'{release} {request.path}'.encode()).hexdigest()}"
    try:
        found = cache.get_many([STAMP, key])
    except Exception:  # noqa: BLE001
        return "", "", None
    stamp, page = found.get(STAMP, ""), found.get(key)
    return key, stamp, page if page and page.stamp == stamp else None


def _keep(key: str, page: Page) -> None:
    try:
        cache.set(key, page, settings.PAGE_CACHE_SECONDS)
    except Exception:  # noqa: BLE001, S110 - see `_kept`
        pass
