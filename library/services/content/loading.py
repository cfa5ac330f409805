"""The whole library in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import translation

from library.caching import content_changed
from library.models import Citation, RedFlag
from library.services.content import evidence, exercise, safety
from library.services.content.files import CONTENT, Entry, read, read_mechanisms
from library.services.content.writing import Known, Writer


@dataclass(frozen=True)
class Loaded:
    """How many rows were written, per model."""

    written: dict[str, int]


def load_library(*, overwrite: bool = False, folder: Path = CONTENT) -> Loaded:
    """Bring the content files into the database, all or nothing.

    A row that exists is left as it is, with everything below it, so that an editor's change stays;
    with `overwrite` the files win. Raises ContentError naming the file and the field at fault.
    """
    write = Writer(overwrite=overwrite)
    # The untranslated column holds the default language, whoever loads.
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        known = Known(citations=_citations(folder, write))
        _mechanisms(folder, write, known)
        _exercise(folder, write, known)
        texts = read("safety.yaml", folder)
        safety.put_safety_texts(texts, write, known)
        safety.put_help(texts, write, checked_on=read("domains.yaml", folder).day("reviewed_on"))
        content_changed()
    return Loaded(written=write.written)


def _citations(folder: Path, write: Writer) -> dict[str, Citation]:
    rows = [evidence.put_citation(entry, write) for entry in read("citations.yaml", folder).entries("citations")]
    return {row.key: row for row in rows}


def _mechanisms(folder: Path, write: Writer, known: Known) -> None:
    file = read("domains.yaml", folder)
    entries = read_mechanisms(folder)
    domains = {row.slug: row for row in (evidence.put_domain(entry, write) for entry in file.entries("domains"))}
    dates = {"reviewed_on": file.day("reviewed_on"), "review_due_on": file.day("review_due_on")}
    written = [entry for entry in entries if evidence.put_mechanism(entry, write, known, domains, **dates)]
    for entry in written:
        evidence.put_relations(entry, known)
    for order, entry in enumerate(file.entries("phases"), start=1):
        evidence.put_phase(entry, order, write, known)


def _exercise(folder: Path, write: Writer, known: Known) -> None:
    file = read("exercise_types.yaml", folder)
    written: list[Entry] = [entry for entry in file.entries("exercise_types") if exercise.put_type(entry, write, known)]
    for order, entry in enumerate(file.entries("comparison_notes"), start=1):
        exercise.put_comparison(entry, order, write, known)
    needs = read("needs.yaml", folder)
    for order, entry in enumerate(needs.entries("needs"), start=1):
        exercise.put_need(entry, order, write, known)
    if write.overwrite or not RedFlag.objects.filter(need=None).exists():
        exercise.put_red_flags(needs, "general_red_flags", None)
    for entry in written:
        exercise.put_suits(entry, known)
