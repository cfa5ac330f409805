"""Marking messages as read, and noting how many wait."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from notifications.models import Notification
from notifications.models.outbox import NotificationQuerySet


def mark_seen(*, person: User, uuids: Collection[UUID], now: datetime) -> int:
    """Mark these messages of the person as read; return how many were new. Marking twice is marking once."""
    return _mark(person, Notification.objects.visible_to(person).filter(uuid__in=uuids), now)


def mark_all_seen(*, person: User, until: datetime, now: datetime) -> int:
    """Mark what came up to `until`: what the person had before their eyes, and nothing that came since."""
    return _mark(person, Notification.objects.visible_to(person).filter(created_at__lte=until), now)


def note_unread(people: Collection[int] | None = None, *, now: datetime) -> None:
    """Keep with these people how many messages wait, so that no page asks; None: all of whom some were noted.

    One statement. It is repeated every hour, as messages no longer call after a month.
    """
    whose = User.objects.filter(unread_messages__gt=0) if people is None else User.objects.filter(pk__in=people)
    waiting = Notification.objects.filter(person=OuterRef("pk")).unread(now).order_by().values("person")
    count = Subquery(waiting.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    whose.update(unread_messages=Coalesce(count, 0))


@transaction.atomic
def _mark(person: User, rows: NotificationQuerySet, now: datetime) -> int:
    fresh = rows.in_inbox().filter(seen_at=None)
    count = Notification.objects.filter(pk__in=fresh.values("pk")).update(seen_at=now)
    note_unread([person.pk], now=now)
    return count
