"""How each delivery fared. Every mark holds only while the lease is still ours."""

import logging
import random
from datetime import datetime, timedelta
from typing import Any

from notifications.models import Delivery
from notifications.rendering import message_id_for
from notifications.tokens import hash_of, token_for

log = logging.getLogger(__name__)

TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
UNREACHABLE_PAUSE = timedelta(seconds=20)

FREE = {"lease_id": None, "leased_until": None}


def renew(delivery: Delivery, *, now: datetime, lease: timedelta) -> Delivery | None:
    """Hold on to the delivery for another lease and load it fresh; None when it is no longer ours."""
    if not _mark(delivery, leased_until=now + lease):
        return None
    return Delivery.objects.select_related("notification__person").filter(pk=delivery.pk).first()


def begun(delivery: Delivery) -> bool:
    """Note a try and what the mail will carry, before the server sees it; False when not ours."""
    return _mark(
        delivery,
        attempts=delivery.attempts + 1,
        message_id=message_id_for(delivery),
        unsubscribe_hash=hash_of(token_for(delivery.uuid)),
    )


def sent(delivery: Delivery, *, now: datetime) -> str:
    if _mark(delivery, state=Delivery.State.SENT, reason="", sent_at=now, **FREE):
        return "sent"
    log.warning("delivery %s was sent, but its lease had run out", delivery.uuid)
    return "lost_lease"


def suppressed(delivery: Delivery, *, reason: str) -> str:
    _mark(delivery, state=Delivery.State.SUPPRESSED, reason=reason, **FREE)
    return "suppressed"


def postponed(delivery: Delivery, *, until: datetime, reason: str) -> str:
    _mark(delivery, next_attempt_at=until, reason=reason, **FREE)
    return "postponed"


def failed(delivery: Delivery, *, reason: str, now: datetime, is_final: bool = False) -> str:
    """Try again later, each time after a longer pause; give up after `TRIES`, or at once when final."""
    tries = delivery.attempts + 1
    if is_final or tries >= TRIES:
        _mark(delivery, state=Delivery.State.DEAD, reason=reason, attempts=tries, **FREE)
        log.error("delivery %s given up: %s", delivery.uuid, reason)
        return "dead"
    _mark(delivery, next_attempt_at=now + pause_after(tries), reason=reason, attempts=tries, **FREE)
    return "failed"


def put_back(deliveries: list[Delivery], *, now: datetime) -> int:
    """Return what is left of a batch to the queue; an unreachable server is nobody's failed try."""
    return sum(
        _mark(delivery, next_attempt_at=now + _spread(UNREACHABLE_PAUSE), reason="provider_unreachable", **FREE)
        for delivery in deliveries
    )


def pause_after(tries: int) -> timedelta:
    """Return 1, 2, 4 … 60 minutes, give or take a quarter, so that retries do not come in herds."""
    return _spread(min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE))


def _spread(pause: timedelta) -> timedelta:
    return pause * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing


def _mark(delivery: Delivery, **fields: Any) -> bool:
    mine = Delivery.objects.filter(pk=delivery.pk, state=Delivery.State.PENDING, lease_id=delivery.lease_id)
    return mine.update(**fields) == 1
