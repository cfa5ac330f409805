"""What the cache's table holds: fingerprints in place of keys, since a key may name an address."""

from datetime import datetime
from typing import Any

from django.core.cache.backends.db import DatabaseCache
from django.db import connections
from django.utils.crypto import salted_hmac


def hashed_key(key: str, key_prefix: str, version: int) -> str:
    """Return the name under which a key is stored (Django's `KEY_FUNCTION`)."""
    return salted_hmac("core.cache", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()


class CounterCache(DatabaseCache):
    """A full table gives up what would expire soonest; Django's own gives up whatever sorts first.

    So nobody pushes out the counter of an account that is being guessed at by filling the table with other counters.
    """

    def _cull(self, db: str, cursor: Any, now: datetime, num: int) -> None:
        connection = connections[db]
        table, expires = (connection.ops.quote_name(name) for name in (self._table, "expires"))  # type: ignore[attr-defined]
        moment = connection.ops.adapt_datetimefield_value(now)
        cursor.execute(f"DELETE FROM {table} WHERE {expires} < %s", [moment])  # noqa: S608 - names of ours
        left = num - cursor.rowcount
        if left > self._max_entries:
            nth = f"SELECT {expires} FROM {table} ORDER BY {expires} LIMIT 1 OFFSET %s"  # noqa: S608
            cursor.execute(f"DELETE FROM {table} WHERE {expires} <= ({nth})", [left // self._cull_frequency])  # noqa: S608
