"""What a page or an answer of the library is made of, in a fixed number of queries, as one viewer sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from core.visibility import Viewer, get_visible
from library.models import Citation, Claim, HelpLine, HelpRegion, Mark, Mechanism
from library.models.evidence import CitationQuerySet
from library.models.marks import MARKABLE, Markable, MarkQuerySet, kind_of
from library.models.mechanisms import MechanismQuerySet


def mechanism_seen_by(viewer: Viewer, slug: str) -> Mechanism:
    """Return the mechanism with all that its page shows, or raise 404; five queries, however long the page.

    It and each of its claims come with `shown_citations`; those of the mechanism include those of the claims.
    """
    found: Any = get_visible(Mechanism.objects.all().with_page(viewer), viewer, slug=slug)
    found.shown_citations = list(sources_of(viewer, Mechanism.objects.filter(pk=found.pk)))
    for claim in found.shown_claims:
        cited = {int(pk) for pk in (claim.cited or "").split(",") if pk}
        claim.shown_citations = [source for source in found.shown_citations if source.pk in cited]
    return found  # type: ignore[no-any-return]


def sources_of(viewer: Viewer, mechanisms: MechanismQuerySet) -> CitationQuerySet:
    """Return the sources of mechanisms and of their claims."""
    own = Mechanism.citations.through.objects.filter(mechanism__in=mechanisms)
    of_claims = Claim.citations.through.objects.filter(claim__mechanism__in=mechanisms)
    return Citation.objects.visible_to(viewer).filter(
        Q(pk__in=own.values("citation")) | Q(pk__in=of_claims.values("citation"))
    )


def page_seen_by(viewer: Viewer, kind: str, slug: str) -> Markable:
    """Return the page of a kind (`mechanism`, `need`, `exercise_type`) that can be bookmarked, or raise 404."""
    model: Any = MARKABLE.get(kind)
    if model is None:
        raise Http404
    page: Markable = get_visible(model.objects.all(), viewer, slug=slug)
    return page


@dataclass(frozen=True)
class PageMarks:
    """What one person has marked on one page."""

    kind: str
    slug: str
    is_bookmark: bool
    is_read: bool


def marks_on(viewer: Viewer, *pages: Markable) -> dict[str, PageMarks]:
    """Return slug → marks of pages of one kind, in one query; nothing for a visitor."""
    if not viewer.is_authenticated or not pages:
        return {}
    kind = kind_of(pages[0])
    rows = Mark.objects.visible_to(viewer).filter(**{f"{kind}__in": pages})
    found = set(rows.values_list(f"{kind}__slug", "sense"))
    return {
        page.slug: PageMarks(
            kind, page.slug, (page.slug, Mark.Sense.BOOKMARK) in found, (page.slug, Mark.Sense.READ) in found
        )
        for page in pages
    }


def bookmarks_of(person: Viewer) -> MarkQuerySet:
    """Return a person's bookmarks with their pages and `is_read`, the latest first."""
    read = Mark.objects.visible_to(person).filter(sense=Mark.Sense.READ)
    same = Q(mechanism=OuterRef("mechanism")) | Q(need=OuterRef("need")) | Q(exercise_type=OuterRef("exercise_type"))
    return Mark.objects.visible_to(person).bookmarks().with_pages().annotate(is_read=Exists(read.filter(same)))


def help_seen_by(viewer: Viewer) -> tuple[list[HelpRegion], list[HelpLine]]:
    """Return the regions with `shown_lines`, and what serves every country."""
    regions = HelpRegion.objects.visible_to(viewer).with_lines(viewer)
    return list(regions), list(HelpLine.objects.visible_to(viewer).international())


def sources_seen_by(viewer: Viewer, *, kind: str = "", tier: str = "", mechanism: str = "") -> CitationQuerySet:
    """Return the sources of a kind, a tier and the mechanism with a slug; what is empty is not asked for."""
    rows = Citation.objects.visible_to(viewer)
    if mechanism:
        rows = sources_of(viewer, Mechanism.objects.visible_to(viewer).filter(slug=mechanism))
    asked = {name: value for name, value in (("kind", kind), ("tier", tier)) if value}
    return rows.filter(**asked)
