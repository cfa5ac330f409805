"""What a page shows, put together from rows that were fetched for its reader. No query here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from library import dose
from library.models import Citation, Claim, ComparisonNote, Domain, Emphasis, ExerciseType, Mechanism
from library.models.evidence import EvidenceGrade, text_over


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
    """Tie each claim to its sources. `mechanism` comes from `library.queries.mechanism_seen_by`."""
    claims: list[Claim] = mechanism.shown_claims  # type: ignore[attr-defined]
    numbered = sources_of_mechanism(mechanism)
    return MechanismPage(
        mechanism=mechanism,
        claims=[CitedClaim(claim, [numbered[source.pk] for source in shown_sources(claim)]) for claim in claims],
        sources=list(numbered.values()),
        is_review_overdue=mechanism.is_review_overdue(today),
    )


def sources_of_mechanism(mechanism: Mechanism) -> dict[int, Source]:
    """Number the sources of `mechanism_seen_by`: those that claims lean on first, in reading order, then the rest."""
    claims: list[Claim] = mechanism.shown_claims  # type: ignore[attr-defined]
    cited = [citation for claim in claims for citation in shown_sources(claim)]
    return number_sources([*cited, *shown_sources(mechanism)])


def number_sources(citations: Iterable[Citation]) -> dict[int, Source]:
    """Number each source once, in reading order, by its key in the database."""
    unique = {citation.pk: citation for citation in citations}
    return {pk: Source(number, citation) for number, (pk, citation) in enumerate(unique.items(), start=1)}


@dataclass(frozen=True)
class MatrixRow:
    """One mechanism against every type: an emphasis, or None where none is described."""

    mechanism: Mechanism
    cells: list[Emphasis | None]


@dataclass(frozen=True)
class MatrixBand:
    domain: Domain
    rows: list[MatrixRow]


def matrix(types: Iterable[ExerciseType], domains: Iterable[Domain]) -> list[MatrixBand]:
    """Lay out types (of `ExerciseTypeQuerySet.with_page`) against domains (of `with_mechanisms`)."""
    by_type = [{emphasis.mechanism_id: emphasis for emphasis in shown_emphases(kind)} for kind in types]
    return [
        MatrixBand(
            domain, [MatrixRow(row, [known.get(row.pk) for known in by_type]) for row in shown_mechanisms(domain)]
        )
        for domain in domains
    ]


@dataclass(frozen=True)
class CitedRoute:
    emphasis: Emphasis
    sources: list[Source]


@dataclass(frozen=True)
class CitedText:
    """A sentence about health with its sources, and how sure science is where that is graded."""

    text: str
    sources: list[Source]
    grade: EvidenceGrade | None = None


@dataclass(frozen=True)
class TypePage:
    exercise_type: ExerciseType
    headline: CitedText
    routes: list[CitedRoute]
    comparisons: list[CitedText]
    met_sources: list[Source]
    sources: list[Source]


def type_page(kind: ExerciseType, comparisons: Iterable[ComparisonNote]) -> TypePage:
    """Number the sources in reading order. `kind` comes from `with_page`, the notes from `with_sources`."""
    emphases = shown_emphases(kind)
    notes = comparisons_shown(comparisons)
    headline = kind.headline_over(shown_sources(kind))
    mets: list[Citation] = kind.shown_met_citations if kind.met_is_verified else []  # type: ignore[attr-defined]
    leaning = [*([kind] if headline else []), *emphases, *notes]
    numbered = number_sources([*(source for row in leaning for source in shown_sources(row)), *mets])

    def of(row: object) -> list[Source]:
        return [numbered[source.pk] for source in shown_sources(row)]

    return TypePage(
        exercise_type=kind,
        headline=CitedText(headline, of(kind) if headline else []),
        routes=[CitedRoute(emphasis, of(emphasis)) for emphasis in emphases],
        comparisons=[CitedText(note.text, of(note)) for note in notes],
        met_sources=[numbered[source.pk] for source in mets],
        sources=list(numbered.values()),
    )


def comparisons_shown(notes: Iterable[ComparisonNote]) -> list[ComparisonNote]:
    """Return the notes (of `with_sources`) that carry no figure which one of their sources has unchecked."""
    return [note for note in notes if text_over(note.text, shown_sources(note))]


@dataclass(frozen=True)
class DosePage:
    """What is known about the dose, by key, and notes on effort; what lacks a source, or its check, is not in it."""

    statements: dict[str, CitedText]
    notes: list[CitedText]
    sources: list[Source]


def dose_page(citations: Iterable[Citation]) -> DosePage:
    """Tie each statement to its sources, numbered in reading order."""
    known = {citation.key: citation for citation in citations}

    def shown(rows: Iterable[dose.Statement]) -> list[dose.Statement]:
        sourced = [row for row in rows if known.keys() >= set(row.cited)]
        return [row for row in sourced if text_over(row.text, [known[key] for key in row.cited])]

    evidence, notes = shown(dose.statements()), shown(dose.effort_notes())
    numbered = number_sources(known[key] for row in [*evidence, *notes] for key in row.cited)

    def cited(row: dose.Statement) -> CitedText:
        sources = [numbered[known[key].pk] for key in row.cited]
        return CitedText(row.text, sources, EvidenceGrade(row.grade) if row.grade else None)

    return DosePage(
        statements={row.key: cited(row) for row in evidence},
        notes=[cited(row) for row in notes],
        sources=list(numbered.values()),
    )


def shown_sources(row: object) -> list[Citation]:
    sources: list[Citation] = getattr(row, "shown_citations", [])
    return sources


def shown_emphases(kind: ExerciseType) -> list[Emphasis]:
    rows: list[Emphasis] = getattr(kind, "shown_emphases", [])
    return rows


def shown_mechanisms(domain: Domain) -> list[Mechanism]:
    rows: list[Mechanism] = getattr(domain, "shown_mechanisms", [])
    return rows


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
