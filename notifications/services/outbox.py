"""Writing down that somebody is to be told something, in the transaction that caused it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import batched

from django.db import connection, transaction

from accounts.models import User
from notifications.models import Notification

AT_ONCE = 500
NEW_UUID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
# A statement of our own: no other way writes rows for what was found without bringing it here and back.
SEND_OUT = """
WITH told AS (
    SELECT id, person_id FROM notifications_notification one
    WHERE dedupe_key IN ({keys})
        AND NOT EXISTS (SELECT 1 FROM notifications_delivery WHERE notification_id = one.id)
), way AS (
    SELECT id, 'email' AS channel, CAST(NULL AS bigint) AS device FROM told
    UNION ALL SELECT id, 'inbox', NULL FROM told
    UNION ALL SELECT told.id, 'push', device.id FROM told
        JOIN notifications_pushsubscription device ON device.person_id = told.person_id AND device.ended_at IS NULL
)
INSERT INTO notifications_delivery (
    uuid, created_at, next_attempt_at, notification_id, channel, subscription_id,
    state, reason, attempts, message_id, unsubscribe_hash
)
SELECT {uuid}, %(now)s, %(now)s, id, channel, device, 'pending', '', 0, '', '' FROM way WHERE TRUE
ON CONFLICT DO NOTHING
"""


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
    """Put many messages into the outbox: two queries for every `AT_ONCE` of them."""
    rows = [_row(message, now) for message in messages]
    if not rows:
        return
    with transaction.atomic():
        for some in batched(rows, AT_ONCE, strict=False):
            Notification.objects.bulk_create(some, ignore_conflicts=True)
            _send_out(some, now)


def _send_out(rows: Sequence[Notification], now: datetime) -> None:
    """Write a delivery for each channel of what is told for the first time: by push one to each live device.

    What was said before, or by whoever won the race for a key, has its deliveries: a new device hears no old news.
    """
    keys = {f"key_{n}": row.dedupe_key for n, row in enumerate(rows)}
    named = ", ".join(f"%({name})s" for name in keys)
    statement = SEND_OUT.format(keys=named, uuid=NEW_UUID[connection.vendor])
    with connection.cursor() as cursor:
        cursor.execute(statement, {**keys, "now": connection.ops.adapt_datetimefield_value(now)})


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
