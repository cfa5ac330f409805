"""What becomes of an edit when the row has changed meanwhile: by field, pure.

A field that one side changed takes that side. Where both did, a number or a choice takes what arrives later, and a
note keeps both texts, one below the other: that of this phone whole, and of the other its beginning, as far as the
server takes it. What is deleted stays deleted; that is not decided here.
"""

from typing import Any

type Fields = dict[str, Any]

TEXTS = {"note"}
MOST_SIGNS = 2000  # of a note
CUT = "…"


def merged(mine: Fields, before: Fields, theirs: Fields) -> Fields:
    """Return what of `mine` to send over `theirs`, the row as the server has it; `before` is what the edit saw."""
    wanted = {name: _one(name, value, before.get(name), theirs.get(name)) for name, value in mine.items()}
    return {name: value for name, value in wanted.items() if value != theirs.get(name)}


def _one(name: str, mine: Any, before: Any, theirs: Any) -> Any:
    if name in TEXTS and theirs != before:
        return both(theirs or "", mine or "")
    return mine


def both(theirs: str, mine: str) -> str:
    """Return both texts, or the one that holds the other already. Too long together, theirs is cut."""
    if mine in theirs:
        return theirs
    room = MOST_SIGNS - len(mine) - 1
    fits = theirs if len(theirs) <= room else theirs[: max(room - len(CUT), 0)] + CUT
    return mine if theirs in mine or room < len(fits) or fits == CUT else f"{fits}\n{mine}"
