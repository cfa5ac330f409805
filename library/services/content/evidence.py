"""Sources, domains, mechanisms and phases."""

from __future__ import annotations

from datetime import date

from library.models import (
    Caveat,
    Citation,
    Claim,
    Domain,
    EvidenceGrade,
    Horizon,
    Mechanism,
    Phase,
    Publication,
    Relation,
)
from library.services.content.files import Entry
from library.services.content.writing import Known, Writer, look_up
from library.services.publishing import publish_mechanism

GRADES = EvidenceGrade.values
HORIZONS = Horizon.values


def put_citation(entry: Entry, write: Writer) -> Citation:
    """Write one source. Its figures count as checked when they were seen on a page."""
    was_seen = entry.need("verified") == "page"
    row, _ = write.put(
        Citation,
        {"key": entry.need("key")},
        {
            "tier": entry.choice("tier", Citation.Tier.values),
            "authors": entry.need("authors"),
            "year": entry.need("year"),
            "title": entry.need("title"),
            "journal": entry.need("journal"),
            "reference": entry.get("ref", ""),
            "doi": entry.get("doi", ""),
            "doi_is_verified": bool(entry.get("doi_seen", False)),
            "doi_note": entry.get("doi_note", ""),
            "kind": entry.choice("kind", Citation.Kind.values),
            "people_count": entry.get("n"),
            "people_note": entry.get("n_note", ""),
            "is_verified": was_seen,
            "numbers_verified": was_seen and bool(entry.get("numbers_verified", True)),
            "seen_at": entry.get("seen_at", ""),
            **entry.texts("finding"),
        },
    )
    return row


def put_domain(entry: Entry, write: Writer) -> Domain:
    horizon = entry.entry("time_horizon")
    row, _ = write.put(
        Domain,
        {"slug": entry.need("slug")},
        {
            "order": entry.need("order"),
            "starts": horizon.choice("start", HORIZONS),
            "settles": horizon.choice("settles", HORIZONS),
            "grade": entry.choice("overall_grade", GRADES),
            **entry.texts("name"),
            **entry.texts("summary"),
        },
    )
    return row


def put_mechanism(
    entry: Entry, write: Writer, known: Known, domains: dict[str, Domain], *, reviewed_on: date, review_due_on: date
) -> bool:
    """Write one mechanism with its claims and caveats, and publish it. Return whether it was written."""
    detail = entry.entry("grade_detail")
    values = {
        "domain": look_up(domains, entry.need("domain"), entry, "domain"),
        "order": entry.need("order"),
        "horizon": entry.choice("time_horizon", HORIZONS),
        "grade": entry.choice("evidence_grade", GRADES),
        "grade_of_change": detail.choice("exercise_changes_it", GRADES),
        "grade_of_benefit": detail.choice("explains_benefit", GRADES),
    }
    for name in ("name", "one_line", "grade_reason", "try_it"):
        values |= entry.texts(name)
    for name in ("does_not_apply_to", "editors_record"):
        values |= entry.optional_texts(name)
    row, is_written = write.put(Mechanism, {"slug": entry.need("slug")}, values)
    known.mechanisms[row.slug] = row
    if is_written:
        row.citations.set(known.cited(entry, "citations"))
        _put_claims(entry, row, known)
        if (row.status, row.reviewed_on, row.review_due_on) != (Publication.PUBLISHED, reviewed_on, review_due_on):
            publish_mechanism(mechanism=row, reviewed_on=reviewed_on, review_due_on=review_due_on)
    return is_written


def _put_claims(entry: Entry, row: Mechanism, known: Known) -> None:
    row.claims.all().delete()
    row.caveats.all().delete()
    for order, part in enumerate(entry.entries("how_it_works"), start=1):
        basis = part.choice("basis", Claim.Basis.values)
        claim = Claim.objects.create(mechanism=row, order=order, basis=basis, **part.own_texts("text"))
        claim.citations.set(known.cited(part))
    for order, part in enumerate(entry.entries("caveats"), start=1):
        Caveat.objects.create(mechanism=row, order=order, **part.own_texts("text"))


def put_relations(entry: Entry, known: Known) -> None:
    """Write what a mechanism strengthens, once every mechanism exists."""
    row = known.mechanisms[entry.need("slug")]
    row.relations.all().delete()
    for order, part in enumerate(entry.entries("related"), start=1):
        target = look_up(known.mechanisms, part.need("slug"), part, "slug")
        kind = part.choice("relation", Relation.Kind.values)
        Relation.objects.create(mechanism=row, target=target, kind=kind, order=order, **part.texts("why"))


def put_phase(entry: Entry, order: int, write: Writer, known: Known) -> None:
    values = {"order": order, **entry.texts("span"), **entry.texts("text")}
    row, is_written = write.put(Phase, {"slug": entry.need("phase")}, values)
    if is_written:
        row.mechanisms.set(look_up(known.mechanisms, slug, entry, "mechanisms") for slug in entry.need("mechanisms"))
