"""Text as search sees it. Folding goes sign by sign, so that a match can be shown where it stands in the text."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from opencc import OpenCC

LONGEST_WORD = 40
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_RUN = re.compile(f"[{_CJK}]+|[^\\W_{_CJK}]+")
_IS_CJK = re.compile(f"[{_CJK}]")
_DROPPED = {"'": "", "’": "", "‘": ""}  # “can’t” is one word
_ALSO_SIMPLE = {"著": "着"}  # the converter leaves it, because it has two simplified forms


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@lru_cache(maxsize=20_000)
def fold(sign: str) -> str:
    """Return one sign without case, accent or width, traditional Chinese as simplified."""
    if sign in _DROPPED:
        return ""
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if not unicodedata.combining(part))
    folded = "".join(_DROPPED.get(part, part) for part in plain.casefold())
    return "".join(_simplified(part) for part in folded)


def _simplified(sign: str) -> str:
    return _ALSO_SIMPLE.get(sign) or _converter().convert(sign) if is_cjk(sign) else sign


def is_cjk(text: str) -> bool:
    """Whether the text begins with a sign that is written without spaces between words."""
    return _IS_CJK.match(text) is not None


@dataclass(frozen=True)
class Run:
    """A word, or signs of Chinese without a break, folded; `places` are where each sign stood in the text."""

    text: str
    places: tuple[int, ...]


def runs(text: str) -> Iterator[Run]:
    folded, places = [], []
    for place, sign in enumerate(text):
        plain = fold(sign)
        folded.append(plain)
        places += [place] * len(plain)
    for match in _RUN.finditer("".join(folded)):
        yield Run(match[0], tuple(places[match.start() : match.end()]))


def phrase(text: str) -> str:
    """Return the text folded, one space between runs."""
    return " ".join(run.text for run in runs(text))


def terms(text: str) -> Iterator[str]:
    """Yield what the index keeps of a text: words, and of Chinese each sign and each pair of neighbours."""
    for run in runs(text):
        if is_cjk(run.text):
            yield from run.text
        yield from _sought(run.text)


def sought_terms(folded: str) -> list[str]:
    """Return the terms by which a folded phrase is looked up: pairs say more than the signs they are made of."""
    return [term for run in folded.split() for term in (_sought(run) or [run])]


def _sought(run: str) -> list[str]:
    if not is_cjk(run):
        return [run[:LONGEST_WORD]]
    return [run[at : at + 2] for at in range(len(run) - 1)]
