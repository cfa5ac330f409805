"""Citations to take away: of one source, of all sources of a page, of a page itself."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from core.visibility import get_visible
from library.caching import public_for_visitors
from library.citing import Reference, bibtex, page_reference, ris, source_reference
from library.models import Citation, Mechanism
from library.queries import sources_seen_by

FORMATS = {
    "bib": (bibtex, "application/x-bibtex"),
    "ris": (ris, "application/x-research-info-systems"),
}


@public_for_visitors
def source(request: HttpRequest, key: str, form: str) -> HttpResponse:
    found = get_visible(Citation.objects.all(), request.user, key=key)
    return _file(key, form, [source_reference(found)])


@public_for_visitors
def sources_of_page(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = get_visible(Mechanism.objects.all(), request.user, slug=slug)
    rows = sources_seen_by(request.user, mechanism=found.slug)
    return _file(f"{slug}-sources", form, [source_reference(row) for row in rows])


@public_for_visitors
def page(request: HttpRequest, slug: str, form: str) -> HttpResponse:
    found = get_visible(Mechanism.objects.all(), request.user, slug=slug)
    return _file(slug, form, [page_reference(found)])


def _file(name: str, form: str, references: Iterable[Reference]) -> HttpResponse:
    write, content_type = FORMATS[form]
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "X-Robots-Tag": "noindex"}
    return HttpResponse(write(references), content_type=f"{content_type}; charset=utf-8", headers=headers)
