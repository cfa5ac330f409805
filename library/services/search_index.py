"""The index of search. `reindex(rows)` is the one call, wherever a text that readers may find is written.

Publishing, withdrawing and deleting need no call: whether a row may be found is asked of the row at every search.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import batched
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from library import searchable
from library.models import SearchDocument, SearchPosting, SearchWord
from library.search.text import phrase, sought_terms, terms
from library.searchable import Description, Searchable

# How much a word says of a document, by the field it stands in. In a short title it says more.
TITLE, SHORT_TITLE, LINE, BODY, OFTEN = 100, 60, 40, 10, 5  # the last: occurrences that still add a point
BATCH = 2_000
LANGUAGES = [code for code, _ in settings.LANGUAGES]


@transaction.atomic
def reindex(rows: Iterable[Any]) -> None:
    """Describe these rows anew, or the rows that they are parts of. What cannot be searched for is passed over."""
    changed = list(rows)
    for kind in searchable.all_kinds():
        owners = {owner.pk for row in changed if (owner := kind.owner_of(row)) is not None}
        if owners:
            _write(kind, kind.rows_of(owners))


@transaction.atomic
def rebuild() -> int:
    """Make the whole index again; return how many documents it has."""
    SearchPosting.objects.all().delete()
    SearchDocument.objects.all().delete()
    SearchWord.objects.all().delete()
    for kind in searchable.all_kinds():
        _write(kind, list(kind.rows()))
    return SearchDocument.objects.count()


def _write(kind: Searchable, rows: list[Any]) -> None:
    """Replace what the index has of the rows. In one order always, so that two writers do not wait for each other."""
    rows.sort(key=lambda row: row.pk)
    weights: list[dict[str, int]] = []
    documents = []
    for row in rows:
        for language in LANGUAGES:
            with translation.override(language):
                description = kind.describe(row)
                documents.append(_document(kind, row.pk, language, description))
                weights.append(weights_of(kind, documents[-1]))
    stored = SearchDocument.objects.bulk_create(
        documents,
        update_conflicts=True,
        unique_fields=["kind", "object_id", "language"],
        update_fields=["key", "title", "line", "body", "grade"],
    )
    SearchPosting.objects.filter(document__in=stored).delete()
    words = _words({word for weighed in weights for word in weighed})
    postings = [
        SearchPosting(word_id=words[word], document_id=document.pk, weight=weight)
        for document, weighed in zip(stored, weights, strict=True)
        for word, weight in weighed.items()
    ]
    SearchPosting.objects.bulk_create(postings, batch_size=BATCH)


def _document(kind: Searchable, object_id: int, language: str, text: Description) -> SearchDocument:
    return SearchDocument(
        kind=kind.kind,
        object_id=object_id,
        language=language,
        key=text.key,
        title=text.title,
        line=text.line,
        body="\n".join(" ".join(paragraph.split()) for paragraph in text.body if paragraph),
        grade=text.grade,
    )


def weights_of(kind: Searchable, document: SearchDocument) -> dict[str, int]:
    """Return the document's words with what each says of it: its best field, and a little for how often it stands."""
    title = document.title if kind.has_names else ""
    named = TITLE + SHORT_TITLE // max(1, len(sought_terms(phrase(title))))
    found: dict[str, int] = {}
    often: Counter[str] = Counter()
    for text, weight in [(title, named), (document.line, LINE), (document.body, BODY)]:
        for word in terms(text):
            found[word] = max(weight, found.get(word, 0))
            often[word] += 1
    return {word: (weight + min(often[word], OFTEN)) * kind.weight // 100 for word, weight in found.items()}


def _words(texts: set[str]) -> dict[str, int]:
    """Return the keys of the words; those that are new are added, whoever else adds them meanwhile."""
    known = _known(texts)
    new = sorted(texts - set(known))
    rows = [SearchWord(text=text, head=text[:2], length=len(text)) for text in new]
    SearchWord.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return known | _known(new)


def _known(texts: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in batched(texts, BATCH, strict=False):
        found.update(SearchWord.objects.filter(text__in=batch).values_list("text", "pk"))
    return found
