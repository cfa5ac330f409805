"""What people write, made fit to stand beside what others write. Any script survives; what hides or breaks things goes.

Left out are controls, lone surrogates, what turns the writing of everything that follows (the marks of direction that
right-to-left scripts need stay), and marks stacked higher on a letter than a line is.
"""

import re
import unicodedata

MOST_MARKS = 4
_TURNING = "\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff{_TURNING}]")
_BREAKS = re.compile("\r\n|[\r\u0085\u2028\u2029]")


def tidy(text: str) -> str:
    """Return a text of lines, without spaces around it."""
    lines = _HIDDEN.sub("", _BREAKS.sub("\n", text))
    return with_few_marks(unicodedata.normalize("NFC", lines)).strip()


def tidy_line(text: str) -> str:
    """Return one line."""
    return " ".join(tidy(text).split())


def with_few_marks(text: str) -> str:
    """Return the text with no more than `MOST_MARKS` marks stacked on a letter."""
    kept, row = [], 0
    for letter in text:
        row = row + 1 if unicodedata.category(letter) in {"Mn", "Me"} else 0
        if row <= MOST_MARKS:
            kept.append(letter)
    return "".join(kept)
