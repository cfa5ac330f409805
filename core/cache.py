"""What the cache's table holds: fingerprints in place of keys, since a key may name an address."""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections, models, router
from django.utils.crypto import salted_hmac


def hashed_key(key: str, key_prefix: str, version: int) -> str:
    """Return the name under which a key is stored (Django's `KEY_FUNCTION`)."""
    return salted_hmac("core.cache", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()


class CounterCache(DatabaseCache):
    """A full table gives up what would expire soonest; Django's own gives up whatever sorts first.

    So nobody pushes out the counter of an account that is being guessed at by filling the table with other counters.
    """

    def count_once_more(self, key: str, *, seconds: int, now: datetime) -> tuple[int, datetime]:
        """Return the count with this one, and when it begins anew: `seconds` after its first.

        One statement counts and reads, so of many at once no two get the same number.
        """
        connection = connections[router.db_for_write(self.cache_model_class)]
        quote = connection.ops.quote_name
        table, name, value, expires = (quote(word) for word in (self._table, "cache_key", "value", "expires"))  # type: ignore[attr-defined]
        until, moment = (
            connection.ops.adapt_datetimefield_value(instant) for instant in (now + timedelta(seconds=seconds), now)
        )
        is_over = f"{table}.{expires} <= %s"
        statement = (
            f"INSERT INTO {table} ({name}, {value}, {expires}) VALUES (%s, '1', %s) "  # noqa: S608 - names of ours
            f"ON CONFLICT ({name}) DO UPDATE SET "
            f"{value} = CASE WHEN {is_over} THEN '1' ELSE CAST(CAST({table}.{value} AS integer) + 1 AS text) END, "
            f"{expires} = CASE WHEN {is_over} THEN excluded.{expires} ELSE {table}.{expires} END "
            f"RETURNING {value}, {expires}"
        )
        with connection.cursor() as cursor:
            cursor.execute(statement, [self.make_and_validate_key(key), until, moment, moment])
            count, ends_at = cursor.fetchone()
            if int(count) == 1:
                self._cull_when_full(connection.alias, cursor, now)
        return int(count), _instant(ends_at, connection)

    def _cull_when_full(self, db: str, cursor: Any, now: datetime) -> None:
        cursor.execute(f"SELECT COUNT(*) FROM {connections[db].ops.quote_name(self._table)}")  # type: ignore[attr-defined] # noqa: S608
        if (rows := cursor.fetchone()[0]) > self._max_entries:
            self._cull(db, cursor, now, rows)

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        connection = connections[db]
        table, expires = (connection.ops.quote_name(name) for name in (self._table, "expires"))  # type: ignore[attr-defined]
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [moment])  # noqa: S608 - names of ours
        left = num - cursor.rowcount
        if left > self._max_entries:
            nth = f"SELECT {expires} FROM {table} ORDER BY {expires} LIMIT 1 OFFSET %s"  # noqa: S608
            cursor.execute(f"DELETE FROM {table} WHERE {expires} <= ({nth})", [left // self._cull_frequency])  # noqa: S608


def _instant(found: Any, connection: Any) -> datetime:
    """Return what a cursor gave for an instant, as the ORM would."""
    field = models.Expression(output_field=models.DateTimeField())
    for convert in [*connection.ops.get_db_converters(field), *field.get_db_converters(connection)]:
        found = convert(found, field, connection)
    return found  # type: ignore[no-any-return]
