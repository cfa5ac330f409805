"""Giving what was given up another chance, decided anew when it is sent."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from notifications.models import Delivery


@transaction.atomic
def replay(*, deliveries: Iterable[int], now: datetime) -> list[Delivery]:
    """Put those that are dead back into the queue with all their tries, and return them; others stay as they are."""
    dead = Delivery.objects.select_for_update().filter(pk__in=list(deliveries), state=Delivery.State.DEAD)
    found = list(dead.order_by("pk"))
    Delivery.objects.filter(pk__in=[one.pk for one in found]).update(
        state=Delivery.State.PENDING, reason="", attempts=0, next_attempt_at=now, lease_id=None, leased_until=None
    )
    return found
