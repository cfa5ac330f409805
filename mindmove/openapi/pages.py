"""The API's reference, as pages. They are made from the document alone."""

from functools import cache

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from library.caching import public_for_visitors
from mindmove.openapi import kept_document
from mindmove.openapi.reference import Room, rooms


@cache
def _rooms(language: str | None) -> dict[str, Room]:
    return {room.tag: room for room in rooms(kept_document(), language or "en")}


@public_for_visitors
def reference(request: HttpRequest) -> HttpResponse:
    """List every operation, room by room."""
    document, language = kept_document(), get_language()
    codes = [{**row, "said": row[language or "en"]} for row in document["x-problem-codes"]]
    context = {"rooms": _rooms(language).values(), "document": document, "codes": codes}
    return render(request, "developers/reference.html", context)


@public_for_visitors
def room(request: HttpRequest, tag: str) -> HttpResponse:
    """Show the operations of one room, with what goes in and comes out."""
    found = _rooms(get_language())
    if tag not in found:
        raise Http404
    return render(request, "developers/room.html", {"room": found[tag], "rooms": found.values()})


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Lead from beside the API to the page in the reader's language."""
    answer = redirect("developers:reference")
    patch_vary_headers(answer, ["Accept-Language"])
    return answer
