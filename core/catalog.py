"""Translations without system gettext: collect, compile and check with Babel.

`python -m core.catalog update | compile | check`
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_javascript
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
CATALOG = ROOT / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
PACKAGES = ["mindmove", "reminders", "groups", "plans", "library", "moderation", "notifications", "accounts", "core"]
# Which arguments of each function are the message, its plural and its context.
type Spec = tuple[int | tuple[int, str], ...] | None
KEYWORDS: dict[str, Spec] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extract_template(source: BinaryIO, keywords: Any, tags: Any, options: Any) -> Iterator[Any]:
    """Find the messages of a Django template (Babel's extractor signature)."""
    from django.conf import settings  # noqa: PLC0415
    from django.utils.translation.template import templatize  # noqa: PLC0415

    if not settings.configured:
        settings.configure()
    code = templatize(source.read().decode())
    yield from extract_javascript(BytesIO(code.encode()), keywords, tags, options)


def collect() -> Catalog:
    """Return every message in code and templates."""
    catalog = Catalog(project="MindMove", charset="utf-8", fuzzy=False)
    for folder in [*PACKAGES, "templates"]:
        method: Any = [("**.py", "python"), ("**.html", extract_template), ("**.txt", extract_template)]
        for _file, _line, message, comments, context in extract_from_dir(
            ROOT / folder, method_map=method, keywords=KEYWORDS, comment_tags=("Translators:",)
        ):
            catalog.add(message, auto_comments=comments, context=context)
    return catalog


def read() -> Catalog:
    """Return the Chinese catalogue as committed."""
    with CATALOG.open("rb") as file:
        return read_po(file, locale="zh_Hans")


def update() -> None:
    """Merge new messages into the catalogue; drop those no longer used."""
    catalog = read() if CATALOG.exists() else Catalog(locale="zh_Hans", project="MindMove", charset="utf-8")
    catalog.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.fuzzy = False
    catalog.header_comment = "# Simplified Chinese for MindMove. Written, not translated: see docs/glossary.md."
    CATALOG.parent.mkdir(parents=True, exist_ok=True)
    with CATALOG.open("wb") as file:
        write_po(file, catalog, sort_output=True, no_location=True, width=110, omit_header=False)


def compile_catalog() -> None:
    """Write the binary catalogue that Django reads, when the text is newer."""
    target = CATALOG.with_suffix(".mo")
    if not CATALOG.exists() or (target.exists() and target.stat().st_mtime >= CATALOG.stat().st_mtime):
        return
    with target.open("wb") as file:
        write_mo(file, read())


def problems() -> list[str]:
    """Return what is missing, fuzzy or has placeholders that differ, one line each."""
    known = read()
    found = []
    for message in collect():
        if not message.id:
            continue
        translated = known.get(message.id, message.context)
        if translated is None or not _is_complete(translated.string):
            found.append(f"missing: {message.id!r}")
            continue
        if translated.fuzzy:
            found.append(f"fuzzy: {message.id!r}")
        found += [f"{error}: {message.id!r}" for error in translated.check(known)]
    return found


def _is_complete(text: str | list[str] | tuple[str, ...] | None) -> bool:
    return text is not None and bool(text) and all([text] if isinstance(text, str) else text)


def main(arguments: list[str]) -> int:
    """Run one of the three commands."""
    match arguments:
        case ["update"]:
            update()
        case ["compile"]:
            compile_catalog()
        case ["check"]:
            found = problems()
            sys.stdout.write("".join(f"{line}\n" for line in found))
            return int(bool(found))
        case _:
            sys.stderr.write("python -m core.catalog update | compile | check\n")
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
