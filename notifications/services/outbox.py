"""Writing down that somebody is to be told something, in the transaction that caused it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Value

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
        fresh, devices = _fresh_and_devices(rows)
        Delivery.objects.bulk_create(_deliveries(fresh, devices, now), ignore_conflicts=True, batch_size=500)


def _fresh_and_devices(rows: list[Notification]) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Return what is told for the first time (its key → its person) and person → their live devices, asked in one.

    What was said before, or by whoever won the race for a key, has its deliveries: a new device hears no old news.
    """
    told = Notification.objects.filter(dedupe_key__in=[row.dedupe_key for row in rows], deliveries=None)
    live = PushSubscription.objects.live().filter(person__in={row.person_id for row in rows})
    fresh: dict[int, int] = {}
    devices: dict[int, list[int]] = defaultdict(list)
    both = told.values_list("pk", "person_id", Value("told")).union(
        live.values_list("pk", "person_id", Value("device")), all=True
    )
    for key, person, kind in both:
        if kind == "told":
            fresh[key] = person
        else:
            devices[person].append(key)
    return fresh, devices


def _deliveries(people: dict[int, int], devices: dict[int, list[int]], now: datetime) -> Iterator[Delivery]:
    """Yield a delivery for each channel of each notification (its key → its person): one to each live device."""
    for notification, person in people.items():
        ways: list[tuple[str, int | None]] = [(Delivery.Channel.EMAIL, None), (Delivery.Channel.INBOX, None)]
        ways += [(Delivery.Channel.PUSH, device) for device in devices.get(person, ())]
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
