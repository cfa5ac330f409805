"""What may be answered: which answers there are, to what, and with how many guests."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from core.errors import DomainError, InvalidInput
from groups.models import Event, Rsvp

ANSWERS = (Rsvp.Status.GOING, Rsvp.Status.MAYBE, Rsvp.Status.DECLINED)


def require_known(answer: str) -> None:
    if answer not in ANSWERS:
        raise InvalidInput("unknown_answer", _("Choose going, maybe or can't come."), field="answer")


def require_open(event: Event, now: datetime) -> None:
    """Raise DomainError when the event takes no answers any more."""
    if event.status == Event.Status.CANCELLED:
        raise DomainError("event_cancelled", _("This event is cancelled, so it takes no answers any more."))
    if not event.is_open(now):
        raise DomainError("event_over", _("This event is over, so it takes no answers any more."))


def require_allowed(event: Event, guests: int, had: int) -> None:
    """Fewer guests or seats than before send nobody away: as many as the answer has stay allowed."""
    most = event.guests_allowed
    if event.capacity is not None:
        most = min(most, event.capacity - 1)
    most = max(most, had)
    if 0 <= guests <= most:
        return
    if most == 0:
        raise InvalidInput("no_guests", _("This event has seats for its people only, without guests."), field="guests")
    text = ngettext("You can bring one guest.", "You can bring up to %(most)s guests.", most)
    raise InvalidInput("too_many_guests", text % {"most": most}, field="guests")


def require_room(event: Event, mine: Rsvp, seats: int, line: Sequence[Rsvp]) -> None:
    """Raise DomainError unless so many more seats are free for an answer that has some, and nobody waits for them."""
    is_room = event.seats_left is None or (event.seats_left >= seats and not line)
    if not (is_room and mine.status == Rsvp.Status.GOING):
        raise DomainError(
            "no_room_for_guests",
            _("There are no more seats for guests right now. Your answer stays as it was."),
            field="guests",
        )
