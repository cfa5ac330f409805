"""What a row's UUID looks like in a text that the database makes."""

from typing import Any

from django.db.models import CharField, Func

PARTS = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))  # first letter and length; SQLite keeps it without dashes


class Spelled(Func):
    """A UUID as `str` writes it, with dashes."""

    template = "CAST(%(expressions)s AS text)"
    output_field = CharField()
    arity = 1

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, values = compiler.compile(self.source_expressions[0])
        parts = " || '-' || ".join(f"substr({column}, {start}, {length})" for start, length in PARTS)
        return f"({parts})", tuple(values) * len(PARTS)
