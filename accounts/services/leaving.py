"""Asking for one's account to be deleted, and keeping it after all: there are seven days to change one's mind.

Meanwhile the account is closed, so that nobody sees the person and nothing is sent to them but what they are owed.
Their own sessions show them one page, by which they keep it.
"""

from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import transaction

from accounts.endings import announce_leaving, announce_new_password
from accounts.models import User
from accounts.services.credentials import end_sessions
from accounts.services.profile import lock_person
from accounts.services.tokens import revoke_tokens

TO_THINK = timedelta(days=7)
BACKEND = "accounts.backends.LeavingToo"


@transaction.atomic
def ask_to_leave(*, person: User, kept: SessionBase | None, now: datetime) -> datetime:
    """Close the account, to be deleted in seven days; return when. Asking twice is asking once.

    Ends every session but `kept`, every token, and what else the account lets somebody in with.
    """
    locked = lock_person(person)
    if locked.erase_at is None:
        locked.erase_at, locked.is_active = now + TO_THINK, False
        locked.save(update_fields=["erase_at", "is_active"])
        others = UserSession.objects.filter(user=locked)
        end_sessions(others.exclude(session_key=kept.session_key) if kept and kept.session_key else others, now=now)
        revoke_tokens(person=locked, now=now)
        announce_new_password(locked, None, now)
        announce_leaving(locked, now)
    if kept is not None:
        kept[BACKEND_SESSION_KEY] = BACKEND  # the usual one knows open accounts only
        try:
            kept.save()
        except UpdateError:  # another device has ended it meanwhile
            kept.flush()
    person.erase_at, person.is_active = locked.erase_at, locked.is_active
    return locked.erase_at


@transaction.atomic
def stay(*, person: User) -> None:
    """Keep the account: it opens again, as long as moderators have not closed it. Twice is once."""
    locked = lock_person(person)
    if locked.erase_at is not None:
        locked.erase_at, locked.is_active = None, locked.banned_at is None
        locked.save(update_fields=["erase_at", "is_active"])
    person.erase_at, person.is_active = locked.erase_at, locked.is_active
