"""How often an invitation comes: noting that "fewer?" was asked, and what the person said to it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import InvalidInput
from notifications import kinds
from notifications.backing_off import EVERY, RAREST
from notifications.decisions import Send
from notifications.models import Delivery, Pace
from notifications.services.preferences import one_after_the_other, set_all

type Answer = Literal["fewer", "keep", "none"]
ANSWERS: tuple[Answer, ...] = ("fewer", "keep", "none")


def note_asked(*, person: User, sends: Iterable[Send], now: datetime) -> None:
    """Keep that the person was asked about these kinds, so that it is not asked again for a long time."""
    for send in sends:
        if send.asks_fewer:
            Pace.objects.update_or_create(person=person, kind=send.kind.name, defaults={"asked_at": now})


def answer(*, person: User, kind: str, answer: Answer, now: datetime) -> None:
    """Send half as many, every one, or none by any channel. Each can be changed in the settings."""
    known = kinds.find(kind)
    if known is None or not known.is_nudge or answer not in ANSWERS:
        raise InvalidInput("unknown_kind", _("There is no such choice."), field="kind")
    with one_after_the_other(person):
        pace = Pace.objects.select_for_update().get_or_create(person=person, kind=kind)[0]
        pace.every = min(pace.every * 2, RAREST) if answer == "fewer" else 1
        pace.answered_at = now
        pace.save(update_fields=["every", "answered_at"])
        if answer == "none":
            wanted = dict.fromkeys([(kind, way) for way in Delivery.Channel.values], False)
            set_all(person=person, wanted=wanted, now=now)


def choose_pace(*, person: User, kind: str, every: int) -> None:
    """Send one of so many from now on."""
    known = kinds.find(kind)
    if known is None or not known.is_nudge or every not in EVERY:
        raise InvalidInput("unknown_pace", _("There is no such choice."), field="every")
    chosen = Pace(person=person, kind=kind, every=every)
    Pace.objects.bulk_create([chosen], update_conflicts=True, unique_fields=["person", "kind"], update_fields=["every"])
