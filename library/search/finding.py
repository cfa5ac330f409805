"""From what somebody typed to the documents that they may see, best first. Nothing typed is kept or logged."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from core.visibility import Viewer
from library import searchable
from library.models import SearchDocument, SearchPosting, SearchWord
from library.search.marking import Marker, Pieces
from library.search.query import PREFIX, Part, Query, read_query
from library.search.synonyms import synonyms
from library.search.text import runs, sought_terms

MOST_PREFIXED = 30  # words that a beginning may stand for, the shortest first

PAGE = 20  # results a page

type Points = dict[int, int]  # document → points


@dataclass(frozen=True)
class Ranking:
    """Keys of documents that the viewer may see, best first.

    `suggestion` is the typed text with its typos mended, when that found something.
    """

    documents: list[int]
    marker: Marker
    needs_care: bool
    suggestion: str


@dataclass(frozen=True)
class Hit:
    """A document as the results show it."""

    document: SearchDocument
    marker: Marker

    @property
    def kind(self) -> searchable.Searchable:
        return searchable.get(self.document.kind)

    @property
    def url(self) -> str:
        return self.kind.address(self.document.key)

    @cached_property
    def title(self) -> Pieces:
        return self.marker.pieces(self.document.title)

    @cached_property
    def line(self) -> Pieces:
        return self.marker.pieces(self.document.line)

    @cached_property
    def excerpt_text(self) -> str:
        """What matches in the body, when neither title nor line does."""
        if any(is_match for _text, is_match in [*self.title, *self.line]):
            return ""
        return self.marker.excerpt(self.document.body)

    @property
    def excerpt(self) -> Pieces:
        return self.marker.pieces(self.excerpt_text)


def rank(typed: str, *, language: str, viewer: Viewer) -> Ranking:
    """Return every document that matches. Two queries, or five when a word is found only by mending a typo."""
    query = read_query(typed, synonyms())
    index = _Index(language, viewer)
    index.look_up(query)
    lost = [part for part in query.parts if part.typos and not index.points_of(part)]
    suggestion = _mend(typed, lost, query, index) if lost else ""
    total: Points = defaultdict(int)
    for part in query.parts:
        for document, points in index.points_of(part).items():
            total[document] += points
    ordered = sorted(total, key=lambda document: (-total[document], document))  # keys are in the order of the kinds
    suggestion = "" if query.needs_care else suggestion
    return Ranking(ordered, Marker(query.marks), query.needs_care, suggestion)


def hits(ranking: Ranking, documents: list[int]) -> list[Hit]:
    """Return what the results say of some of the ranked documents, in the order given. One query."""
    rows = SearchDocument.objects.in_bulk(documents)
    return [Hit(rows[key], ranking.marker) for key in documents if key in rows]


class _Index:
    """What the index says of the words that were asked about so far, in one language, for one viewer."""

    def __init__(self, language: str, viewer: Viewer) -> None:
        self.documents = SearchDocument.objects.visible_to(viewer).filter(language=language)
        self.points: dict[str, Points] = {}  # by term

    def look_up(self, query: Query) -> None:
        """Ask about every way of the query that was not asked about before. Two queries."""
        asked = {term for way in query.ways for term in sought_terms(way)} - set(self.points)
        begun = [part for part in query.parts if part.has_prefix and part.phrase in asked]
        wanted = Q(text__in=asked)
        for part in begun:
            wanted |= Q(head=part.phrase[:2], text__startswith=part.phrase)
        words = dict(SearchWord.objects.filter(wanted).values_list("text", "pk"))
        for part in begun:
            asked.update(_add_prefixed(part, words))
        self.points |= {term: {} for term in asked}
        self._read({pk: text for text, pk in words.items() if text in asked})

    def _read(self, words: dict[int, str]) -> None:
        rows = SearchPosting.objects.filter(word__in=list(words), document__in=self.documents)
        for word, document, weight in rows.values_list("word_id", "document_id", "weight"):
            self.points[words[word]][document] = weight

    def points_of(self, part: Part) -> Points:
        """Return the best way in which each document has the part."""
        best: Points = {}
        for way, percent in part.ways.items():
            for document, weight in self.points_of_way(way).items():
                best[document] = max(best.get(document, 0), weight * percent // 100)
        return best

    def points_of_way(self, way: str) -> Points:
        """Return the documents that have all terms of a phrase; the weakest of them counts."""
        found = [self.points.get(term, {}) for term in sought_terms(way)]
        return {
            document: min(points[document] for points in found)
            for document in found[0]
            if all(document in points for points in found)
        }


def _add_prefixed(part: Part, words: dict[str, int]) -> list[str]:
    begun = sorted((word for word in words if word.startswith(part.phrase)), key=lambda word: (len(word), word))
    for word in begun[:MOST_PREFIXED]:
        part.add(word, PREFIX)
    return begun[:MOST_PREFIXED]


def _mend(typed: str, lost: list[Part], query: Query, index: _Index) -> str:
    """Look for the neighbours of words that found nothing. Return the text with those that find something."""
    lengths = Q()
    for part in lost:
        lengths |= Q(length__range=(len(part.phrase) - part.typos, len(part.phrase) + part.typos))
    known = synonyms()
    words = known.words | set(SearchWord.objects.filter(lengths).values_list("text", flat=True))
    near = {part.phrase: part.add_neighbours(words, known) for part in lost}
    index.look_up(query)
    mended = {}
    for word, neighbours in near.items():
        finding = [(far, -len(index.points_of_way(other)), other) for far, other in neighbours]
        finding = [row for row in finding if row[1]]
        if finding:
            mended[word] = min(finding)[2]
    return _replaced(typed, mended) if mended else ""


def _replaced(typed: str, words: dict[str, str]) -> str:
    """Return the text with some of its words replaced."""
    at, text = 0, ""
    for run in runs(typed):
        if run.text in words:
            text += typed[at : run.places[0]] + words[run.text]
            at = run.places[-1] + 1
    return text + typed[at:]
