"""Emptying the tables after a test with real transactions: only what holds rows, row by row while they are few.

PostgreSQL takes seconds to truncate a hundred and thirty tables, mostly empty ones. What `migrate` would write again at
once, the kinds of content and their permissions, stays. The log of acts refuses to lose a row, which is what a flush
asks of it: on SQLite its triggers are lifted for that, on PostgreSQL truncating passes them.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection

TRIGGERS = import_module("moderation.migrations.0002_log_stays").SQLITE
LOG = "moderation_actionlog"
WRITTEN_BY_MIGRATE = {"django_content_type", "auth_permission"}
FEW = 500  # rows of one table; deleting asks once a row whether somebody points to it, truncating does not


@contextmanager
def only_what_holds_rows() -> Iterator[None]:
    """Let a flush of this database empty what holds rows."""
    operations = type(connection.ops)
    usual: Callable[..., list[str]] = operations.sql_flush

    def flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        emptied = set(tables) - WRITTEN_BY_MIGRATE
        rows = _rows(sorted(emptied))
        if connection.vendor == "sqlite":
            statements = [f"DELETE FROM {self.quote_name(table)}" for table in rows]
            return _with_log(statements) if LOG in rows else statements
        if LOG in rows or any(count > FEW for count in rows.values()):
            return usual(self, style, emptied, **options)
        return [f"DELETE FROM {self.quote_name(table)}" for table in rows]

    operations.sql_flush = flush  # type: ignore[method-assign]
    try:
        yield
    finally:
        operations.sql_flush = usual  # type: ignore[method-assign]


def _rows(tables: list[str]) -> dict[str, int]:
    """Return table → how many rows it holds, up to one more than few, of those that hold any."""
    if not tables:
        return {}
    quote = connection.ops.quote_name
    asked = [
        f"SELECT '{table}', (SELECT count(*) FROM (SELECT 1 FROM {quote(table)} LIMIT {FEW + 1}) held)"
        for table in tables
    ]
    with connection.cursor() as cursor:
        found: dict[str, int] = {}
        for at in range(0, len(asked), 100):  # SQLite joins so many questions at most
            cursor.execute(" UNION ALL ".join(asked[at : at + 100]))
            found |= dict(cursor.fetchall())
    return {table: count for table, count in found.items() if count}


def _with_log(statements: list[str]) -> list[str]:
    """Lift the triggers of the log for these statements, and set them again in the same transaction."""
    lifted = [f"DROP TRIGGER moderation_log_no_{verb}" for verb in ("update", "delete")]
    return [*lifted, *statements, *TRIGGERS]
