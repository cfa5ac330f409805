"""Rows that were looked up and locked in one, so that the service they are handed to does not lock and read them again.

A service trusts no row: it may have been read long ago, and a lock ends with its transaction. It trusts the very object
that was read under its lock in the transaction that is still going on, and once: whoever asks again may have changed
it, and reads the row anew.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import models, transaction

_held: ContextVar[list[models.Model]] = ContextVar("held")


@contextmanager
def holding() -> Iterator[None]:
    """A transaction in which rows are held; with it ends what is known of their locks."""
    token = _held.set([])
    try:
        with transaction.atomic():
            yield
    finally:
        _held.reset(token)


def hold[M: models.Model](row: M) -> M:
    """Remember a row that was just read with its lock, in the transaction of `holding` itself. Fails without one."""
    _held.get().append(row)
    return row


def was_held(row: models.Model) -> bool:
    """Whether this very object was read under a lock that we still have. It is asked once: then it may be changed."""
    held = _held.get([])
    kept = [one for one in held if one is not row]
    is_held = len(kept) < len(held)
    held[:] = kept
    return is_held
