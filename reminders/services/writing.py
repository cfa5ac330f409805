"""Writing messages that are not there yet."""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from notifications.models import Notification
from notifications.services.outbox import Message, notify_all

CHUNK = 500


def put(messages: Iterable[Message], *, now: datetime) -> int:
    """Put those that nobody has written yet into the outbox, some hundred at a time; return how many were new."""
    count = 0
    for chunk in batched(messages, CHUNK, strict=False):
        keys = [message.dedupe_key for message in chunk]
        known = set(Notification.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
        fresh = [message for message in chunk if message.dedupe_key not in known]
        notify_all(fresh, now=now)
        count += len(fresh)
    return count
