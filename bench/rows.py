"""A database of its own for a measurement, and many rows in it at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models


@contextmanager
def own_database() -> Iterator[None]:
    """Work in a new database beside the configured one, and throw it away."""
    usual = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        yield
    finally:
        connection.creation.destroy_test_db(usual, verbosity=0)


def multiply(row: models.Model, first: int, last: int, **columns: str) -> None:
    """Insert copies of a row under the keys first … last; `columns` are SQL expressions that may use `n.i`."""
    about = row._meta  # noqa: SLF001 - Django's public name
    table, names = about.db_table, [field.column for field in about.concrete_fields]
    taken = {"id": "n.i", "uuid": random_uuid()} | columns
    values = ", ".join(taken.get(name, f'r."{name}"') for name in names)
    numbers = f"WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last})"
    listed = ", ".join(f'"{name}"' for name in names)
    sql = f'INSERT INTO "{table}" ({listed}) {numbers} SELECT {values} FROM n, "{table}" r WHERE r.id = {row.pk}'
    execute(sql)


def random_uuid() -> str:
    return "gen_random_uuid()" if connection.vendor == "postgresql" else "lower(hex(randomblob(16)))"


def execute(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values or None)


def analyze() -> None:
    execute("ANALYZE")
