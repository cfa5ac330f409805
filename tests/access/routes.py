"""Every route of the site, read from the URL resolver, and every method that the API document names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.admindocs.views import extract_views_from_urlpatterns, simplify_regex
from django.urls import get_resolver
from django.utils import translation
from drf_spectacular.generators import SchemaGenerator

# Files for developers' eyes, and allauth's own redirects, are checked where they are made.
LEFT_OUT = re.compile(r"^/(dev|static|media)/|\(\[")
LANGUAGE = re.compile(r"^/en/")
API = re.compile(r"^/api/v1/")


@dataclass(frozen=True, order=True)
class Route:
    """An address pattern such as `/groups/<slug>/` and the methods worth trying."""

    pattern: str
    methods: tuple[str, ...]


def patterns() -> list[str]:
    """Return every address pattern of the resolver, English form, once."""
    with translation.override("en"):
        found = extract_views_from_urlpatterns(get_resolver().url_patterns)
    simple = {_clean(simplify_regex(regex)) for _view, regex, _namespace, _name in found}
    return sorted(p for p in simple if not LEFT_OUT.search(p))


def document_methods() -> dict[str, tuple[str, ...]]:
    """Return address pattern → methods, as the OpenAPI document states them."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return {
        re.sub(r"\{(\w+)\}", r"<\1>", path): tuple(sorted(m.upper() for m in operations if m != "parameters"))
        for path, operations in schema["paths"].items()
    }


def routes() -> Iterator[Route]:
    documented = document_methods()
    for pattern in patterns():
        if API.match(pattern) and pattern not in documented and "schema" not in pattern:
            continue
        yield Route(pattern, documented.get(pattern, ("GET", "POST")))


def _clean(pattern: str) -> str:
    pattern = re.sub(r"<\w+:(\w+)>", r"<\1>", pattern)
    return LANGUAGE.sub("/", pattern)
