"""Names that people give themselves: any script, nothing that hides or breaks what stands around it."""

import unicodedata

from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput
from core.words import with_few_marks

MAX_LENGTH = 60
# Characters that turn the direction of the text that follows, in a mail or on a page.
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Joiners that Persian, Indic scripts and emoji need.
_JOINERS = frozenset("\u200c\u200d")
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def clean_display_name(text: str) -> str:
    """Return the name composed (NFC) and trimmed, or raise InvalidInput on field `display_name`."""
    if any(ch in _BIDI for ch in text):
        raise _refused("name_bidi", _("A name cannot hold characters that turn the direction of writing."))
    if any(unicodedata.category(ch) in _HIDDEN_CATEGORIES and ch not in _JOINERS for ch in text):
        raise _refused("name_control", _("A name is one line without invisible characters."))
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not any(unicodedata.category(ch)[0] in "LNS" for ch in name):
        raise _refused("name_empty", _("Please give a name, a first name or a nickname is fine."))
    if len(name) > MAX_LENGTH:
        raise _refused("name_long", _("A name has at most 60 characters."))
    if with_few_marks(name) != name:
        raise _refused("name_marks", _("This name stacks more marks on one letter than a page can show."))
    return name


def _refused(code: str, message: object) -> InvalidInput:
    return InvalidInput(code, message, field="display_name")  # type: ignore[arg-type]
