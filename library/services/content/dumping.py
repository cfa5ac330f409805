"""Rows into files of the shape that is loaded."""

from __future__ import annotations

from pathlib import Path

from library.services.content.changes import Article
from library.services.content.files import write
from library.services.content.kinds import FILES, KINDS, MECHANISM, MECHANISM_FOLDER
from library.services.content.shapes import Listing, Shape


def articles() -> list[Article]:
    """Return every article as it is now, in a fixed number of queries."""
    found = []
    for kind, shape in KINDS.items():
        if isinstance(shape, Listing):
            found += [Article.of(kind, "", {"rows": rows}) for rows in [shape.dump()] if rows]
        else:
            found += [Article.of(kind, shape.key_of(row), shape.dump(row)) for row in shape.rows()]
    return found


def dump_library(folder: Path) -> int:
    """Write the library as content files and return how many; the same rows give the same bytes."""
    for name, kinds in FILES.items():
        write(folder / name, {kind: _said(KINDS[kind]) for kind in kinds})
    pages = MECHANISM.rows()
    for page in pages:
        write(folder / MECHANISM_FOLDER / f"{page.slug}.yaml", MECHANISM.dump(page))
    return len(FILES) + len(pages)


def _said(shape: Shape | Listing) -> list[dict[str, object]]:
    return shape.dump() if isinstance(shape, Listing) else [shape.dump(row) for row in shape.rows()]
