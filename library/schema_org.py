"""A page as schema.org describes one, for search engines. Only what the page itself shows; no query here."""

from typing import Any

from django.conf import settings
from django.utils.translation import get_language

from library.citing import people_of
from library.models import Citation, Mechanism
from library.pages import Source


def mechanism_data(mechanism: Mechanism, sources: list[Source]) -> dict[str, Any]:
    """Return a `MedicalWebPage` with its review date and its sources as `ScholarlyArticle`."""
    address = f"{settings.SITE_ORIGIN}{mechanism.get_absolute_url()}"
    publisher = {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_ORIGIN}
    page: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "@id": address,
        "url": address,
        "name": mechanism.name,
        "description": mechanism.one_line,
        "inLanguage": {"zh-hans": "zh-Hans"}.get(get_language() or "en", "en"),
        "isAccessibleForFree": True,
        "publisher": publisher,
        "citation": [article_data(source.citation) for source in sources],
    }
    return page | ({"lastReviewed": mechanism.reviewed_on.isoformat()} if mechanism.reviewed_on else {})


def article_data(citation: Citation) -> dict[str, Any]:
    """Return a source; its DOI once it has been seen to lead somewhere."""
    people, _has_more = people_of(citation.authors)
    article = {
        "@type": "ScholarlyArticle",
        "name": citation.title,
        "author": [{"@type": "Person" if person.given else "Organization", "name": str(person)} for person in people],
        "datePublished": str(citation.year),
        "isPartOf": {"@type": "Periodical", "name": citation.journal},
    }
    return article | ({"sameAs": citation.doi_url} if citation.doi_url else {})
