"""Words that mean the same to somebody who searches, as `library/content/synonyms.yaml` has them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from library.search.text import phrase
from library.services.content.files import CONTENT, LANGUAGES, Entry, read

FILE = "synonyms.yaml"


@dataclass(frozen=True)
class Synonyms:
    """All phrases are folded. `same_as` leads from a phrase to what finds the same pages."""

    same_as: dict[str, frozenset[str]]
    ignored: frozenset[str]
    care: frozenset[str]

    @property
    def words(self) -> set[str]:
        """The phrases that are one word."""
        return {phrase for phrase in self.same_as if " " not in phrase}


@cache
def synonyms() -> Synonyms:
    """Return the words that the project ships."""
    return read_synonyms()


def read_synonyms(folder: Path = CONTENT) -> Synonyms:
    """Read the file, or raise ContentError naming the place at fault."""
    file = read(folder / FILE, folder)
    same_as: dict[str, set[str]] = defaultdict(set)
    for entry in file.entries("groups"):
        group = _phrases(entry)
        for one in group:
            same_as[one] |= group - {one}
    care = file.entry("care")
    like = phrase(str(care.need("like")))
    if like not in same_as:
        raise care.error("like", f"has {like!r}, which is in no group")
    help_words = {like, *same_as[like]}
    for one in _phrases(care):
        same_as[one] |= help_words
    return Synonyms(
        same_as={one: frozenset(others) for one, others in same_as.items()},
        ignored=frozenset(_phrases(file.entry("ignored"))),
        care=frozenset(_phrases(care)),
    )


def _phrases(entry: Entry) -> set[str]:
    """Return the phrases of every language, each of which must have some, none of them twice."""
    found: set[str] = set()
    for code in LANGUAGES:
        listed = entry.need(code)
        if not isinstance(listed, list):
            raise entry.error(code, "is not a list")
        for one in listed:
            found.add(_new_phrase(one, code, entry, found))
    return found


def _new_phrase(listed: Any, code: str, entry: Entry, known: set[str]) -> str:
    folded = phrase(str(listed))
    if not isinstance(listed, str) or not folded:
        raise entry.error(code, f"has {listed!r}, which is not text")
    if folded in known:
        raise entry.error(code, f"has {listed!r} twice")
    return folded
