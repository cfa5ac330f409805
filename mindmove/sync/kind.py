"""What the kinds of things have in common that a device keeps."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date
from typing import Any, cast
from uuid import UUID

from django.db.models import F, Model, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Replace
from django.utils import timezone
from rest_framework import serializers

from accounts.models import User
from core.visibility import VisibilityQuerySet
from mindmove.sync.versions import Parts, version_of

type Rows = VisibilityQuerySet[Any]


@dataclass(frozen=True)
class Kind:
    """One kind of thing: which rows a person has, by what each is known, and what is told of it.

    `rows`: not all that they may see, but these of them. `related` and `detail` bring what the shape shows beside the
    row; `made_from` and `parts` say what the fields are made from that are no column of it.
    """

    name: str
    model: type[Model]
    shape: type[serializers.Serializer[Any]]
    rows: Callable[[User, date], Rows] | None = None
    lookup: str = "uuid"
    key: Combinable | None = None  # where it is more than the column `lookup`
    related: tuple[str, ...] = ()
    detail: Callable[[Rows, User], Iterable[Any]] | None = None
    made_from: Parts = field(default_factory=dict)
    parts: Callable[[User], Parts] | None = None

    def seen_by(self, person: User, today: date) -> Rows:
        """Return the rows that the person has and may see."""
        everything = cast("Rows", self.model._default_manager.all())  # noqa: SLF001
        return self.rows(person, today) if self.rows else everything.visible_to(person)

    def named(self, person: User, today: date) -> Rows:
        """Return them with kind and key, as all kinds name them, for one query over all."""
        key = self.key or Cast(F(self.lookup), TextField())
        if self.has_uuid:
            key = Replace(key, Value("-"), Value(""), output_field=TextField())  # SQLite writes them without
        kind = Value(self.name, output_field=TextField())
        return self.seen_by(person, today).order_by().annotate(sync_kind=kind, sync_key=key)

    def versions(self, person: User, today: date) -> Rows:
        """Return kind, key and version of everything."""
        parts = {**self.made_from, **(self.parts(person) if self.parts else {})}
        return self.named(person, today).annotate(sync_version=version_of(self.shape, self.model, parts))

    def contents(self, person: User, today: date, keys: list[str]) -> dict[str, tuple[str, Any]]:
        """Return key → version and data of those that the person may see now."""
        wanted: list[Any] = [UUID(key) for key in keys] if self.has_uuid else keys
        by = "sync_key" if self.key else self.lookup
        found = self.brought(self.versions(person, today).filter(**{f"{by}__in": wanted}), person)
        shape = self.shape()  # one for all: its fields are copied whenever it is made
        with timezone.override(UTC):
            return {row.sync_key: (row.sync_version, shape.to_representation(row)) for row in found}

    def brought(self, rows: Rows, person: User) -> Iterable[Any]:
        """Return the rows with everything that the shape shows beside them."""
        shared = rows.prefetch_related(*self.related)  # five hundred events have twenty groups: each is made once
        return self.detail(shared, person) if self.detail else shared

    @property
    def has_uuid(self) -> bool:
        return self.key is None and self.lookup.endswith("uuid")

    def public_key(self, key: str) -> str:
        """Return the key as it is told: a UUID with its hyphens, or the words of an address."""
        return str(UUID(key)) if self.has_uuid else key
