"""A list of participants as a file for spreadsheets: nothing in it runs, turns words around or says more than asked."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence

from core.pictures import initials

BOM = "\ufeff"  # spreadsheets take a file without it for one in an old encoding
TURNS_WORDS_AROUND = re.compile("[\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
STARTS_A_FORMULA = tuple("=+-@|%＝＋－＠｜％−﹢﹣﹦﹫")


def csv_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return the table in UTF-8, every cell quoted and plain."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([plain(cell) for cell in head])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return (BOM + out.getvalue()).encode()


def plain(cell: str) -> str:
    """Return the words in one line, without what is unseen, and never as a formula."""
    seen = TURNS_WORDS_AROUND.sub("", cell)
    words = "".join(" " if unicodedata.category(letter) == "Cc" else letter for letter in seen).strip()
    return f"'{words}" if words.startswith(STARTS_A_FORMULA) else words


def short_name(name: str) -> str:
    """Return what tells people of a group apart without their whole name: `Anna K.`, `Anna`, or `小明` for `王小明`."""
    words = plain(name).lstrip("'").split()
    if not words:
        return ""
    if len(words) > 1:
        return f"{words[0]} {initials(words[-1])[:1]}.".strip()
    short = initials(words[0])
    return short if short and short in words[0] and len(short) > 1 else words[0]
