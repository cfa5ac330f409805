"""What somebody wants to hear of, by which channel and how often, as one list to read and to change."""

from dataclasses import dataclass
from datetime import datetime

from core.errors import Text
from core.visibility import Viewer
from notifications import kinds
from notifications.kinds import Kind
from notifications.models import Delivery, Pace, Preference
from notifications.models.outbox import UNREAD_FOR


@dataclass(frozen=True)
class Switch:
    """One kind by one channel."""

    channel: str
    label: Text
    is_wanted: bool


@dataclass(frozen=True)
class Choice:
    """One kind of message. `every`: of so many one is sent; None where each one is."""

    kind: str
    label: Text
    why: Text
    switches: list[Switch]
    every: int | None


def choices_of(viewer: Viewer) -> list[Choice]:
    """Return every kind that can be chosen, with what the viewer said of it: two queries."""
    refused = set(Preference.objects.visible_to(viewer).refused().values_list("kind", "channel"))
    paces = dict(Pace.objects.visible_to(viewer).values_list("kind", "every"))
    return [_choice(kind, refused, paces.get(kind.name, 1)) for kind in kinds.choosable()]


def questions_for(viewer: Viewer, now: datetime) -> list[Kind]:
    """Return the kinds of which the viewer was lately asked "fewer?" and has not said."""
    asked = Pace.objects.visible_to(viewer).filter(asked_at__gt=now - UNREAD_FOR)
    open_ = [pace.kind for pace in asked if pace.answered_at is None or (pace.asked_at or now) > pace.answered_at]
    return [kind for name in sorted(open_) if (kind := kinds.find(name)) is not None]


def _choice(kind: Kind, refused: set[tuple[str, str]], every: int) -> Choice:
    switches = [
        Switch(channel.value, channel.label, (kind.name, channel.value) not in refused) for channel in Delivery.Channel
    ]
    return Choice(kind.name, kind.label, kind.why, switches, every if kind.is_nudge else None)
