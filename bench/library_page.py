"""How fast a kept page of the library answers a visitor, beside a bare view that returns the same bytes.

    python bench/library_page.py [--rounds 12] [--requests 400]

Both go through the site's own WSGI application in this process, with the same middleware and at neighbouring
addresses, request by request in turns, so that a busy machine slows both alike. The control does nothing but return
the bytes that the page returned, with its headers. The shared cache is the one of the settings: files, or Redis when
REDIS_URL is set. Prints the ratio of requests per second (page / bare): the promise is 0.8.
"""

import argparse
import os
import statistics
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.dev")
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="mindmove-bench-"))

import django

django.setup()

from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test.utils import override_settings
from django.urls import path

import library.urls

PAGE = "/library/mechanisms/hippocampus/"
BARE = f"{PAGE}bare/"
kept: dict[str, Any] = {}


def bare(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(kept["body"], headers=kept["headers"])


library.urls.urlpatterns.append(path("mechanisms/<slug:slug>/bare/", bare))


def get(application: Any, address: str) -> tuple[str, dict[str, str], bytes]:
    """Ask as a visitor's browser would, and read the whole answer."""
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_HOST": "127.0.0.1", "wsgi.input": BytesIO(),
        "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", "HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9",
        "HTTP_USER_AGENT": "Mozilla/5.0", "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
    }  # fmt: skip
    seen: dict[str, Any] = {}

    def start(status: str, headers: list[tuple[str, str]], _error: object = None) -> None:
        seen.update(status=status, headers=dict(headers))

    answer = application(environ, start)
    body = b"".join(answer)
    answer.close()
    return seen["status"], seen["headers"], body


def milliseconds(application: Any, requests: int, *addresses: str) -> list[float]:
    """Return the median of each address; they take turns, request by request."""
    times: list[list[float]] = [[] for _ in addresses]
    for _ in range(requests):
        for address, spent in zip(addresses, times, strict=True):
            start = perf_counter()
            get(application, address)
            spent.append((perf_counter() - start) * 1000)
    return [statistics.median(spent) for spent in times]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--requests", type=int, default=400)
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("load_content", verbosity=0)
    with override_settings(PAGE_CACHE_SECONDS=3600, DEBUG=False):
        application = get_wsgi_application()
        caches["pages"].clear()
        made: list[str] = []
        with connection.execute_wrapper(lambda execute, sql, *rest: made.append(sql) or execute(sql, *rest)):
            status, headers, body = get(application, PAGE)
            queries = len(made)
            assert get(application, PAGE) == (status, headers, body), "the kept page differs from the one made"
        assert (status, len(made)) == ("200 OK", queries)
        own = ("Content-Type", "Cache-Control", "ETag", "Vary")
        kept.update(body=body, headers={name: headers[name] for name in own})
        assert get(application, BARE)[2] == body
        print(f"cache {settings.CACHES['default']['BACKEND'].rsplit('.', 1)[1]}, page of {len(body)} bytes")
        with override_settings(PAGE_CACHE_SECONDS=0):
            print(f"made anew: {milliseconds(application, 30, PAGE)[0]:.2f} ms, {queries} queries")
        milliseconds(application, 50, PAGE, BARE)  # warm
        rounds = [milliseconds(application, options.requests, PAGE, BARE) for _ in range(options.rounds)]
        pages, bares = zip(*rounds, strict=True)
        ratios = [bare / page for page, bare in rounds]
        median = statistics.median
        print(f"kept page: median {median(pages):.3f} ms; bare view: median {median(bares):.3f} ms")
        print(f"ratio of requests per second, page / bare: min {min(ratios):.2f}, median {median(ratios):.2f}")


if __name__ == "__main__":
    main()
