"""What a provider takes in a second, kept for all senders together (`SEND_RATES`, by channel; 0: as much as we have).

Each message reserves the next free slot of its channel's line, a row in the database: a limit that every worker
keeps for itself is broken by the second worker.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import sleep

from django.conf import settings
from django.db import transaction

from notifications.models import Line


def is_limited(channel: str) -> bool:
    """Whether a message of this channel may have to wait for its slot."""
    return bool(settings.SEND_RATES.get(channel, 0))


def wait_for_slot(channel: str, tell_time: Callable[[], datetime], *, pause: Callable[[float], None] = sleep) -> None:
    """Return when a message may go to the channel's provider."""
    rate = settings.SEND_RATES.get(channel, 0)
    if rate:
        now = tell_time()
        wait = (reserve(channel, rate=rate, now=now) - now).total_seconds()
        if wait > 0:
            pause(wait)


@transaction.atomic
def reserve(channel: str, *, rate: float, now: datetime) -> datetime:
    """Take the next free slot of the channel's line, and return its instant. Unused time is not saved up."""
    line, _is_new = Line.objects.select_for_update().get_or_create(channel=channel, defaults={"free_at": now})
    slot = max(line.free_at, now)
    Line.objects.filter(pk=line.pk).update(free_at=slot + timedelta(seconds=1 / rate))
    return slot
