"""Writing down that somebody is to be told something, in the transaction that caused it.

The database adds a delivery for each channel, by push one to each live device, in the same statement (a trigger, see
docs/decisions/0027). What was said before keeps those it has: a new device hears no old news.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from accounts.models import User
from notifications.models import Notification

AT_ONCE = 500
NEW_UUID = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}
# A statement of our own: no other way writes rows for what was found without bringing it here and back.
WRITE_FOUND = """
INSERT INTO notifications_notification (
    uuid, created_at, due_at, person_id, kind, about_id, occurrence, dedupe_key, expires_at
)
SELECT {uuid}, %s, %s, found.* FROM ({found}) found WHERE TRUE
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
    """Put many messages into the outbox: a query for every `AT_ONCE` of them."""
    rows = [_row(message, now) for message in messages]
    if not rows:
        return
    with transaction.atomic():
        for some in batched(rows, AT_ONCE, strict=False):
            Notification.objects.bulk_create(some, ignore_conflicts=True)


def notify_found(found: QuerySet[Any, tuple[Any, ...]], *, now: datetime) -> None:
    """Put into the outbox what the database finds itself, in one query however much it is.

    `found`: a `values_list` of a `Message`'s fields in this order: person, kind, about_id, occurrence, dedupe_key,
    expires_at.
    """
    query, values = found.query.sql_with_params()
    instant = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        statement = WRITE_FOUND.format(uuid=NEW_UUID[connection.vendor], found=query)
        cursor.execute(statement, [instant, instant, *values])


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
