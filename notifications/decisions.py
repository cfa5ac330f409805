"""Whether a message is sent, decided when it is about to be, from what is true then (`notifications.gathered`).

The inbox rings nowhere: quiet hours and the weekly budget are about what does.
"""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from core import clock
from notifications import kinds
from notifications.gathered import Gathered
from notifications.kinds import Content, Hold, Kind, Later
from notifications.models import Delivery
from notifications.quiet import QuietHours
from notifications.reach import address_of
from notifications.signs import BACKED_OFF


@dataclass(frozen=True)
class Send:
    """Send it to this address. `asks_fewer`: it asks whether fewer would be better."""

    kind: Kind
    content: Content
    address: str = ""
    asks_fewer: bool = False


@dataclass(frozen=True)
class Postpone:
    """Look again at `until`."""

    until: datetime
    reason: str


type Decision = Send | Hold | Postpone


def decide(delivery: Delivery, known: Gathered, *, now: datetime) -> Decision:
    """Return what to do with the delivery, from what was just gathered for it and others. Asks nothing more.

    Runs under the recipient's language and zone (`rendering.speaking_to`).
    """
    kind = kinds.find(delivery.notification.kind)
    if kind is None:
        return Hold("unknown_kind")
    if obstacle := _obstacle(delivery, kind, known, now):
        return Hold(obstacle)
    address = address_of(delivery, known.addresses)
    content = address if isinstance(address, Hold) else known.prepare[kind.name](delivery.notification, now)
    match content:
        case Hold():
            return content
        case Later(until, reason):
            return Postpone(until, reason)
        case Content():
            return _when(delivery, kind, known, now) or Send(kind, content, str(address), _asks_fewer(delivery, known))


def _asks_fewer(delivery: Delivery, known: Gathered) -> bool:
    _standing, asks = known.standing_of(delivery.notification)
    return asks


def _obstacle(delivery: Delivery, kind: Kind, known: Gathered, now: datetime) -> str:
    """Return what stands against sending it at all, or nothing."""
    expires_at = delivery.notification.expires_at
    if expires_at is not None and expires_at <= now:
        return "expired"
    if kind.is_owed:
        return ""
    if not delivery.notification.person.is_active:
        return "account_closed"
    if (delivery.notification.person_id, kind.name) in known.refused:
        return "not_wanted"
    return "messages_paused" if not kind.is_urgent and is_pausing(delivery.notification.person, now) else ""


def _when(delivery: Delivery, kind: Kind, known: Gathered, now: datetime) -> Hold | Postpone | None:
    """Return how back-off, quiet hours and the weekly budget stand against sending now, if they do."""
    person, expires_at = delivery.notification.person, delivery.notification.expires_at
    standing, _asks = known.standing_of(delivery.notification)
    if standing is not None and not standing.is_sent:
        return Hold(BACKED_OFF)
    if delivery.channel == Delivery.Channel.INBOX:
        return None
    morning = QuietHours.of(person).end_around(now)
    if kind.waits_for_morning and morning is not None:
        is_stale_by_then = expires_at is not None and expires_at <= morning
        return Hold("quiet_hours") if is_stale_by_then else Postpone(morning, "quiet_hours")
    if kind.is_bulk and known.fills_budget(delivery.notification):
        return Hold("weekly_budget")
    return None


def is_pausing(person: User, now: datetime) -> bool:
    """Whether the person wants no reminders on this day of theirs."""
    until = person.messages_paused_until
    return until is not None and clock.local_day(now, person.time_zone) < until
