"""What was sent and what was held back, in words."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from core.errors import Text
from core.visibility import Viewer
from notifications import kinds, reasons
from notifications.models import Delivery, Notification, Preference

SHOWN = 30


@dataclass(frozen=True)
class Receipt:
    """One message of mine. `note` says why it came, or why it did not."""

    label: Text
    state: str
    state_label: Text
    at: datetime
    note: Text


@dataclass(frozen=True)
class Switch:
    """Whether I want a kind of message."""

    kind: str
    label: Text
    why: Text
    is_on: bool


def last_receipts(viewer: User) -> list[Receipt]:
    """Return the viewer's last messages, newest first."""
    notifications = Notification.objects.recent(viewer)[:SHOWN]
    return [
        _receipt(notification, delivery) for notification in notifications for delivery in _deliveries(notification)
    ]


def switches(viewer: Viewer) -> list[Switch]:
    """Return every kind with whether the viewer wants it."""
    refused = set(Preference.objects.visible_to(viewer).refused().values_list("kind", flat=True))
    return [Switch(kind.name, kind.label, kind.why, kind.name not in refused) for kind in kinds.all_kinds()]


def label_of(kind: str) -> Text:
    """Return the name of a kind, also of one that no longer exists."""
    known = kinds.find(kind)
    return known.label if known else kind


def _deliveries(notification: Notification) -> list[Delivery]:
    return notification.shown_deliveries  # type: ignore[attr-defined,no-any-return]  # prefetched by `recent`


def _receipt(notification: Notification, delivery: Delivery) -> Receipt:
    known = kinds.find(notification.kind)
    if delivery.reason:
        note: Text = reasons.in_words(delivery.reason, kind=notification.kind)
    else:
        note = known.why if known else ""
    return Receipt(
        label=label_of(notification.kind),
        state=delivery.state,
        state_label=Delivery.State(delivery.state).label,
        at=delivery.sent_at or notification.due_at,
        note=note,
    )
