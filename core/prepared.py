"""Queries that many ask in the same words: written into SQL once, then asked with each one's own values.

A list that heeds who may see what takes the framework longer to put into SQL than the database takes to answer it.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from django.db import connections, models
from django.db.models.sql import Query
from django.utils.translation import get_language

type Value = int | datetime


class NotThatPlain(RuntimeError):
    """The query says more of a value than the value itself, or brings rows of others: it cannot be prepared."""


@dataclass(frozen=True)
class Written[M: models.Model]:
    """A query with its SQL, and at which places of its parameters which value stands."""

    rows: models.QuerySet[M]
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    places: dict[int, str]

    def with_values(self, values: dict[str, Value], using: str) -> models.QuerySet[M]:
        params, connection = list(self.params), connections[using]
        for place, name in self.places.items():
            params[place] = _adapted(values[name], params[place], connection)
        compiler = copy.copy(self.compiler)
        compiler.connection, compiler.as_sql = connection, lambda *_args, **_how: (self.sql, tuple(params))
        query = cast("_Compiled", copy.copy(self.rows.query))
        query.__class__ = _Compiled
        query.compiled = compiler
        found = self.rows.all()
        found.query = query
        return found


class _Compiled(Query):
    """A query that has its compiler already."""

    compiled: Any

    def get_compiler(self, *_args: Any, **_how: Any) -> Any:
        return self.compiled


class Prepared[M: models.Model]:
    """The first rows of what `make` returns for some values (keys, instants), each time without making it."""

    def __init__(self, make: Callable[..., models.QuerySet[M]], **kinds: type[Value]) -> None:
        self._make, self._kinds = make, kinds
        self._written: dict[tuple[Any, ...], Written[M]] = {}

    def first(self, most: int, **values: Value) -> list[M]:
        """Return what `make(**values)[:most]` would give."""
        using = "default"
        key = (connections[using].vendor, get_language(), most)
        if key not in self._written:
            self._written[key] = self._write(most, using)
        return list(self._written[key].with_values(values, using))

    def _write(self, most: int, using: str) -> Written[M]:
        """Make it twice with values that stand for others: all that differs must be those."""
        connection, found = connections[using], []
        for turn in (0, 1):
            values = {name: _stand_in(kind, 2 * n + turn) for n, (name, kind) in enumerate(self._kinds.items())}
            rows = self._make(**values)[:most]
            compiler = rows.query.get_compiler(using)
            sql, params = compiler.as_sql()
            found.append((rows, compiler, sql, params, _places(params, values, connection)))
        (rows, compiler, sql, params, places), (_rows, _compiler, other_sql, others, other_places) = found
        same = [place for place in range(len(params)) if place not in places]
        is_plain = sql == other_sql and places == other_places and all(params[n] == others[n] for n in same)
        if not is_plain or set(places.values()) != set(self._kinds) or rows._prefetch_related_lookups:  # type: ignore[attr-defined] # noqa: SLF001
            raise NotThatPlain(sql)
        compiler.connection = None  # each thread has its own
        return Written(rows, compiler, sql, tuple(params), places)


def _stand_in(kind: type[Value], number: int) -> Value:
    """Return a value that no query has of itself."""
    if kind is datetime:
        return datetime(1883, 11, 18, 12, 3, 58, 271_828, UTC) + timedelta(days=number)
    return 8_271_828_182_845_904 + number


def _places(params: Sequence[Any], values: dict[str, Value], connection: Any) -> dict[int, str]:
    return {
        place: name
        for place, param in enumerate(params)
        for name, value in values.items()
        if param == _adapted(value, param, connection)
    }


def _adapted(value: Value, param: Any, connection: Any) -> Any:
    """Return a value as the database's driver wants it in the place of a parameter."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return type(param)(value) if isinstance(param, int) and not isinstance(param, bool) else value
