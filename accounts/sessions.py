"""The session engine: a session and whose it is are read in one query, where the framework's own takes two."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any, cast

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, load_backend
from django.contrib.auth.backends import ModelBackend
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, transaction
from django.utils.crypto import constant_time_compare

from accounts.endings import announce_new_key, announce_session_end
from accounts.models import AccountSession, User
from core import clock

# Whose it is, all empty for a visitor's. A statement of our own, since it is asked before every answer: the ORM takes
# longer to write one than a database to answer it. Columns are named: an upgrade adds some while this still runs.
PERSON = ", ".join(f"accounts_user.{field.column}" for field in User._meta.concrete_fields)  # noqa: SLF001 - documented
WHOSE = f"""
SELECT {PERSON}, said.session_data, said.expire_date <= %s AS is_worn
FROM accounts_accountsession said LEFT JOIN accounts_user ON accounts_user.id = said.person_id
WHERE said.session_key = %s AND said.expire_date > %s
"""  # noqa: S608 - names of our own columns
AGE, AN_HOUR = timedelta(seconds=settings.SESSION_COOKIE_AGE), timedelta(hours=1)
log = logging.getLogger(__name__)


class SessionStore(db.SessionStore):
    """Sessions in the database, as `django.contrib.sessions.backends.db` keeps them, with their person.

    One that lets somebody in goes on: it ends `SESSION_COOKIE_AGE` after it was last used. That of staff is not
    prolonged by being used.
    """

    person: User | None = None  # as they were read with it
    is_worn = False  # it was not prolonged for an hour
    is_prolonged = False  # it was just now: the browser's cookie is to be as well

    @classmethod
    def get_model_class(cls) -> type[AccountSession]:
        return AccountSession

    def create_model_instance(self, data: dict[str, Any]) -> AccountSession:
        made = cast("AccountSession", super().create_model_instance(data))
        made.person_id = data.get(SESSION_KEY)
        return made

    def load(self) -> dict[str, Any]:
        """Return what the session holds: nothing, and it has no key any more, where there is none or it is over."""
        key, now = self.session_key or "", clock.now()
        found: Any = []
        if "\0" not in key:  # which no database takes
            found = User.objects.raw(WHOSE, [now + AGE - AN_HOUR, key, now])
        read = next(iter(found), None)
        if read is None:
            self._session_key = self.person = None
            return {}
        said, is_worn = vars(read).pop("session_data"), vars(read).pop("is_worn")  # for nobody who is handed the person
        self.person, self.is_worn = read if read.pk else None, bool(is_worn)
        return self.decode(said)

    def cycle_key(self) -> None:
        """Go on under a new key, with what hangs on the session."""
        said, old = self._session, self.session_key  # type: ignore[attr-defined]
        self.create()
        self._session_cache = said
        if old:
            announce_new_key([old], self.session_key)
            self.delete(old)

    def delete(self, session_key: str | None = None) -> None:
        """End it: every way out of a session leads here, but that it was not used for long (`forget_sessions`)."""
        key = session_key or self.session_key
        super().delete(key)
        if key:
            announce_session_end([key], clock.now())

    @classmethod
    def clear_expired(cls) -> None:
        """Delete those that ended of old age (`manage.py clearsessions`)."""
        forget_of_old_age(clock.now())

    def go_on(self) -> None:
        """Prolong it for whom it lets in, where that was not done for an hour. It is a favour: nothing fails for it."""
        if not self.is_worn or self.person is None or self.person.is_staff:
            return
        self.is_worn, now = False, clock.now()
        worn = AccountSession.objects.filter(session_key=self.session_key, expire_date__lte=now + AGE - AN_HOUR)
        try:
            with transaction.atomic():
                self.is_prolonged = bool(worn.update(expire_date=now + AGE))
        except DatabaseError:
            log.warning("a session was not prolonged", exc_info=True)


def forget_of_old_age(now: datetime) -> None:
    """Delete the sessions that nobody used for so long that they are over; what hangs on them stays without."""
    over = AccountSession.objects.filter(expire_date__lte=now)
    with transaction.atomic():
        # Locked, so that one that is used at this moment goes on with what hangs on it.
        keys = list(over.exclude(person=None).select_for_update().values_list("session_key", flat=True))
        announce_new_key(keys, None)
        over.delete()


def person_of(session: SessionBase) -> User | None:
    """Return whose session it is, who came with it, or None where `django.contrib.auth.get_user` has to tell.

    What that asks is asked here as well: a backend that is in use and lets the person in, and the hash of the password
    they have now. Whatever is not plain is left to it: a hash of an older key, a person of yesterday.
    """
    said = session.get(HASH_SESSION_KEY, "")
    person = session.person if isinstance(session, SessionStore) else None
    if person is None or str(person.pk) != session.get(SESSION_KEY):
        return None
    path = session.get(BACKEND_SESSION_KEY)
    backend = load_backend(path) if path in settings.AUTHENTICATION_BACKENDS else None
    if not isinstance(backend, ModelBackend) or not backend.user_can_authenticate(person):
        return None
    if not constant_time_compare(said, person.get_session_auth_hash()):
        return None
    cast("SessionStore", session).go_on()
    return person
