"""The gate to publication: what a page must have before anybody reads it. It writes nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from django.conf import settings
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from core.errors import InvalidInput
from library.models import Caveat, Citation, Claim, EvidenceGrade, Mechanism, Relation

# The texts that a page cannot do without, in every language.
NEEDED: dict[type[Model], tuple[str, ...]] = {
    Mechanism: ("name", "one_line", "grade_reason", "try_it"),
    Claim: ("text",),
    Caveat: ("text",),
    Relation: ("why",),
}

PARTS: dict[str, type[Model]] = {"claims": Claim, "caveats": Caveat, "relations": Relation}


class NotReady(InvalidInput):
    """The gate stays shut; `refusals` are all the reasons, the first of which is the error's own."""

    def __init__(self, refusals: list[InvalidInput]) -> None:
        super().__init__(refusals[0].code, refusals[0].message, field=refusals[0].field)
        self.refusals = refusals


def columns_of(model: type[Model]) -> list[str]:
    """Return the columns that hold the needed texts of a model."""
    codes = [code for code, _language in settings.LANGUAGES]
    return [build_localized_fieldname(name, code) for name in NEEDED.get(model, ()) for code in codes]


def unwritten(row: Model) -> Iterator[InvalidInput]:
    """Yield a refusal for every needed text that is not written yet."""
    for column in columns_of(type(row)):
        if not getattr(row, column):
            yield InvalidInput("no_text", _("Write this text before publishing."), field=column)


def refusals_of_page(page: Mechanism, sources: Collection[Citation]) -> Iterator[InvalidInput]:
    """Yield what the page itself lacks, each refusal on its field."""
    yield from unwritten(page)
    if page.grade not in EvidenceGrade.values:
        yield InvalidInput("no_grade", _("Give a grade before publishing."), field="grade")
    for name in ("reviewed_on", "review_due_on"):
        if getattr(page, name) is None:
            yield InvalidInput("no_review_date", _("Enter the review date before publishing."), field=name)
    yield from refusals_of_sources(sources)


def refusals_of_sources(sources: Collection[Citation]) -> Iterator[InvalidInput]:
    if not sources:
        yield InvalidInput("no_source", _("Add a source before publishing."), field="citations")
    for source in sources:
        if source.waits_for_editor:
            text = _("An editor has not looked at “%(source)s” yet. Open it, check it and save it.")
            yield InvalidInput("source_waits", text % {"source": source.key}, field="citations")


def unclaimed() -> InvalidInput:
    return InvalidInput("no_claim", _("Write at least one claim before publishing."), field="claims")


def refusals(page: Mechanism) -> list[InvalidInput]:
    """Return everything that keeps the page, as it is in the database, from being public."""
    claims = list(page.claims.prefetch_related("citations"))
    found = list(refusals_of_page(page, page.citations.all()))
    found += [] if claims else [unclaimed()]
    below: list[tuple[str, Iterable[Model]]] = [
        ("claims", claims),
        ("caveats", page.caveats.all()),
        ("relations", page.relations.all()),
    ]
    for name, rows in below:
        for number, row in enumerate(rows, start=1):
            lacks = list(unwritten(row))
            if isinstance(row, Claim):
                lacks += refusals_of_sources(row.citations.all())
            found += [InvalidInput(lack.code, lack.message, field=f"{name}.{number}.{lack.field}") for lack in lacks]
    return found


def in_words(refusal: InvalidInput) -> str:
    """Say a refusal where no field can carry it: `Claim 2, Text (Simplified Chinese): …`."""
    *where, name = (refusal.field or "").split(".")
    model = PARTS[where[0]] if where else Mechanism
    if name in PARTS:
        return str(refusal.message)
    column = model._meta.get_field(name)  # noqa: SLF001 - the documented name
    label = capfirst(getattr(column, "translated_field", column).verbose_name)  # type: ignore[union-attr]
    language = next((f" ({name})" for code, name in settings.LANGUAGES if code == getattr(column, "language", "")), "")
    part = f"{capfirst(model._meta.verbose_name)} {where[1]}, " if where else ""  # noqa: SLF001
    return f"{part}{label}{language}: {refusal.message}"


def pass_gate(page: Mechanism) -> None:
    """Raise NotReady unless the page, as it is in the database, may be public."""
    if found := refusals(page):
        raise NotReady(found)
