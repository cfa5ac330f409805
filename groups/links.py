"""Whether words lead somewhere else, and whether two texts say the same. No ORM."""

import re

_LINK = re.compile(
    r"""https?:|www\.|<a\s|\b[\w.+-]+@[\w-]+\.\w          # an address, of a page or of mail
    |\b[\w-]+\.(?:com|net|org|info|biz|io|co|me|cn|ru|de|uk|eu|xyz|top|shop|site|online|club|live|link|app)\b""",
    re.IGNORECASE | re.VERBOSE,
)


def has_link(text: str, html: str) -> bool:
    """Whether the text, or the HTML made of it, has an address that leads out of the site."""
    return bool(_LINK.search(text) or _LINK.search(html))


def fingerprint(text: str) -> str:
    """Return the text as it is compared: letters and figures alone, without case."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())
