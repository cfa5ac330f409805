"""What a page or an answer of the library is made of, in a fixed number of queries, as one viewer sees it."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from core.visibility import Viewer, get_visible
from library.models import Citation, Claim, Mechanism
from library.models.evidence import CitationQuerySet


def mechanism_seen_by(viewer: Viewer, slug: str) -> Mechanism:
    """Return the mechanism with all that its page shows, or raise 404; five queries, however long the page.

    It and each of its claims come with `shown_citations`; those of the mechanism include those of the claims.
    """
    found: Any = get_visible(Mechanism.objects.all().with_page(viewer), viewer, slug=slug)
    found.shown_citations = list(sources_of(viewer, found))
    for claim in found.shown_claims:
        cited = {int(pk) for pk in (claim.cited or "").split(",") if pk}
        claim.shown_citations = [source for source in found.shown_citations if source.pk in cited]
    return found  # type: ignore[no-any-return]


def sources_of(viewer: Viewer, mechanism: Mechanism) -> CitationQuerySet:
    """Return the sources of a mechanism and of its claims."""
    own = Mechanism.citations.through.objects.filter(mechanism=mechanism)
    of_claims = Claim.citations.through.objects.filter(claim__mechanism=mechanism)
    return Citation.objects.visible_to(viewer).filter(
        Q(pk__in=own.values("citation")) | Q(pk__in=of_claims.values("citation"))
    )
