"""Files into rows: the whole library in one transaction, all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation

from accounts.models import User
from library.models import Mechanism, Publication, Revision
from library.services.content.changes import Article, article, record
from library.services.content.dumping import articles
from library.services.content.files import CONTENT, ContentError, Entry, read
from library.services.content.kinds import FILES, KINDS, MECHANISM_FOLDER
from library.services.content.parts import Known
from library.services.content.shapes import Listing, Shape
from library.services.gate import refusals

WAY = {"status", "publish_at"}  # where a page stands; its versions know, and bringing one back leaves it


@dataclass(frozen=True)
class Change:
    """What loading did to one article: its parts that are different now, or none when it is new."""

    kind: str
    key: str
    parts: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"{self.kind}/{self.key}" if self.key else self.kind


@dataclass(frozen=True)
class Loaded:
    added: list[Change]
    changed: list[Change]
    unchanged: dict[str, int]  # by kind

    @property
    def written(self) -> int:
        return len(self.added) + len(self.changed)


def load_library(
    *, overwrite: bool = False, folder: Path = CONTENT, by: User | None = None, dry_run: bool = False
) -> Loaded:
    """Bring the content files into the database. Raises ContentError naming the file and the field at fault.

    An article that exists is left as it is, so that an editor's change stays; with `overwrite` the files win.
    Nothing is deleted because no file has it. With `dry_run` everything is undone, and only the answer stays.
    """
    # The untranslated column holds the default language, whoever loads.
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        before = {one.address: one for one in articles()}
        _write(dict(_entries(folder)), overwrite=overwrite)
        after = articles()
        loaded = _compare(before, after)
        if dry_run:
            transaction.set_rollback(True)
        else:
            record(_not_kept(after), act=Revision.Act.LOADED, by=by)
    return loaded


def _entries(folder: Path) -> Iterator[tuple[str, list[Entry]]]:
    """Yield every kind with its entries."""
    files = {name: read(folder / name, folder) for name in FILES}
    for name, kinds in FILES.items():
        for kind in kinds:
            yield kind, list(files[name].entries(kind))
    pages = sorted((folder / MECHANISM_FOLDER).glob("*.yaml"))
    yield MECHANISM_FOLDER, [read(path, folder) for path in pages]


def _write(entries: dict[str, list[Entry]], *, overwrite: bool) -> None:
    """Write rows first and what hangs on them afterwards, since articles refer to each other."""
    known = Known()
    written: list[tuple[Shape, Entry, Any]] = []
    for kind, shape in KINDS.items():
        if isinstance(shape, Shape):
            written += list(_rows(shape, entries[kind], known, overwrite=overwrite))
    for shape, entry, row in written:
        shape.link(entry, row, known)
    for kind, shape in KINDS.items():
        if isinstance(shape, Listing) and (overwrite or not shape.queryset().exists()):
            shape.replace(entries[kind], known)
    for _shape, entry, row in written:
        if isinstance(row, Mechanism):
            _check(row, entry)


def _check(page: Mechanism, entry: Entry) -> None:
    """A file publishes no page that an editor could not publish."""
    if page.status in {Publication.PUBLISHED, Publication.SCHEDULED} and (lacking := refusals(page)):
        raise entry.error(str(lacking[0].field), str(lacking[0].message))


def _rows(shape: Shape, entries: list[Entry], known: Known, *, overwrite: bool) -> Iterator[tuple[Shape, Entry, Any]]:
    existing = {shape.key_of(row): row for row in shape.model._default_manager.all()}  # noqa: SLF001
    for order, entry in enumerate(entries, start=1):
        row = existing.get(shape.key_in(entry))
        if row is not None and not overwrite:
            continue
        values = shape.columns(entry, known) | ({"order": order} if shape.is_placed else {})
        yield shape, entry, put(shape, row, values)


def put(shape: Shape, row: Any, values: dict[str, Any]) -> Any:
    """Write the row's own columns; a row that is as it should be is not touched."""
    if row is None:
        return shape.model._default_manager.create(**values)  # noqa: SLF001 - the documented name
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    if changed:
        row.save()
    return row


def _compare(before: dict[tuple[str, str], Article], after: list[Article]) -> Loaded:
    loaded = Loaded([], [], {})
    for one in after:
        was = before.get(one.address)
        if was is None:
            loaded.added.append(Change(*one.address))
        elif parts := one.differs_from(was):
            loaded.changed.append(Change(*one.address, parts))
        else:
            loaded.unchanged[one.kind] = loaded.unchanged.get(one.kind, 0) + 1
    return loaded


def _not_kept(after: list[Article]) -> list[Article]:
    """Return the articles whose latest version is not what they are now."""
    kept = Revision.objects.latest_contents()
    return [one for one in after if kept.get(one.address) != one.content]


def restore_content(kind: str, key: str, content: Any) -> Article:
    """Write a kept version into the rows of its article. Raises ContentError when it refers to what is gone."""
    shape, known = KINDS[kind], Known()
    if isinstance(shape, Listing):
        shape.replace([Entry(part, kind) for part in content["rows"]], known)
        return article(kind, key)
    row, entry = shape.row(key), Entry(content, f"{kind}/{key}")
    if row is None:
        raise ContentError(f"{kind}/{key} does not exist any more")
    columns = shape.columns(entry, known)
    row = put(shape, row, {name: value for name, value in columns.items() if name not in WAY})
    shape.link(entry, row, known)
    return article(kind, key)
