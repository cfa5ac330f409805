"""The session engine: a session and whose it is are read in one query, where the framework's own takes two."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.utils.crypto import constant_time_compare

from accounts.models import AccountSession, User


class SessionStore(db.SessionStore):
    """Sessions in the database, as `django.contrib.sessions.backends.db` keeps them, with their person."""

    row: AccountSession | None = None  # as it was read

    @classmethod
    def get_model_class(cls) -> type[AccountSession]:
        return AccountSession

    def create_model_instance(self, data: dict[str, Any]) -> AccountSession:
        made = cast("AccountSession", super().create_model_instance(data))
        made.person_id = data.get(SESSION_KEY)
        return made

    def _get_session_from_db(self) -> AccountSession | None:
        self.row = super()._get_session_from_db()  # type: ignore[misc] # not in the stubs
        return self.row


def person_of(session: SessionBase) -> User | None:
    """Return whose session it is, who came with it, or None where `django.contrib.auth.get_user` has to tell.

    What that asks is asked here as well: a backend that is in use and lets the person in, and the hash of the password
    they have now. Whatever is not plain is left to it: a hash of an older key, a person of yesterday.
    """
    said = session.get(HASH_SESSION_KEY, "")
    row = session.row if isinstance(session, SessionStore) else None
    if row is None or row.person is None or str(row.person.pk) != session.get(SESSION_KEY):
        return None
    path = session.get(BACKEND_SESSION_KEY)
    backend = load_backend(path) if path in settings.AUTHENTICATION_BACKENDS else None
    if not isinstance(backend, ModelBackend) or not backend.user_can_authenticate(row.person):
        return None
    return row.person if constant_time_compare(said, row.person.get_session_auth_hash()) else None
