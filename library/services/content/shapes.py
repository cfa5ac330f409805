"""Articles: a row with all that hangs on it, or a list of rows that belong to nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from library.services.content.files import Entry
from library.services.content.parts import Columns, Known, Part


@dataclass(frozen=True)
class Rows(Part):
    """Rows below an article, in their order. `owner` is what they call the article's row."""

    model: type[Model] = Model
    owner: str = ""
    parts: tuple[Part, ...] = ()

    def link(self, entry: Entry, row: Any, known: Known) -> None:
        self.replace(list(entry.entries(self.name)), known, {self.owner: row})

    def replace(self, entries: Iterable[Entry], known: Known, owner: Columns) -> None:
        rows = self.model._default_manager  # noqa: SLF001 - the documented name
        rows.filter(**owner).delete()
        for order, entry in enumerate(entries, start=1):
            place = {"order": order} if self.has_order else {}
            below = rows.create(**owner, **place, **columns_of(self.parts, entry, self.model, known))
            for part in self.parts:
                part.link(entry, below, known)

    @property
    def has_order(self) -> bool:
        return hasattr(self.model, "order")

    def dump(self, row: Any) -> dict[str, Any]:
        said = self.dump_rows(getattr(row, self.at).all())
        return {self.name: said} if said else {}

    def dump_rows(self, rows: Iterable[Any]) -> list[dict[str, Any]]:
        ordered = sorted(rows, key=lambda row: (row.order, row.pk)) if self.has_order else rows
        return [dump_of(self.parts, row) for row in ordered]

    def prefetch(self) -> list[str]:
        return [self.at, *(f"{self.at}__{path}" for part in self.parts for path in part.prefetch())]

    def label(self, model: type[Model]) -> Any:
        return self.model._meta.verbose_name_plural  # noqa: SLF001 - the documented name


@dataclass(frozen=True)
class Shape:
    """An article with a key of its own. `is_placed`: its place in the file is its order."""

    model: type[Model]
    parts: tuple[Part, ...]
    key: tuple[str, ...] = ("slug",)
    is_placed: bool = False

    def key_in(self, entry: Entry) -> str:
        return "/".join(str(entry.need(name)) for name in self.key)

    def key_of(self, row: Any) -> str:
        return "/".join(str(getattr(row, name)) for name in self.key)

    def rows(self) -> QuerySet[Any]:
        """Every row with all that a dump needs, in a fixed number of queries."""
        order = ["order"] if any(part.name == "order" for part in self.parts) or self.is_placed else []
        paths = [path for part in self.parts for path in part.prefetch()]
        return self.model._default_manager.order_by(*order, *self.key).prefetch_related(*paths)  # noqa: SLF001

    def row(self, key: str) -> Any:
        """Return the one row with all that a dump needs, or None."""
        return self.rows().filter(**dict(zip(self.key, key.split("/"), strict=True))).first()

    def columns(self, entry: Entry, known: Known) -> Columns:
        return columns_of(self.parts, entry, self.model, known)

    def link(self, entry: Entry, row: Any, known: Known) -> None:
        for part in self.parts:
            part.link(entry, row, known)

    def dump(self, row: Any) -> dict[str, Any]:
        return dump_of(self.parts, row)


@dataclass(frozen=True)
class Listing:
    """An article that is a list: rows that belong to nothing, kept and restored together."""

    rows: Rows
    owner: str  # the column that is empty in all of them

    def queryset(self) -> QuerySet[Any]:
        where = {f"{self.owner}__isnull": True} if self.owner else {}
        paths = [path for part in self.rows.parts for path in part.prefetch()]
        return self.rows.model._default_manager.filter(**where).prefetch_related(*paths)  # noqa: SLF001

    def dump(self) -> list[dict[str, Any]]:
        return self.rows.dump_rows(self.queryset())

    def replace(self, entries: Iterable[Entry], known: Known) -> None:
        self.rows.replace(entries, known, {self.owner: None} if self.owner else {})


def columns_of(parts: tuple[Part, ...], entry: Entry, model: type[Model], known: Known) -> Columns:
    return {name: value for part in parts for name, value in part.columns(entry, model, known).items()}


def dump_of(parts: tuple[Part, ...], row: Any) -> dict[str, Any]:
    return {name: value for part in parts for name, value in part.dump(row).items()}
