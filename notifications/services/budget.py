"""A place in the weekly budget, kept under a lock on the person while a message is on its way, so that it is exact.

Two senders may both find a last free place when they decide. Here the second one waits for the first, and counts again.
The place is given back by whatever ends the message or its lease.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.services.people import lock_people
from notifications.models import Delivery
from notifications.services import marks


def keep_places(deliveries: Collection[Delivery], *, now: datetime) -> set[int]:
    """Keep each of these messages a place in its person's budget; return the keys of those for which there is one."""
    people = {delivery.notification.person_id for delivery in deliveries}
    with transaction.atomic():
        lock_people(people)
        weighing = Delivery.objects.weighing(people, now)
        placed = set()
        for delivery in deliveries:
            counted = weighing[delivery.notification.person_id]
            if len(counted - {delivery.notification_id}) < delivery.notification.person.weekly_message_budget:
                counted.add(delivery.notification_id)
                placed.add(delivery.pk)
        marks.all_ours([delivery for delivery in deliveries if delivery.pk in placed]).update(has_place=True)
    return placed
