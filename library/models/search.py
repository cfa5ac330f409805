"""The index of search, as at the end of a book: words, documents, and which word stands where.

It is made from other rows by `library.services.search_index` and can be made again at any time.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q

from core.visibility import PublicQuerySet, Viewer, VisibilityQuerySet
from library import searchable
from library.models.evidence import EvidenceGrade
from library.search.text import LONGEST_WORD


class SearchDocumentQuerySet(VisibilityQuerySet["SearchDocument"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Those whose row the viewer may see, asked of the row itself."""
        seen = Q(pk__in=[])
        for kind in searchable.all_kinds():
            seen |= kind.seen_by(viewer)
        return self.filter(seen)


class SearchDocument(models.Model):
    """How one row reads in one language. `key` is what its address is made from."""

    kind = models.CharField(max_length=20)
    object_id = models.PositiveBigIntegerField()
    language = models.CharField(max_length=10)
    key = models.CharField(max_length=120)
    title = models.TextField()
    line = models.TextField(blank=True)
    body = models.TextField(blank=True)
    grade = models.CharField(max_length=10, choices=EvidenceGrade.choices, blank=True)

    objects = SearchDocumentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "language"], name="search_document_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} ({self.language})"


class SearchWord(models.Model):
    """A word, or one or two signs of Chinese. `head` and `length` find prefixes and neighbours by equality."""

    text = models.CharField(max_length=LONGEST_WORD, unique=True)
    head = models.CharField(max_length=2, db_index=True)
    length = models.PositiveSmallIntegerField(db_index=True)

    objects = PublicQuerySet["SearchWord"].as_manager()

    def __str__(self) -> str:
        return self.text


class SearchPostingQuerySet(VisibilityQuerySet["SearchPosting"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Those of documents that the viewer may find."""
        return self.filter(document__in=SearchDocument.objects.visible_to(viewer))


class SearchPosting(models.Model):
    """A word stands in a document; `weight` is how much that says of it."""

    word = models.ForeignKey(SearchWord, models.CASCADE, related_name="+", db_index=False)  # the constraint has one
    document = models.ForeignKey(SearchDocument, models.CASCADE, related_name="+")
    weight = models.PositiveSmallIntegerField()

    objects = SearchPostingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "document"], name="search_posting_unique")]

    def __str__(self) -> str:
        return f"{self.word_id} in {self.document_id}"
