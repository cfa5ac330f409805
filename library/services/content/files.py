"""Content files: what an entry says, with an error that names file and field, and how a file is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from modeltranslation.utils import build_localized_fieldname

CONTENT = Path(__file__).resolve().parents[2] / "content"
LANGUAGES = [code for code, _ in settings.LANGUAGES]
LONG = 70  # signs; a longer text stands on lines of its own
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same language, read by C


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
        """Return the value, or raise ContentError when it is absent."""
        value = self.data.get(name)
        if value is None:
            raise self.error(name, "is missing")
        return value

    def get(self, name: str, default: Any = None) -> Any:
        value = self.data.get(name)
        return default if value is None else value

    def entry(self, name: str) -> Entry:
        return Entry(self.need(name), f"{self.where}: {name}")

    def entries(self, name: str) -> Iterator[Entry]:
        """Yield the mappings of a list; an absent list is empty."""
        for place, row in enumerate(self.listed(name)):
            named = row if isinstance(row, dict) else {}
            label = next((named[key] for key in ("slug", "key", "code") if key in named), place + 1)
            yield Entry(row, f"{self.where}: {name}[{label}]")

    def listed(self, name: str) -> list[Any]:
        """Return the list, or raise ContentError when it is something else; an absent list is empty."""
        value = self.get(name, [])
        if not isinstance(value, list):
            raise self.error(name, "is not a list")
        return value

    def texts(self, field: str) -> dict[str, str]:
        """Return `{field_en: …, field_zh_hans: …}`. No language may be left out; one not written yet says so by ""."""
        return {build_localized_fieldname(field, code): self._text(code) for code in LANGUAGES}

    def _text(self, code: str) -> str:
        value = self.need(code)
        lines = value if isinstance(value, list) else [value]
        if any(isinstance(line, dict | list) for line in lines):
            raise self.error(code, "is not text")
        return "\n".join(str(line) for line in lines).strip()


def read(path: Path, folder: Path) -> Entry:
    """Return the file as one entry."""
    where = f"library/content/{path.relative_to(folder)}"
    if not path.exists():
        raise ContentError(f"{where}: the file is missing")
    try:
        return Entry(yaml.load(path.read_text(encoding="utf-8"), _Loader), where)  # noqa: S506 - a safe loader
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(f"{where}: not readable as YAML ({error})") from error


class _Dumper(yaml.SafeDumper):
    """Long texts on lines of their own, short lists of keys on one line."""


def _string(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    style = "|" if "\n" in text else ">" if len(text) > LONG else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


def _list(dumper: yaml.SafeDumper, rows: list[Any]) -> yaml.Node:
    is_flat = not any(isinstance(row, dict) for row in rows)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", rows, flow_style=is_flat)


_Dumper.add_representer(str, _string)
_Dumper.add_representer(list, _list)


def write(path: Path, data: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110)
    path.write_text(text, encoding="utf-8")
