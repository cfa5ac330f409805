"""The codes of errors as they stand in the code, `raise NotPermitted("not_a_host", _("…"))`, in both languages."""

from django.utils import translation
from django.utils.translation import gettext, ngettext

from mindmove.openapi.raised import Raised, Words, raised

# What is said in no sentence of its own: `errors` say of each part of a plan what it lacks.
OF_LISTS: dict[str, tuple[int, str]] = {"not_publishable": (400, "Some of this needs another look.")}
# What the framework says, before any service is asked.
OF_FRAMEWORK: dict[str, tuple[int, str]] = {
    "invalid": (400, "Some of this needs another look."),
    "out_of_range": (400, "A value is out of range."),
    "no_such_sign": (400, "Sign %(position)d is none that a text can have (U+%(code)04X)."),
    "not_json": (400, "This is not JSON: line %(line)d, column %(column)d."),
    "too_deep": (400, "Nothing may stand deeper than %(depth)d levels."),
    "too_large": (413, "That is more than is taken: %(size)d KB of JSON, %(form)d MB of a form."),
    "parse_error": (400, "Malformed request."),
    "authentication_failed": (401, "Incorrect authentication credentials."),
    "not_authenticated": (401, "Authentication credentials were not provided."),
    "permission_denied": (403, "You do not have permission to perform this action."),
    "not_found": (404, "Not found."),
    "method_not_allowed": (405, "Method “{method}” not allowed."),
    "not_acceptable": (406, "Could not satisfy the request Accept header."),
    "unsupported_media_type": (415, "Unsupported media type “{media_type}” in request."),
    "our_fault": (500, "Something went wrong on our side."),
}


def codes() -> list[dict[str, object]]:
    """Return code, status and words of each error, in order; one with several meanings stands there several times."""
    found = {(one.code, one.status, one.words) for one in raised() if isinstance(one, Raised)}
    found |= {(code, status, (words,)) for code, (status, words) in (OF_FRAMEWORK | OF_LISTS).items()}
    return [
        {"code": code, "status": status, "en": words[-1], "zh-hans": _chinese(words)}
        for code, status, words in sorted(found)
    ]


def _chinese(words: Words) -> str:
    with translation.override("zh-hans"):
        if len(words) > 1:
            return ngettext(words[0], words[1], 2)
        said = words[0]
        return gettext(said.replace("“", '"').replace("”", '"')) if "{" in said else gettext(said)
