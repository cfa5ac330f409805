"""How wide a line of text is, roughly, and where to break it. Pure arithmetic: the server has no reader's font."""

import re
import unicodedata
from collections.abc import Callable
from functools import partial

type Measure = Callable[[str], float]

# Shares of the font size, those of a wide sans-serif: whoever's font is narrower gets more air.
NARROW, DIGIT, LOWER, UPPER, BROAD, HAN = 0.36, 0.64, 0.6, 0.72, 0.95, 1.0
NARROW_LETTERS = frozenset(" .,:;'’|!()[]-ijlft")
BROAD_LETTERS = frozenset("mwMW—…@%")

OPENS, CLOSES = "（《“‘【", "）》”’】，。、：；？！·"
HAN_LETTER = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]"
# What stays on one line: a Han letter with the marks that lean on it, or a run of anything else.
PIECE = re.compile(rf"[{OPENS}]*{HAN_LETTER}[{CLOSES}]*|[{OPENS}]*[^\s\u2e80-\u9fff\uf900-\uffef]+[{CLOSES}]*|\s+")


def width(text: str, size: float) -> float:
    """Return an upper estimate of the width of `text` at a font size."""
    return size * sum(_share(letter) for letter in text)


def _share(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or letter in "“”‘’·":
        return HAN
    if letter in NARROW_LETTERS:
        return NARROW
    if letter in BROAD_LETTERS:
        return BROAD
    if letter.isdigit():
        return DIGIT
    return UPPER if letter.isupper() else LOWER


def sized(size: float) -> Measure:
    """Return a measure of lines at a font size."""
    return partial(width, size=size)


def wrap(text: str, room: float, measure: Measure) -> tuple[str, ...]:
    """Break `text` into as few lines as fit into `room`, of lengths as even as they can be.

    Words stay whole unless one alone is wider than the room; Chinese breaks between any two letters, but no
    line begins with a closing mark or ends with an opening one.
    """
    pieces = [part for piece in PIECE.findall(text.strip()) for part in _cut(piece, room, measure)]
    best = _fill(pieces, room, measure)
    low, high = room / 2, room
    while high - low > 1:
        middle = (low + high) / 2
        lines = _fill(pieces, middle, measure)
        if len(lines) > len(best) or any(measure(line) > middle for line in lines):
            low = middle
        else:
            best, high = lines, middle
    return best


def _cut(piece: str, room: float, measure: Measure) -> list[str]:
    """Break a word that no line could hold."""
    parts = [""]
    for letter in piece:
        if parts[-1] and measure(parts[-1] + letter) > room:
            parts.append("")
        parts[-1] += letter
    return parts


def _fill(pieces: list[str], room: float, measure: Measure) -> tuple[str, ...]:
    lines = [""]
    for piece in pieces:
        if lines[-1].strip() and measure((lines[-1] + piece).rstrip()) > room:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return tuple(line.rstrip() for line in lines if line.strip())
