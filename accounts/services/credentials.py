"""What ends when: promise A9.

Signing out ends that session, and signing out everywhere else the other ones. A new password ends every other session,
every access token (each is bound to the password, see `AccessToken`), and what apps above let somebody in with. An
account that is closed or gone opens nothing: each door asks for an open one.
"""

from collections.abc import Iterable
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from accounts.endings import announce_new_password
from accounts.models import AccountSession, User
from accounts.sessions import forget_of_old_age


@transaction.atomic
def end_sessions(sessions: Iterable[UserSession], *, now: datetime) -> None:
    """End sessions, with what hangs on each: the messages of a browser or an app, for example."""
    for session in sessions:
        session.end()


@transaction.atomic
def end_with_password(*, person: User, kept: SessionBase | None, now: datetime) -> None:
    """The person has a new password: end all that the old one opened but the session it was changed in."""
    others = UserSession.objects.filter(user=person)
    end_sessions(others.exclude(session_key=kept.session_key) if kept and kept.session_key else others, now=now)
    announce_new_password(person, kept, now)


@transaction.atomic
def forget_sessions(*, now: datetime) -> None:
    """Delete the sessions that are over, and what was noted of where they came from."""
    forget_of_old_age(now)
    Session.objects.all().delete()  # of the release before `AccountSession`, which reads them until it is replaced
    there = AccountSession.objects.filter(session_key=OuterRef("session_key"))
    UserSession.objects.filter(~Exists(there)).delete()
