"""Sources and pages as reference managers and readers cite them. Only what has been checked; no query here.

A DOI is given once it has been seen to resolve. Findings and figures are never part of a citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from django.conf import settings
from django.utils.translation import get_language

from library.models import Citation, Mechanism
from library.models.evidence import DOI_SIGNS

MORE = re.compile(r",?\s*et al\.?$")
ASIDE = re.compile(r"\s*\([^)]*\)")  # "White K (later Pickett K)"
INITIALS = re.compile(r"[A-Z]{1,4}")
PLACE = re.compile(r"(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?:(?P<first>\w+)(?:-(?P<last>\w+))?")
BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}",
}  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A name in two parts; a body of people has no `given`."""

    family: str
    given: str = ""

    def __str__(self) -> str:
        return f"{self.family} {self.given}".strip()


@dataclass(frozen=True)
class Reference:
    """What a reference manager keeps of one thing. Empty means unknown."""

    key: str
    title: str
    year: int | None
    authors: tuple[Person, ...]
    has_more_authors: bool = False
    journal: str = ""
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    note: str = ""
    doi: str = ""
    url: str = ""
    reviewed_on: date | None = None

    @property
    def pages(self) -> str:
        return "--".join(part for part in (self.first_page, self.last_page) if part)


def people_of(authors: str) -> tuple[tuple[Person, ...], bool]:
    """Return the people named in `authors` (as PubMed writes them) and whether there were more."""
    named = MORE.sub("", authors)
    names = [ASIDE.sub("", name).strip() for part in named.split(";") for name in part.split(",")]
    return tuple(_person(name) for name in names if name), named != authors


def _person(name: str) -> Person:
    family, _, given = name.rpartition(" ")
    return Person(family, given) if family and INITIALS.fullmatch(given) else Person(name)


def source_reference(citation: Citation) -> Reference:
    """Return a source as it is cited; what does not read as volume, issue and pages becomes a note."""
    place = PLACE.fullmatch(citation.reference)
    parts = place.groupdict(default="") if place else {"volume": "", "issue": "", "first": "", "last": ""}
    authors, has_more = people_of(citation.authors)
    return Reference(
        key=citation.key,
        title=citation.title,
        year=citation.year,
        authors=authors,
        has_more_authors=has_more,
        journal=citation.journal,
        volume=parts["volume"],
        issue=parts["issue"],
        first_page=parts["first"],
        last_page=parts["last"],
        note="" if place else citation.reference,
        doi=citation.doi if citation.doi_url else "",
        url=citation.doi_url,
    )


def page_reference(mechanism: Mechanism) -> Reference:
    """Return a page of the library as it is cited, in the language of the request."""
    reviewed_on = mechanism.reviewed_on
    return Reference(
        key=f"mindmove-{mechanism.slug}",
        title=mechanism.name,
        year=reviewed_on.year if reviewed_on else None,
        authors=(Person(settings.SITE_NAME),),
        url=f"{settings.SITE_ORIGIN}{mechanism.get_absolute_url()}",
        reviewed_on=reviewed_on,
    )


def in_words(reference: Reference) -> str:
    """Return a page's citation as a reader of the language writes it: APA's order, in Chinese that of GB/T 7714."""
    name, title, url, day = settings.SITE_NAME, reference.title, reference.url, reference.reviewed_on
    if (get_language() or "").startswith("zh"):
        return f"{name}. {title}[EB/OL]. ({day}). {url}" if day else f"{name}. {title}[EB/OL]. {url}"
    return f"{name}. ({day.year}, {day:%B} {day.day}). {title}. {url}" if day else f"{name}. {title}. {url}"


def bibtex(references: Iterable[Reference]) -> str:
    return "\n".join(_bibtex_entry(reference) for reference in references)


def _bibtex_entry(reference: Reference) -> str:
    kind = "article" if reference.journal else "misc"
    lines = [f"  {name} = {{{value}}}" for name, value in _bibtex_fields(reference) if value]
    return f"@{kind}{{{reference.key},\n" + ",\n".join(lines) + "\n}\n"


def _bibtex_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    names = [
        _escaped(f"{p.family}, {'. '.join(p.given)}.") if p.given else f"{{{_escaped(p.family)}}}"
        for p in reference.authors
    ]
    yield "author", " and ".join([*names, "others"] if reference.has_more_authors else names)
    yield "title", f"{{{_escaped(reference.title)}}}"
    yield "journal", _escaped(reference.journal)
    yield "year", str(reference.year or "")
    yield "volume", reference.volume
    yield "number", _escaped(reference.issue)
    yield "pages", reference.pages
    yield "note", _escaped(reference.note or (f"Reviewed {reference.reviewed_on}" if reference.reviewed_on else ""))
    yield "doi", quote(reference.doi, safe=DOI_SIGNS)
    yield "url", reference.url


def _escaped(text: str) -> str:
    return "".join(BIBTEX_SIGNS.get(sign, sign) for sign in text)


def ris(references: Iterable[Reference]) -> str:
    """Return records with CRLF line ends, as the format asks."""
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for r in references for tag, value in _ris_fields(r))


def _ris_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    yield "TY", "JOUR" if reference.journal else "ELEC"
    for person in reference.authors:
        yield "AU", f"{person.family}, {'. '.join(person.given)}." if person.given else person.family
    optional = [
        ("TI", reference.title),
        ("PY", str(reference.year or "")),
        ("DA", reference.reviewed_on.strftime("%Y/%m/%d") if reference.reviewed_on else ""),
        ("JO", reference.journal),
        ("VL", reference.volume),
        ("IS", reference.issue),
        ("SP", reference.first_page),
        ("EP", reference.last_page),
        ("N1", reference.note),
        ("DO", reference.doi),
        ("UR", reference.url),
        ("ID", reference.key),
    ]
    yield from ((tag, value) for tag, value in optional if value)
    yield "ER", ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
