"""Whether a message is sent, decided when it is about to be, from what is true then."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress

from accounts.models import User
from notifications import kinds
from notifications.kinds import Content, Hold, Kind
from notifications.models import Delivery, Preference
from notifications.quiet import QuietHours

BUDGET_SPAN = timedelta(days=7)


@dataclass(frozen=True)
class Send:
    """Send it to this address."""

    kind: Kind
    content: Content
    address: str


@dataclass(frozen=True)
class Postpone:
    """Look again at `until`."""

    until: datetime
    reason: str


type Decision = Send | Hold | Postpone


def decide(delivery: Delivery, *, now: datetime) -> Decision:
    """Return what to do with the delivery; its notification and person are loaded fresh.

    Runs under the recipient's language and zone (`rendering.speaking_to`).
    """
    kind = kinds.find(delivery.notification.kind)
    if kind is None:
        return Hold("unknown_kind")
    if obstacle := _obstacle(delivery, now):
        return Hold(obstacle)
    address = verified_address(delivery.notification.person)
    if address is None:
        return Hold("address_unverified")
    content = kind.prepare(delivery.notification, now)
    if isinstance(content, Hold):
        return content
    return _when(delivery, kind, now) or Send(kind, content, address)


def _obstacle(delivery: Delivery, now: datetime) -> str:
    """Return what stands against sending it at all, or nothing."""
    expires_at = delivery.notification.expires_at
    if expires_at is not None and expires_at <= now:
        return "expired"
    if not delivery.notification.person.is_active:
        return "account_closed"
    return "not_wanted" if _is_unwanted(delivery) else ""


def _when(delivery: Delivery, kind: Kind, now: datetime) -> Hold | Postpone | None:
    """Return how quiet hours and the weekly budget stand against sending now, if they do."""
    person, expires_at = delivery.notification.person, delivery.notification.expires_at
    morning = QuietHours.of(person).end_around(now)
    if kind.waits_for_morning and morning is not None:
        is_stale_by_then = expires_at is not None and expires_at <= morning
        return Hold("quiet_hours") if is_stale_by_then else Postpone(morning, "quiet_hours")
    if kind.is_bulk and bulk_sent_since(person, now - BUDGET_SPAN) >= person.weekly_message_budget:
        return Hold("weekly_budget")
    return None


def verified_address(person: User) -> str | None:
    """Return the confirmed address of the person, or None."""
    found = EmailAddress.objects.filter(user=person, email__iexact=person.email, verified=True).first()
    return str(found.email) if found else None


def bulk_sent_since(person: User, instant: datetime) -> int:
    """Count the messages sent since then that weigh on the weekly budget."""
    bulk = [kind.name for kind in kinds.all_kinds() if kind.is_bulk]
    return Delivery.objects.filter(
        notification__person=person, notification__kind__in=bulk, sent_at__gt=instant
    ).count()


def _is_unwanted(delivery: Delivery) -> bool:
    return Preference.objects.filter(
        person=delivery.notification.person,
        kind=delivery.notification.kind,
        channel=delivery.channel,
        is_wanted=False,
    ).exists()
