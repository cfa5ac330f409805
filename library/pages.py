"""What a page shows, put together from rows that were fetched for its reader. No query here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from library.models import Citation, Claim, ExerciseType, Mechanism, NeedType

COMPANY_TYPE = "group-outdoor"


@dataclass(frozen=True)
class Source:
    """A source with the number it has on this page."""

    number: int
    citation: Citation


@dataclass(frozen=True)
class CitedClaim:
    claim: Claim
    sources: list[Source]


@dataclass(frozen=True)
class MechanismPage:
    mechanism: Mechanism
    claims: list[CitedClaim]
    sources: list[Source]
    is_review_overdue: bool


def mechanism_page(mechanism: Mechanism, *, today: date) -> MechanismPage:
    """Number the sources: those that claims lean on first, in reading order, then the rest.

    `mechanism` comes from `library.queries.mechanism_seen_by`.
    """
    claims: list[Claim] = mechanism.shown_claims  # type: ignore[attr-defined]
    rest: list[Citation] = mechanism.shown_citations  # type: ignore[attr-defined]
    cited = [citation for claim in claims for citation in shown_sources(claim)]
    unique = {citation.pk: citation for citation in [*cited, *rest]}
    numbered = {pk: Source(number, citation) for number, (pk, citation) in enumerate(unique.items(), start=1)}
    return MechanismPage(
        mechanism=mechanism,
        claims=[CitedClaim(claim, [numbered[source.pk] for source in shown_sources(claim)]) for claim in claims],
        sources=list(numbered.values()),
        is_review_overdue=mechanism.is_review_overdue(today),
    )


@dataclass(frozen=True)
class TypePage:
    exercise_type: ExerciseType
    headline: str


def type_page(exercise_type: ExerciseType) -> TypePage:
    """`exercise_type` comes from `ExerciseTypeQuerySet.with_page`."""
    return TypePage(exercise_type, exercise_type.headline_over(shown_sources(exercise_type)))


def by_company(links: list[NeedType], *, wants_company: bool) -> list[NeedType]:
    """Order the recommended types: groups come first for whoever wants company, last for whoever does not."""
    return sorted(links, key=lambda link: (link.exercise_type.slug == COMPANY_TYPE) != wants_company)


def shown_sources(row: object) -> list[Citation]:
    sources: list[Citation] = getattr(row, "shown_citations", [])
    return sources


@dataclass(frozen=True)
class SourceGroup:
    """Sources of one kind of study, those that the library leads with first."""

    kind: str
    label: str
    citations: list[Citation]


STUDIES_IN_ORDER = ["meta-analysis", "RCT", "non-randomised", "cohort", "cross-sectional", "mechanistic", "review"]


def by_kind(citations: list[Citation]) -> list[SourceGroup]:
    """Group sources by kind of study: what sums up trials first, then trials, what was observed, and the rest."""
    kinds = [*STUDIES_IN_ORDER, *(kind for kind in Citation.Kind.values if kind not in STUDIES_IN_ORDER)]
    ranked = sorted(citations, key=lambda row: row.tier != Citation.Tier.CORE)
    groups = [(kind, [row for row in ranked if row.kind == kind]) for kind in kinds]
    return [SourceGroup(kind, rows[0].get_kind_display(), rows) for kind, rows in groups if rows]
