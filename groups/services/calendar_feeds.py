"""The one secret address of a person's calendar. Only its hash is kept, so it is told once."""

import secrets
from datetime import datetime

from django.contrib.sessions.backends.base import SessionBase

from accounts.models import User
from groups.models import CalendarFeed
from notifications.tokens import hash_of


def make_feed(*, person: User, now: datetime) -> str:
    """Make the feed's secret, or a new one in place of the old, which ends at once. Return it."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.update_or_create(person=person, defaults={"token_hash": hash_of(token), "made_at": now})
    return token


def stop_feed(*, person: User) -> None:
    """End the feed; its address answers like one that never was."""
    CalendarFeed.objects.filter(person=person).delete()


def stop_feed_of(person: User, _kept: SessionBase | None, _now: datetime) -> None:
    """The person has a new password: whoever knew the old one may have made the feed, or read its address."""
    stop_feed(person=person)
