"""Putting rows into the database without touching what an editor has changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Manager, Model

from library.models import Citation, ExerciseType, Mechanism, Need
from library.services.content.files import Entry


@dataclass
class Writer:
    """Writes entries. Rows that exist stay as they are unless `overwrite` is set.

    `written` counts rows per model name, new and overwritten ones.
    """

    overwrite: bool = False
    written: dict[str, int] = field(default_factory=dict)

    def put[M: Model](self, model: type[M], key: dict[str, Any], values: dict[str, Any]) -> tuple[M, bool]:
        """Return the row with `key` and whether its children are to be written as well."""
        rows: Manager[M] = model._default_manager  # noqa: SLF001 - the documented name
        row = rows.filter(**key).first()
        if row is not None and not self.overwrite:
            return row, False
        if row is None:
            row = rows.create(**key, **values)
        elif changed := {name: value for name, value in values.items() if getattr(row, name) != value}:
            for name, value in changed.items():
                setattr(row, name, value)
            row.save()
        self.written[model.__name__] = self.written.get(model.__name__, 0) + 1
        return row, True


@dataclass
class Known:
    """Rows that entries refer to by key or slug."""

    citations: dict[str, Citation] = field(default_factory=dict)
    mechanisms: dict[str, Mechanism] = field(default_factory=dict)
    types: dict[str, ExerciseType] = field(default_factory=dict)
    needs: dict[str, Need] = field(default_factory=dict)

    def cited(self, entry: Entry, name: str = "cite") -> list[Citation]:
        return [look_up(self.citations, key, entry, name) for key in entry.get(name, [])]


def look_up[T](rows: dict[str, T], key: str, entry: Entry, name: str) -> T:
    """Return the row, or raise ContentError naming the entry that refers to it."""
    try:
        return rows[key]
    except KeyError as error:
        raise entry.error(name, f"refers to {key!r}, which does not exist") from error
