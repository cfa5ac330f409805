"""The codes of errors as they stand in the code, `raise NotPermitted("not_a_host", _("…"))`, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext

from core.catalog import PACKAGES, ROOT

STATUS = {
    "DomainError": 409, "InvalidInput": 400, "NotPermitted": 403, "TooFast": 429, "KeyTaken": 422, "Changed": 412,
    "Gone": 410, "Unconditional": 428,
    "refusal": 0, "problem": 0,
}  # fmt: skip

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
    "unsupported_media_type": (415, "Unsupported media type “{media_type}” in request."),
}


def codes() -> list[dict[str, object]]:
    """Return code, status and words of each error, in order; one with several meanings stands there several times."""
    found = {(code, status, words) for path in _files() for code, status, words in _raised(path)}
    found |= {(code, status, words) for code, (status, words) in OF_FRAMEWORK.items()}
    return [
        {"code": code, "status": status, "en": words, "zh-hans": _chinese(words)}
        for code, status, words in sorted(found)
    ]


def _chinese(words: str) -> str:
    with translation.override("zh-hans"):
        return gettext(words.replace("“", '"').replace("”", '"')) if "{" in words else gettext(words)


def _files() -> Iterator[Path]:
    for room in PACKAGES:
        yield from (path for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts)


def _raised(path: Path) -> Iterator[tuple[str, int, str]]:
    tree = ast.parse(path.read_text())
    names = {
        target.id: words
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and (words := _words(node.value, {}))
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in STATUS):
            continue
        status, arguments = STATUS[node.func.id], list(node.args)
        if not status and arguments and isinstance(arguments[0], ast.Constant):
            first = arguments.pop(0)
            status = first.value if isinstance(first, ast.Constant) and isinstance(first.value, int) else 0
        if not (status and len(arguments) > 1 and isinstance(arguments[0], ast.Constant)):
            continue
        if words := _words(arguments[1], names):
            yield str(arguments[0].value), status, words


def _words(node: ast.expr, names: dict[str, str]) -> str:
    """Return what `_("…")` says, also where values are put into it, or a name that stands for it."""
    if isinstance(node, ast.BinOp):
        return _words(node.left, names)
    if isinstance(node, ast.Name):
        return names.get(node.id, "")
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in {"_", "gettext"}
        and node.args
    ):
        first = node.args[0]
        return first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
    return ""
