"""Who wants to know that credentials of a person end. Apps above register here when they start."""

from collections.abc import Callable
from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User

type OfPassword = Callable[[User, SessionBase | None, datetime], None]
type OfSession = Callable[[SessionBase, datetime], None]

_of_password: list[OfPassword] = []
_of_session: list[OfSession] = []


def on_new_password(listener: OfPassword) -> None:
    """Call `listener(person, session that stays, now)` in the transaction that gives somebody a new password."""
    if listener not in _of_password:
        _of_password.append(listener)


def on_session_end(listener: OfSession) -> None:
    """Call `listener(session, now)` before a session is ended from elsewhere."""
    if listener not in _of_session:
        _of_session.append(listener)


def announce_new_password(person: User, kept: SessionBase | None, now: datetime) -> None:
    for listener in _of_password:
        listener(person, kept, now)


def announce_session_end(session: SessionBase, now: datetime) -> None:
    for listener in _of_session:
        listener(session, now)
