"""What a person wants to hear of, and stopping a kind from a link in a mail."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.profile import lock_person
from core.errors import InvalidInput
from core.held import was_held
from notifications import kinds
from notifications.models import Delivery, Preference
from notifications.tokens import VALID_FOR, hash_of


def set_wanted(
    *, person: User, kind: str, is_wanted: bool, now: datetime, channel: str = Delivery.Channel.EMAIL
) -> None:
    """Turn a kind of message on or off; doing so twice is once."""
    set_all(person=person, wanted={(kind, channel): is_wanted}, now=now)


def set_all(*, person: User, wanted: Mapping[tuple[str, str], bool], now: datetime) -> None:
    """Turn kinds on or off, each by a channel, in one statement: always in the same order, whoever names them."""
    rows = [
        Preference(person=person, kind=kind, channel=channel, is_wanted=is_wanted, changed_at=now)
        for (kind, channel), is_wanted in sorted(wanted.items())
    ]
    Preference.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "kind", "channel"],
        update_fields=["is_wanted", "changed_at"],
    )


@contextmanager
def one_after_the_other(person: User) -> Iterator[None]:
    """A transaction with the person's row locked, by the caller where it is held: what two devices say is of one."""
    with transaction.atomic():
        if not was_held(person):
            lock_person(person)
        yield


def choose(*, person: User, wanted: Collection[tuple[str, str]], now: datetime) -> None:
    """Turn on the kinds by the channels in `wanted` (kind, channel), and off all others that can be chosen."""
    with one_after_the_other(person):
        refused = set(Preference.objects.filter(person=person).refused().values_list("kind", "channel"))
        all_there_are = [(kind.name, channel) for kind in kinds.choosable() for channel in Delivery.Channel.values]
        changed = {one: one in wanted for one in all_there_are if (one in wanted) == (one in refused)}
        set_all(person=person, wanted=changed, now=now)


def change(*, person: User, kind: str, wanted: Mapping[str, bool], now: datetime) -> None:
    """Turn a kind on or off by the channels named."""
    if kind not in {known.name for known in kinds.choosable()}:
        raise InvalidInput("unknown_kind", _("There is no such choice."), field="kind")
    with one_after_the_other(person):
        set_all(person=person, wanted={(kind, channel): is_on for channel, is_on in wanted.items()}, now=now)


def delivery_of_token(*, token: str, now: datetime) -> Delivery | None:
    """Return the delivery whose mail carried this link, unless the link is too old or unknown."""
    return (
        Delivery.objects.filter(unsubscribe_hash=hash_of(token), created_at__gt=now - VALID_FOR)
        .select_related("notification__person")
        .first()
    )


def kinds_of_link(delivery: Delivery) -> list[str]:
    """Return the kinds that the link of a message stops: that of the message, or of all that it told in the morning."""
    told = Delivery.objects.filter(Q(pk=delivery.pk) | Q(merged_into=delivery))
    found = sorted(set(told.values_list("notification__kind", flat=True)))
    stoppable = [name for name in found if (known := kinds.find(name)) is None or known.is_bulk]
    return stoppable or [delivery.notification.kind]


def nudges_of_link(delivery: Delivery) -> list[kinds.Kind]:
    """Return the invitations among what the link is about."""
    return [kind for name in kinds_of_link(delivery) if (kind := kinds.find(name)) is not None and kind.is_nudge]


def follow_link(*, delivery: Delivery, is_wanted: bool, now: datetime) -> None:
    """Stop (or resume) the kinds of message that carried the link, by its channel; no sign-in needed."""
    person = delivery.notification.person
    with one_after_the_other(person):
        set_all(person=person, wanted={(k, delivery.channel): is_wanted for k in kinds_of_link(delivery)}, now=now)


def revoke_links(*, person: User) -> None:
    """Make every link in the mails sent to the person so far useless."""
    Delivery.objects.filter(notification__person=person).exclude(unsubscribe_hash="").update(unsubscribe_hash="")
