"""The one place that every change of the library passes through, whoever makes it and by whichever door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Model

from accounts.models import User
from library.caching import content_changed
from library.models import Revision
from library.services.content.kinds import KINDS
from library.services.content.parts import plain
from library.services.content.shapes import Listing
from library.services.search_index import reindex


@dataclass(frozen=True)
class Article:
    """A whole article as its content file would have it."""

    kind: str
    key: str
    content: dict[str, Any]

    @classmethod
    def of(cls, kind: str, key: str, said: dict[str, Any]) -> Article:
        return cls(kind, key, plain(said))

    @property
    def address(self) -> tuple[str, str]:
        return (self.kind, self.key)

    def differs_from(self, other: Article) -> list[str]:
        """Return the names of the parts in which the two are not the same."""
        names = [*self.content, *(name for name in other.content if name not in self.content)]
        return [name for name in names if self.content.get(name) != other.content.get(name)]


def article(kind: str, key: str) -> Article:
    """Return the article as it is now."""
    shape = KINDS[kind]
    if isinstance(shape, Listing):
        return Article.of(kind, "", {"rows": shape.dump()})
    return Article.of(kind, key, shape.dump(shape.row(key)))


def address_of(row: Model) -> tuple[str, str]:
    """Return kind and key of the article that the row is, or is a part of."""
    for kind, shape in KINDS.items():
        if not isinstance(shape, Listing):
            if isinstance(row, shape.model):
                return kind, shape.key_of(row)
        elif isinstance(row, shape.rows.model):
            above = getattr(row, shape.owner) if shape.owner else None
            return (kind, "") if above is None else address_of(above)
    raise TypeError(f"{type(row).__name__} belongs to no article")


def rows_of(kind: str, key: str) -> list[Any]:
    """Return the rows that the article is made of, without what hangs on them."""
    shape = KINDS[kind]
    return list(shape.queryset()) if isinstance(shape, Listing) else [shape.row(key)]


def record(articles: list[Article], *, act: Revision.Act, by: User | None = None, note: str = "") -> None:
    """Keep what the articles are now, with who did what to them and why; pages are made anew."""
    content_changed()
    Revision.objects.bulk_create(
        Revision(kind=one.kind, key=one.key, act=act, person=by, note=note, content=one.content) for one in articles
    )


def changed(row: Model, *, act: Revision.Act = Revision.Act.WRITTEN, by: User | None = None, note: str = "") -> None:
    """Keep the row's article after a change, and let search find it; saving without changing anything is no change."""
    reindex(rows_of(*address_of(row)))
    now = article(*address_of(row))
    last = Revision.objects.of(*now.address).first()
    if act == Revision.Act.WRITTEN and not note and last is not None and last.content == now.content:
        return
    record([now], act=act, by=by, note=note)


def keep_as_found(row: Model) -> None:
    """Before the first change: keep what is there, unless a version of it is kept already."""
    address = address_of(row)
    if not Revision.objects.of(*address).exists():
        record([article(*address)], act=Revision.Act.FOUND)


@transaction.atomic
def delete(row: Model, *, by: User | None = None) -> None:
    """Delete a row. Of an article, keep what it was; of a part of one, keep what the article is without it."""
    kind, key = address_of(row)
    shape = KINDS[kind]
    is_part = isinstance(shape, Listing) or not isinstance(row, shape.model)
    if is_part:
        keep_as_found(row)
    else:
        record([article(kind, key)], act=Revision.Act.DELETED, by=by)
    row.delete()
    if is_part:
        record([article(kind, key)], act=Revision.Act.WRITTEN, by=by)
