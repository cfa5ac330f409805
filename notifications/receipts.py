"""What was sent and why, and what was held back and why not, in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from accounts.models import User
from core.errors import Text
from notifications import kinds, reasons
from notifications.inbox import label_of, older_than
from notifications.models import Delivery, Notification
from notifications.models.outbox import NotificationQuerySet

SHOWN = 20
SENT = Q(state=Delivery.State.SENT)
HELD = Q(state__in=[Delivery.State.SUPPRESSED, Delivery.State.DEAD]) | Q(state=Delivery.State.PENDING) & ~Q(reason="")


@dataclass(frozen=True)
class Way:
    """How a message fared on one or several ways to me, in the same manner. `note` says why it was held back."""

    channels: list[Text]
    state: str
    state_label: Text
    note: Text


@dataclass(frozen=True)
class Receipt:
    """One message of mine; `why` is the reason that it was for me."""

    uuid: UUID
    label: Text
    at: datetime
    why: Text
    ways: list[Way]


def rows_of(viewer: User, *, held: bool) -> NotificationQuerySet:
    """Return the messages that were sent to the viewer, or held back, on any way; newest first."""
    wanted = Delivery.objects.visible_to(viewer).filter(HELD if held else SENT)
    return Notification.objects.recent(viewer).filter(pk__in=wanted.values("notification"))


def page_of(viewer: User, *, held: bool, before: str = "") -> tuple[list[Receipt], str]:
    """Return a page of receipts, and the name for the next one."""
    found = list(older_than(rows_of(viewer, held=held), viewer, before)[: SHOWN + 1])
    following = str(found[SHOWN - 1].uuid) if len(found) > SHOWN else ""
    return [receipt_of(row, held=held) for row in found[:SHOWN]], following


def receipt_of(notification: Notification, *, held: bool) -> Receipt:
    """Return the receipt of a row from `rows_of`."""
    known = kinds.find(notification.kind)
    deliveries: list[Delivery] = notification.shown_deliveries  # type: ignore[attr-defined]  # prefetched by `recent`
    shown = [delivery for delivery in deliveries if _is_held(delivery) == held]
    at = min((delivery.sent_at for delivery in shown if delivery.sent_at), default=notification.due_at)
    why = known.why if known else ""
    return Receipt(notification.uuid, label_of(notification.kind), at, why, _ways(notification.kind, shown))


def _ways(kind: str, deliveries: list[Delivery]) -> list[Way]:
    """Say once what is the same on several ways."""
    found: dict[tuple[str, str], list[Text]] = {}
    for delivery in sorted(deliveries, key=lambda one: one.pk):
        channels = found.setdefault((delivery.state, delivery.reason), [])
        label = Delivery.Channel(delivery.channel).label
        channels += [label] if label not in channels else []
    return [
        Way(channels, state, Delivery.State(state).label, reasons.in_words(reason, kind=kind) if reason else "")
        for (state, reason), channels in found.items()
    ]


def _is_held(delivery: Delivery) -> bool:
    if delivery.state == Delivery.State.PENDING:
        return bool(delivery.reason)
    return delivery.state != Delivery.State.SENT
