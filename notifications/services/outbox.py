"""Writing down that somebody is to be told something, in the transaction that caused it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from notifications.models import Delivery, Notification


@dataclass(frozen=True)
class Message:
    """One reason to tell one person something. See `notify`."""

    person_id: int
    kind: str
    about_id: str
    dedupe_key: str
    occurrence: str = ""
    expires_at: datetime | None = None


def notify(
    *,
    person: User,
    kind: str,
    about_id: str,
    dedupe_key: str,
    now: datetime,
    occurrence: str = "",
    expires_at: datetime | None = None,
) -> None:
    """Put a message into the outbox, once per `dedupe_key`; saying it again changes nothing.

    Joins the caller's transaction: undone with it, sent only after it.
    """
    notify_all([Message(person.pk, kind, about_id, dedupe_key, occurrence, expires_at)], now=now)


def notify_all(messages: Iterable[Message], *, now: datetime) -> None:
    """Put many messages into the outbox in a fixed number of queries."""
    rows = [_row(message, now) for message in messages]
    if not rows:
        return
    with transaction.atomic():
        Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
        # Whoever lost the race for a key finds the winner's delivery there already.
        stored = Notification.objects.filter(dedupe_key__in=[row.dedupe_key for row in rows])
        deliveries = [
            Delivery(notification_id=pk, channel=Delivery.Channel.EMAIL, next_attempt_at=now, created_at=now)
            for pk in stored.values_list("pk", flat=True)
        ]
        Delivery.objects.bulk_create(deliveries, ignore_conflicts=True, batch_size=500)


def _row(message: Message, now: datetime) -> Notification:
    return Notification(
        person_id=message.person_id,
        kind=message.kind,
        about_id=message.about_id,
        occurrence=message.occurrence,
        dedupe_key=message.dedupe_key,
        due_at=now,
        created_at=now,
        expires_at=message.expires_at,
    )
