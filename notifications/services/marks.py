"""How each delivery fared. Every mark holds only while the lease is still ours."""

import logging
import random
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from notifications.models import Delivery
from notifications.models.outbox import DeliveryQuerySet
from notifications.rendering import message_id_for
from notifications.tokens import hash_of, token_for

log = logging.getLogger(__name__)

TRIES = 8
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
UNREACHABLE_PAUSE = timedelta(seconds=20)
WAITED = "quiet_hours"  # for the morning; what waited goes as one message

FIELDS = {field.name: field for field in Delivery._meta.concrete_fields}  # noqa: SLF001 - Django's public name
FREE = {"lease_id": None, "leased_until": None}


MOVE_ON = """
    UPDATE notifications_delivery SET
        state = CASE WHEN id = %(sent)s THEN 'sent' ELSE state END,
        reason = CASE WHEN id = %(sent)s THEN '' ELSE reason END,
        sent_at = CASE WHEN id = %(sent)s THEN %(sent_at)s ELSE sent_at END,
        lease_id = CASE WHEN id = %(sent)s THEN NULL ELSE lease_id END,
        leased_until = CASE WHEN id = %(sent)s THEN NULL ELSE %(leased_until)s END,
        attempts = CASE WHEN id = %(sent)s THEN attempts ELSE attempts + 1 END,
        message_id = CASE WHEN id = %(sent)s THEN message_id ELSE %(message_id)s END,
        unsubscribe_hash = CASE WHEN id = %(sent)s THEN unsubscribe_hash ELSE %(unsubscribe_hash)s END
    WHERE state = 'pending' AND lease_id = %(lease_id)s
        AND (id = %(sent)s OR (id = %(begun)s AND merged_into_id IS NULL AND leased_until > %(sent_at)s))
    RETURNING id
"""


def move_on(sent: Delivery | None, begun: Delivery | None, *, now: datetime, lease: timedelta) -> set[int]:
    """Mark one as sent and, before the server sees it, the next as begun: with a try, and with what a mail will carry.

    Both are of one claim, and either may be None. Returns the keys of those that were still ours. One statement of
    our own for each message: what the ORM makes of it takes as long as sending a mail.
    """
    one = sent or begun
    if one is None:
        return set()
    is_mail = begun is not None and begun.channel == Delivery.Channel.EMAIL
    known = {
        "sent": sent and sent.pk,
        "begun": begun and begun.pk,
        "lease_id": one.lease_id,
        "sent_at": now,
        "leased_until": now + lease,
        "message_id": message_id_for(begun) if begun and is_mail else "",
        "unsubscribe_hash": hash_of(token_for(begun.uuid)) if begun and is_mail else "",
    }
    with connection.cursor() as cursor:
        cursor.execute(MOVE_ON, _adapted(known))
        marked = {pk for (pk,) in cursor.fetchall()}
    if sent is not None and sent.pk not in marked:
        log.warning("delivery %s was sent, but its lease had run out", sent.uuid)
    return marked


def put(deliveries: list[Delivery], *, now: datetime) -> int:
    """Mark as sent, all at once, what only had to be put somewhere; return how many were still ours."""
    return all_ours(deliveries).update(state=Delivery.State.SENT, reason="", sent_at=now, **FREE)


def all_ours(deliveries: Collection[Delivery]) -> DeliveryQuerySet:
    """Return those of the deliveries that wait still, under our lease."""
    leases = {delivery.lease_id for delivery in deliveries}
    return Delivery.objects.waiting().filter(pk__in=[one.pk for one in deliveries], lease_id__in=leases)


def is_ours(delivery: Delivery) -> bool:
    """Whether the delivery waits still, under our lease, and goes by itself."""
    return _ours(delivery).filter(merged_into=None).exists()


def suppressed(delivery: Delivery, *, reason: str) -> str:
    _mark(delivery, state=Delivery.State.SUPPRESSED, reason=reason, **FREE)
    return "suppressed"


def postponed(delivery: Delivery, *, until: datetime, reason: str) -> str:
    _mark(delivery, next_attempt_at=until, reason=reason, **FREE)
    return "postponed"


def failed(
    delivery: Delivery, *, reason: str, now: datetime, is_final: bool = False, wait: timedelta = timedelta()
) -> str:
    """Try again later, each time after a longer pause and never before `wait` is over; give up after `TRIES`,
    or at once when final."""
    tries = delivery.attempts + 1
    if is_final or tries >= TRIES:
        _mark(delivery, state=Delivery.State.DEAD, reason=reason, attempts=tries, **FREE)
        log.error("delivery %s given up: %s", delivery.uuid, reason)
        return "dead"
    pause = max(pause_after(tries), wait * random.uniform(1, 1.1))  # noqa: S311 - spreads load, guards nothing
    _mark(delivery, next_attempt_at=now + pause, reason=reason, attempts=tries, **FREE)
    return "failed"


def put_back(deliveries: list[Delivery], *, now: datetime) -> int:
    """Return to the queue what nobody took, for a while; an unreachable server is nobody's failed try."""
    return sum(
        _mark(delivery, next_attempt_at=now + _spread(UNREACHABLE_PAUSE), reason=_reason_kept(delivery), **FREE)
        for delivery in deliveries
    )


def _reason_kept(delivery: Delivery) -> str:
    """What waited for the morning is still one message once the server is back."""
    return WAITED if delivery.reason == WAITED else "provider_unreachable"


def let_go(deliveries: list[Delivery]) -> int:
    """Return to the queue what there was no time for, as it was."""
    return all_ours(deliveries).update(**FREE)


def pause_after(tries: int) -> timedelta:
    """Return 1, 2, 4 … 60 minutes, give or take a quarter, so that retries do not come in herds."""
    return _spread(min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE))


def _spread(pause: timedelta) -> timedelta:
    return pause * random.uniform(0.75, 1.25)  # noqa: S311 - spreads load, guards nothing


def _adapted(known: dict[str, Any]) -> dict[str, Any]:
    """Return the values as this database takes them."""
    return {
        name: value if name in {"sent", "begun"} else FIELDS[name].get_db_prep_value(value, connection)
        for name, value in known.items()
    }


def _mark(delivery: Delivery, **fields: Any) -> bool:
    return _ours(delivery).update(**fields) == 1


def _ours(delivery: Delivery) -> DeliveryQuerySet:
    return Delivery.objects.waiting().filter(pk=delivery.pk, lease_id=delivery.lease_id)
