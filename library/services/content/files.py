"""Reading content files, with an error that names the file and the field when something is missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

CONTENT = Path(__file__).resolve().parents[2] / "content"
LANGUAGES = [code for code, _ in settings.LANGUAGES]


class ContentError(Exception):
    """A content file lacks something or names something that does not exist."""


class Entry:
    """A mapping of a content file that knows where it stands."""

    def __init__(self, data: dict[str, Any], where: str) -> None:
        if not isinstance(data, dict):
            raise ContentError(f"{where}: expected a mapping")
        self.data = data
        self.where = where

    def error(self, name: str, problem: str) -> ContentError:
        return ContentError(f"{self.where}: {name} {problem}")

    def need(self, name: str) -> Any:
        """Return the value, or raise ContentError when it is absent or empty."""
        value = self.data.get(name)
        if value is None or value == "":
            raise self.error(name, "is missing")
        return value

    def get(self, name: str, default: Any = None) -> Any:
        value = self.data.get(name)
        return default if value is None else value

    def day(self, name: str) -> date:
        value = self.need(name)
        if not isinstance(value, date):
            raise self.error(name, "is not a date")
        return value

    def choice(self, name: str, allowed: list[str]) -> str:
        value = str(self.need(name))
        if value not in allowed:
            raise self.error(name, f"is {value!r}, expected one of {', '.join(allowed)}")
        return value

    def entry(self, name: str) -> Entry:
        return Entry(self.need(name), f"{self.where}: {name}")

    def entries(self, name: str) -> Iterator[Entry]:
        """Yield the mappings of a list; an absent list is empty."""
        for place, row in enumerate(self.get(name, [])):
            label = next((row[key] for key in ("slug", "key", "region", "code") if key in row), place + 1)
            yield Entry(row, f"{self.where}: {name}[{label}]")

    def texts(self, name: str, field: str = "") -> dict[str, str]:
        """Return `{field_en: …, field_zh_hans: …}` of the text `name`, all languages required."""
        return self.entry(name).own_texts(field or name)

    def own_texts(self, field: str) -> dict[str, str]:
        """Like `texts`, for a mapping that holds the languages itself."""
        return {build_localized_fieldname(field, code): self._one_text(code) for code in LANGUAGES}

    def optional_texts(self, name: str, field: str = "") -> dict[str, str]:
        if self.data.get(name) is None:
            return {build_localized_fieldname(field or name, code): "" for code in LANGUAGES}
        return self.texts(name, field)

    def _one_text(self, code: str) -> str:
        value = self.need(code)
        text = "\n".join(value) if isinstance(value, list) else str(value)
        return text.strip()


def read(name: str, folder: Path = CONTENT) -> Entry:
    """Return the file as one entry."""
    path = folder / name
    where = f"library/content/{name}"
    if not path.exists():
        raise ContentError(f"{where}: the file is missing")
    try:
        return Entry(yaml.safe_load(path.read_text(encoding="utf-8")), where)
    except yaml.YAMLError as error:
        raise ContentError(f"{where}: not readable as YAML ({error})") from error


def read_mechanisms(folder: Path = CONTENT) -> list[Entry]:
    """Return every mechanism file, by name."""
    return [read(f"mechanisms/{path.name}", folder) for path in sorted((folder / "mechanisms").glob("*.yaml"))]
