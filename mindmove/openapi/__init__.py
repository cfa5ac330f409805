"""The document of the API (OpenAPI 3.1): made from the code, kept as a file, and served from there."""

import json
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[2] / "docs" / "openapi.json"


def made() -> dict[str, Any]:
    """Return the document as the code describes itself now."""
    from django.utils import translation  # noqa: PLC0415 - settings import this package for its hooks
    from drf_spectacular.generators import SchemaGenerator  # noqa: PLC0415

    with translation.override("en"):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return found


def as_text(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=1, ensure_ascii=False, default=str) + "\n"


@cache
def kept() -> str:
    """Return the file, read once in each process."""
    return FILE.read_text()


@cache
def kept_document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(kept())
    return document
