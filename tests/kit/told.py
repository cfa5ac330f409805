"""Deliveries as a test wants them: the database makes one for each channel of what is told."""

from typing import Any

from notifications.models import Delivery, Notification


def only_by(told: Notification, channel: str, **values: Any) -> Delivery:
    """Let a message go by one channel alone; return that delivery, with `values`."""
    told.deliveries.exclude(channel=channel).delete()
    told.deliveries.update(**values)
    return told.deliveries.get()
