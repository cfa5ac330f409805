"""Every route of the site, read from the URL resolver, and every method that the API document names."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.contrib.admindocs.views import extract_views_from_urlpatterns, simplify_regex
from django.urls import get_resolver
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

# Files for developers' eyes, and allauth's own redirects, are checked where they are made.
LEFT_OUT = re.compile(r"^/(dev|static|media)/|\(\[")
LANGUAGE = re.compile(r"^/en/")
API = re.compile(r"^/api/v1/")
READING = re.compile(r"^/admin/\w+/\w+/(<object_id>/(history/)?)?$")  # the admin answers a POST alike


@dataclass(frozen=True, order=True)
class Route:
    """An address pattern such as `/groups/<slug>/`, the methods worth trying, and the view that answers."""

    pattern: str
    methods: tuple[str, ...]
    view: Callable[..., Any] = field(compare=False)

    @property
    def is_admin(self) -> bool:
        return self.pattern.startswith("/admin/")


@cache
def views() -> dict[str, Callable[..., Any]]:
    """Return every address pattern of the resolver, English form, with the views behind it (the first answers)."""
    with translation.override("en"):
        found = extract_views_from_urlpatterns(get_resolver().url_patterns)
    by_pattern: dict[str, Callable[..., Any]] = {}
    for view, regex, _namespace, _name in found:
        pattern = _clean(simplify_regex(regex))
        if not LEFT_OUT.search(pattern):
            by_pattern.setdefault(pattern, view)
    return dict(sorted(by_pattern.items()))


@cache
def document() -> dict[str, dict[str, Any]]:
    """Return address pattern → what the OpenAPI document says of it."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return {re.sub(r"\{(\w+)\}", r"<\1>", path): operations for path, operations in schema["paths"].items()}


@cache
def document_methods() -> dict[str, tuple[str, ...]]:
    """Return address pattern → methods, as the OpenAPI document states them."""
    return {
        path: tuple(sorted(m.upper() for m in operations if m != "parameters"))
        for path, operations in document().items()
    }


def routes() -> Iterator[Route]:
    documented = document_methods()
    for pattern, view in views().items():
        if API.match(pattern) and pattern not in documented and "schema" not in pattern:
            continue
        usual = ("GET",) if READING.match(pattern) else ("GET", "POST")
        yield Route(pattern, documented.get(pattern, usual), view)


def _clean(pattern: str) -> str:
    pattern = re.sub(r"<\w+:(\w+)>", r"<\1>", pattern)
    return LANGUAGE.sub("/", pattern)
