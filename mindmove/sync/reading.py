"""What is told of the things on a page, read in bulk, all as of one moment."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from accounts.shadow import Name
from mindmove.sync.kinds import KINDS

type Contents = dict[Name, tuple[str, Any]]


def contents_of(names: list[Name], person: User, *, today: date) -> Contents:
    """Return version and data of each that the person may see now: a few queries for each kind, however many."""
    keys: dict[str, list[str]] = defaultdict(list)
    for kind, key in names:
        keys[kind].append(key)
    found: Contents = {}
    if not keys:
        return found
    with one_moment():
        for kind, some in keys.items():
            for key, content in KINDS[kind].contents(person, today, some).items():
                found[kind, key] = content
    return found


@contextmanager
def one_moment() -> Iterator[None]:
    """Read everything in the block as it was in one moment, so that a version belongs to what is told with it.

    SQLite does so in every transaction. Inside another transaction it is left to that one.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost and connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
