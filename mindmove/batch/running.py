"""Running one request of a batch as if it had come alone: through every middleware, to the same view.

So whoever is asking is found again, the language and the zone are theirs, what is counted or limited counts each one, a
key is heeded and a transaction begun (`accounts.once`), and a crash is logged and answered with 500, of this
one alone.
"""

import json
from functools import cache
from io import BytesIO
from typing import Any, cast
from urllib.parse import unquote_to_bytes

from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse

from accounts.once import HEADER

IN_BATCH = "mindmove.in_batch"  # in the environment of a part; no client can name it
# What belongs to the one request that all came in, and not to what came in it.
OF_THE_WHOLE = (
    "CONTENT_", "HTTP_CONTENT_", "HTTP_IF_", "HTTP_TRANSFER_ENCODING", "HTTP_RANGE",
    "HTTP_EXPECT", "REQUEST_URI", "RAW_URI",
)  # fmt: skip


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def run(outer: HttpRequest, part: dict[str, Any], *, is_trusted: bool) -> HttpResponse:
    """Return what the site answers to this part of `outer`.

    `is_trusted`: the token against forged requests was asked for when `outer` was let in by its cookie.
    """
    request = WSGIRequest(_environ(outer, part))
    request._dont_enforce_csrf_checks = is_trusted  # type: ignore[attr-defined]  # noqa: SLF001 - Django's name for it
    return cast("HttpResponse", _handler().get_response(request))


def _environ(outer: HttpRequest, part: dict[str, Any]) -> dict[str, Any]:
    path, _mark, query = part["path"].partition("?")
    body = json.dumps(part["body"], ensure_ascii=False, sort_keys=True).encode() if "body" in part else b""
    kept = {name: value for name, value in outer.META.items() if not name.startswith(OF_THE_WHOLE)}
    own = {
        "REQUEST_METHOD": part["method"],
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": query,
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_ACCEPT": "application/json",
        "HTTP_" + HEADER.upper().replace("-", "_"): str(part["id"]),
        "wsgi.input": BytesIO(body),
        IN_BATCH: True,
    }
    return {**kept, **own, **({"HTTP_IF_MATCH": part["if_match"]} if part.get("if_match") else {})}
