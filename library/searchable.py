"""What search can find. Each app registers its kinds in `AppConfig.ready`, as `notifications.kinds` does.

A kind says which rows there are, how one of them reads, and where it leads. Whether a viewer may find a
row is asked of the row's own `visible_to` at every search, so publishing and withdrawing need no new index.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter
from typing import Any

from django.db.models import Model, Q, QuerySet

from core.errors import Text
from core.visibility import Viewer


@dataclass(frozen=True)
class Description:
    """How a row reads in the active language. Only what its page shows to everybody who may see the row.

    `key` is what `Searchable.address` needs; `body` holds one paragraph each.
    """

    key: str
    title: str
    line: str = ""
    body: Iterable[str] = ()
    grade: str = ""


@dataclass(frozen=True)
class Searchable:
    """`rank` orders equal hits; `weight` is how much a hit counts beside those of other kinds, in percent.

    `rows` brings what `describe` reads, in a fixed number of queries. `parts` names models whose rows are
    described with another row, with the attribute that leads there. `has_names`: the title is the row's own.
    """

    kind: str
    label: Text
    rank: int
    weight: int
    model: type[Any]
    rows: Callable[[], Any]
    describe: Callable[[Any], Description]
    address: Callable[[str], str]
    parts: Mapping[type[Model], str] = field(default_factory=dict)
    has_names: bool = True

    def owner_of(self, row: Any) -> Any | None:
        """Return the row of this kind that is described anew when `row` changes."""
        if isinstance(row, self.model):
            return row
        path = self.parts.get(type(row))
        return attrgetter(path)(row) if path else None

    def rows_of(self, keys: set[int]) -> list[Any]:
        """Return the rows with these keys that there still are."""
        rows = self.rows()
        if isinstance(rows, QuerySet):
            rows = rows.filter(pk__in=keys)
        return [row for row in rows if row.pk in keys]

    def seen_by(self, viewer: Viewer) -> Q:
        """Return the condition on a search document of this kind; pages without rows are for everybody."""
        if not issubclass(self.model, Model):
            return Q(kind=self.kind)
        rows = self.model._default_manager.visible_to(viewer)  # type: ignore[attr-defined] # noqa: SLF001
        return Q(kind=self.kind, object_id__in=rows.order_by().values("pk"))


_kinds: dict[str, Searchable] = {}


def register(kind: Searchable) -> None:
    """Make a kind known; called from `AppConfig.ready` of the app that owns its rows."""
    _kinds[kind.kind] = kind


def get(name: str) -> Searchable:
    return _kinds[name]


def all_kinds() -> list[Searchable]:
    """Return every kind, in the order of their rank."""
    return sorted(_kinds.values(), key=attrgetter("rank"))
