"""What somebody typed, taken apart. No database here."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from library.search.synonyms import Synonyms
from library.search.text import is_cjk, phrase, sought_terms

EXACT, PREFIX, SYNONYM, TYPO = 100, 80, 70, 60  # how much a way of matching counts, in percent
SHORTEST_PREFIX = 2
SHORTEST_WITH_TYPO = 4
LONG = 8  # letters, from which a word may have two typos
LONG_CARE = 7  # letters, from which a word of care is heard with a typo as well


@dataclass
class Part:
    """One thing that is looked for. `ways` leads from a folded phrase that would match to how much that counts.

    `words` are those of the phrase that say something.
    """

    phrase: str
    ways: dict[str, int]
    words: frozenset[str] = frozenset()

    @property
    def is_word(self) -> bool:
        return " " not in self.phrase and not is_cjk(self.phrase)

    @property
    def has_prefix(self) -> bool:
        return self.is_word and len(self.phrase) >= SHORTEST_PREFIX

    @property
    def typos(self) -> int:
        """How many typos the word may have; figures have none."""
        if not self.is_word or len(self.phrase) < SHORTEST_WITH_TYPO or not self.phrase.isalpha():
            return 0
        return 2 if len(self.phrase) >= LONG else 1

    def add(self, way: str, percent: int) -> None:
        self.ways[way] = max(percent, self.ways.get(way, 0))

    def add_neighbours(self, words: set[str], known: Synonyms) -> list[tuple[int, str]]:
        """Add the words within reach of a typo; return them with their distance, the nearest first."""
        reached = process.extract(self.phrase, words, scorer=OSA.distance, score_cutoff=self.typos, limit=None)
        near = sorted((int(far), word) for word, far, _place in reached if far)
        for far, word in near:
            self.add(word, TYPO // far)
            for other in known.same_as.get(word, ()):
                self.add(other, TYPO // far * SYNONYM // 100)
        return near


@dataclass(frozen=True)
class Query:
    parts: list[Part]
    needs_care: bool

    @property
    def ways(self) -> set[str]:
        return {way for part in self.parts for way in part.ways}

    @property
    def marks(self) -> frozenset[str]:
        """What to show as matching: every way as a whole, and each word that was typed."""
        return frozenset(self.ways | {word for part in self.parts for word in part.words})


def read_query(typed: str, known: Synonyms) -> Query:
    """Take known phrases out first, the longest before the shorter; what is left is looked for word by word."""
    rest = folded = f" {phrase(typed)} "
    parts = []
    for one in sorted(known.same_as, key=lambda one: (-len(one), one)):
        if (bounded := _bounded(one)) in rest:
            rest = rest.replace(bounded, " | ")
            parts.append(_part(one, known))
    for one in sorted(known.ignored, key=lambda one: (-len(one), one)):
        while (bounded := _bounded(one)) in rest:
            rest = rest.replace(bounded, " ")
    parts += [_part(term, known) for run in rest.replace("|", " ").split() for term in sought_terms(run)]
    return Query(parts=parts, needs_care=_needs_care(folded, known))


def _part(one: str, known: Synonyms) -> Part:
    ways = {**dict.fromkeys(known.same_as.get(one, ()), SYNONYM), one: EXACT}
    return Part(one, ways, frozenset(one.split()) - known.ignored)


def _bounded(one: str) -> str:
    """Words end at spaces; Chinese is looked for inside a run, single signs aside, which are parts of other words."""
    return one if is_cjk(one) and len(one) > 1 else f" {one} "


def _needs_care(folded: str, known: Synonyms) -> bool:
    """Whether a phrase of care is there, be it with a slip in a long word."""
    if any(_bounded(one) in folded for one in known.care):
        return True
    long = [one for one in known.care if " " not in one and len(one) >= LONG_CARE]
    return any(OSA.distance(word, one, score_cutoff=1) <= 1 for word in folded.split() for one in long)
