"""Rows that hang on a row, brought along by its own query: each is an array of JSON, and all of them are one text."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model, QuerySet, Subquery, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, JSONArray


class Gathered(Subquery):
    """The one column `part` of every row of an ordered query, joined to one text; None where there is no row.

    In a table of its own, because an aggregate that takes an order is newer than the oldest SQLite that serves.
    """

    template = "(SELECT GROUP_CONCAT(gathered.part, '%(between)s') FROM (%(subquery)s) gathered)"
    output_field = TextField()

    def __init__(self, rows: QuerySet[Any], *, between: str = " ") -> None:
        super().__init__(rows, between=between)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        template = "(SELECT STRING_AGG(gathered.part, '%(between)s') FROM (%(subquery)s) gathered)"
        return self.as_sql(compiler, connection, template=template, **extra)


def part_of(*columns: Any) -> Combinable:
    """Return what is gathered of a row: the text of an array of these columns."""
    return Cast(JSONArray(*columns), TextField())


def gathered(rows: QuerySet[Any], *columns: str) -> Combinable:
    """Return these columns of each of some ordered rows, for `read`."""
    return Gathered(QuerySet.values(rows, part=part_of(*columns)), between=",")


def read(text: str | None) -> list[list[Any]]:
    """Return what was `gathered`: a list of values for each row, with numbers as exact as they were."""
    rows: list[list[Any]] = json.loads(f"[{text or ''}]", parse_float=Decimal)
    return rows


def columns_of(model: type[Model]) -> list[str]:
    """Return all columns of a model, of which `gathered` rows can be made again."""
    return [field.attname for field in model._meta.concrete_fields]  # noqa: SLF001 - documented API


def made[M: Model](model: type[M], columns: Sequence[str], values: Sequence[Any]) -> M:
    """Return the row that these values were gathered of; other columns are looked up when they are asked for."""
    known = dict(zip(columns, values, strict=True))
    fields = [field for field in model._meta.concrete_fields if field.attname in known]  # noqa: SLF001
    names = [field.attname for field in fields]  # in the order of the model, which is that of its constructor
    return model.from_db(DEFAULT_DB_ALIAS, names, [field.to_python(known[field.attname]) for field in fields])
