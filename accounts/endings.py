"""Who wants to know that something of a person ends. Apps above register here when they start."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User

type OfPassword = Callable[[User, SessionBase | None, datetime], None]
type OfSessions = Callable[[Collection[str], datetime], None]
type OfKeys = Callable[[Collection[str], str | None], None]
type OfAccount = Callable[[User, datetime], None]

_of_password: list[OfPassword] = []
_of_sessions: list[OfSessions] = []
_of_keys: list[OfKeys] = []
_of_leaving: list[OfAccount] = []
_of_erasure: list[OfAccount] = []


def on_new_password(listener: OfPassword) -> None:
    """Call `listener(person, session that stays, now)` in the transaction that gives somebody a new password."""
    if listener not in _of_password:
        _of_password.append(listener)


def on_session_end(listener: OfSessions) -> None:
    """Call `listener(keys, now)` when sessions are ended: signed out, or from elsewhere."""
    if listener not in _of_sessions:
        _of_sessions.append(listener)


def on_new_key(listener: OfKeys) -> None:
    """Call `listener(old ones, new)` when a session goes on under another key, or some ended of old age (None)."""
    if listener not in _of_keys:
        _of_keys.append(listener)


def on_leaving(listener: OfAccount) -> None:
    """Call `listener(person, now)` in the transaction in which somebody asks for their account to be deleted."""
    if listener not in _of_leaving:
        _of_leaving.append(listener)


def on_erasure(listener: OfAccount) -> None:
    """Call `listener(person, now)` in the transaction that deletes somebody, while they are still there.

    For what the database does not do by itself when the row of a person goes. It may be called again for somebody
    whose deletion was broken off, from where it was before.
    """
    if listener not in _of_erasure:
        _of_erasure.append(listener)


def announce_new_password(person: User, kept: SessionBase | None, now: datetime) -> None:
    for listener in _of_password:
        listener(person, kept, now)


def announce_session_end(keys: Collection[str], now: datetime) -> None:
    for listener in _of_sessions:
        listener(keys, now)


def announce_new_key(old: Collection[str], new: str | None) -> None:
    for listener in _of_keys:
        listener(old, new)


def announce_leaving(person: User, now: datetime) -> None:
    for listener in _of_leaving:
        listener(person, now)


def announce_erasure(person: User, now: datetime) -> None:
    for listener in _of_erasure:
        listener(person, now)
