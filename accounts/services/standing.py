"""Letting an account rest, closing it, and opening it again. Who decides so, and why, `moderation` knows."""

from datetime import datetime

from allauth.usersessions.models import UserSession

from accounts.models import User
from accounts.services.credentials import end_sessions


def rest(*, person: User, until: datetime | None) -> None:
    """Let the person read and leave, and not take part, until then; None ends it."""
    person.suspended_until = until
    person.save(update_fields=["suspended_until"])


def close(*, person: User, now: datetime) -> None:
    """Close the account: nobody sees the person any more, and they are signed out wherever they are signed in."""
    person.is_active, person.banned_at = False, now
    person.save(update_fields=["is_active", "banned_at"])
    end_sessions(UserSession.objects.filter(user=person), now=now)


def reopen(*, person: User) -> None:
    """Open a closed account again. One whose person asked for its deletion stays closed, for them to keep."""
    if person.banned_at is None:
        return
    person.is_active, person.banned_at = not person.is_leaving, None
    person.save(update_fields=["is_active", "banned_at"])
