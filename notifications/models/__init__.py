"""The outbox, what people said about messages, and where push messages go."""

from notifications.models.outbox import Delivery, DeliveryQuerySet, Notification, NotificationQuerySet
from notifications.models.preferences import Pace, Preference
from notifications.models.push import PushSubscription
from notifications.models.running import Line, Tick

__all__ = [
    "Delivery",
    "DeliveryQuerySet",
    "Line",
    "Notification",
    "NotificationQuerySet",
    "Pace",
    "Preference",
    "PushSubscription",
    "Tick",
]
