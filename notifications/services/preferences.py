"""What a person wants to hear of, and stopping a kind from a link in a mail."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from accounts.models import User
from notifications import kinds
from notifications.models import Delivery, Preference
from notifications.tokens import VALID_FOR, hash_of


def set_wanted(
    *, person: User, kind: str, is_wanted: bool, now: datetime, channel: str = Delivery.Channel.EMAIL
) -> None:
    """Turn a kind of message on or off; doing so twice is once."""
    Preference.objects.update_or_create(
        person=person, kind=kind, channel=channel, defaults={"is_wanted": is_wanted, "changed_at": now}
    )


def choose_kinds(*, person: User, wanted: Collection[str], now: datetime) -> None:
    """Turn on the kinds in `wanted`, and off all others."""
    with transaction.atomic():
        refused = set(Preference.objects.filter(person=person).refused().values_list("kind", flat=True))
        for kind in kinds.all_kinds():
            if (kind.name in wanted) == (kind.name in refused):
                set_wanted(person=person, kind=kind.name, is_wanted=kind.name in wanted, now=now)


def delivery_of_token(*, token: str, now: datetime) -> Delivery | None:
    """Return the delivery whose mail carried this link, unless the link is too old or unknown."""
    return (
        Delivery.objects.filter(unsubscribe_hash=hash_of(token), created_at__gt=now - VALID_FOR)
        .select_related("notification__person")
        .first()
    )


def follow_link(*, delivery: Delivery, is_wanted: bool, now: datetime) -> None:
    """Stop (or resume) the kind of message that carried the link; no sign-in needed."""
    notification = delivery.notification
    set_wanted(
        person=notification.person, kind=notification.kind, is_wanted=is_wanted, now=now, channel=delivery.channel
    )


def revoke_links(*, person: User) -> None:
    """Make every link in the mails sent to the person so far useless."""
    Delivery.objects.filter(notification__person=person).exclude(unsubscribe_hash="").update(unsubscribe_hash="")
