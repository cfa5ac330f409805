"""A version of a row: a digest, made by the database, of exactly the columns that its shape shows.

A shape is a serializer. A field that reads a column is found here by itself; of any other, the kind says what it is
made from, or making the version fails.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ImproperlyConfigured
from django.db.models import Case, Exists, F, Model, OuterRef, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import MD5
from rest_framework.serializers import Serializer

from core.gathered import Gathered, part_of

type Parts = Mapping[str, Combinable]


def is_set(column: str) -> Combinable:
    """Return whether a column holds anything: for what shows only that."""
    return Case(When(**{f"{column}__isnull": False}, then=Value(1)), default=Value(0))


def version_of(shape: type[Serializer[Any]], model: type[Model], parts: Parts) -> Combinable:
    """Return the digest of everything that `shape` shows of a row of `model`.

    MD5, because it is the one that both databases make of a text as it is; it guards nothing, it tells apart.
    """
    return MD5(_text_of(shape, model, parts))


def gathered(shape: type[Serializer[Any]], rows: QuerySet[Any], parts: Parts | None = None) -> Combinable:
    """Return what `shape` shows of each of some ordered rows, for the version of what they belong to."""
    return Gathered(QuerySet.values(rows, part=_text_of(shape, rows.model, parts or {})))


def linked(rows: Any, relation: Any, field: str, to: str) -> Any:
    """Return those of `rows` that the row around this query is linked to, in the order in which they were made."""
    links = relation.through.objects.filter(**{field: OuterRef(OuterRef("pk")), to: OuterRef("pk")})
    return rows.filter(Exists(links)).order_by("pk")


def _text_of(shape: type[Serializer[Any]], model: type[Model], parts: Parts) -> Combinable:
    sources = _sources(shape)
    unknown = set(parts) - set(sources)
    if unknown:
        raise ImproperlyConfigured(f"{shape.__name__} has no {', '.join(sorted(unknown))}")
    paths = _columns(shape, model, frozenset(parts))
    return part_of(*(parts[name] if name in parts else F(paths[name]) for name in sources))


@cache
def _sources(shape: type[Serializer[Any]]) -> dict[str, str]:
    """Return field → what it reads; a shape is taken apart once."""
    return {name: str(field.source) for name, field in shape().fields.items()}


@cache
def _columns(shape: type[Serializer[Any]], model: type[Model], known: frozenset[str]) -> dict[str, str]:
    """Return field → path of its column, but for those whose parts are known."""
    return {name: _column(shape, model, name, source) for name, source in _sources(shape).items() if name not in known}


def _column(shape: type[Serializer[Any]], model: type[Model], name: str, source: str) -> str:
    path = source.split(".")
    at: Any = model
    try:
        for step in path:
            at = at._meta.get_field(step).related_model or step  # noqa: SLF001
    except (FieldDoesNotExist, AttributeError) as error:
        raise ImproperlyConfigured(f"What is {shape.__name__}.{name} made from? It is no column.") from error
    return "__".join(path)
