"""Writing down that somebody is to be told something, in the transaction that caused it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from notifications.models import Delivery, Notification, PushSubscription


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
        # Said before, or by whoever won the race for a key: it has its deliveries, and a new device hears no old news.
        keys = [row.dedupe_key for row in rows]
        fresh = Notification.objects.filter(dedupe_key__in=keys, deliveries=None).values_list("pk", "person_id")
        Delivery.objects.bulk_create(_deliveries(dict(fresh), now), ignore_conflicts=True, batch_size=500)


def _deliveries(people: dict[int, int], now: datetime) -> Iterator[Delivery]:
    """Yield a delivery for each channel of each notification (its key → its person): one to each live device."""
    devices = defaultdict(list)
    live = PushSubscription.objects.live().filter(person__in=set(people.values()))
    for device, owner in live.values_list("pk", "person_id"):
        devices[owner].append(device)
    for notification, person in people.items():
        ways: list[tuple[str, int | None]] = [(Delivery.Channel.EMAIL, None), (Delivery.Channel.INBOX, None)]
        ways += [(Delivery.Channel.PUSH, device) for device in devices[person]]
        for channel, subscription in ways:
            yield Delivery(
                notification_id=notification,
                channel=channel,
                subscription_id=subscription,
                next_attempt_at=now,
                created_at=now,
            )


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
