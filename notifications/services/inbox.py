"""Marking messages as read, and noting how many wait."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from accounts.models import User
from accounts.services.people import lock_people
from notifications.models import Notification
from notifications.models.outbox import NotificationQuerySet

AT_ONCE = 500


def mark_seen(*, person: User, uuids: Collection[UUID], now: datetime) -> int:
    """Mark these messages of the person as read; return how many were new. Marking twice is marking once."""
    return _mark(person, Notification.objects.visible_to(person).filter(uuid__in=uuids), now)


def mark_all_seen(*, person: User, until: datetime, now: datetime) -> int:
    """Mark what came up to `until`: what the person had before their eyes, and nothing that came since."""
    return _mark(person, Notification.objects.visible_to(person).filter(created_at__lte=until), now)


def note_unread(people: Collection[int], *, now: datetime) -> None:
    """Keep with these people, whom the caller has locked, how many messages wait, so that no page asks."""
    waiting = Notification.objects.filter(person=OuterRef("pk")).unread(now).order_by().values("person")
    count = Subquery(waiting.annotate(n=Count("pk")).values("n"), output_field=IntegerField())
    User.objects.filter(pk__in=people).update(unread_messages=Coalesce(count, 0))


def note_all_unread(*, now: datetime) -> None:
    """Count again for all of whom some were noted, as messages no longer call after a month."""
    last = 0
    while people := _noted_after(last):
        with transaction.atomic():
            lock_people(people)
            note_unread(people, now=now)
        last = people[-1]


def _noted_after(last: int) -> list[int]:
    noted = User.objects.filter(unread_messages__gt=0, pk__gt=last).order_by("pk")
    return list(noted.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _mark(person: User, rows: NotificationQuerySet, now: datetime) -> int:
    lock_people([person.pk])
    fresh = rows.in_inbox().filter(seen_at=None)
    count = Notification.objects.filter(pk__in=fresh.values("pk")).update(seen_at=now)
    note_unread([person.pk], now=now)
    return count
