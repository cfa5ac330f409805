"""What is told, in the transaction that gave out the seats: to who got one, to who is first, to who greets."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from groups.models import Event, Rsvp
from notifications.services.outbox import Message, notify_all


def tell_promoted(event: Event, lucky: Iterable[Rsvp], *, now: datetime) -> None:
    """Tell those in line who are about to get seats."""
    notify_all([_about_place(event, answer, "seat_promoted") for answer in lucky], now=now)


def tell_first_in_line(event: Event, line: Sequence[Rsvp], *, now: datetime) -> None:
    """Tell the earliest that seats are kept, though too few for all their guests: fewer could come at once."""
    first = next((answer for answer in line if event.capacity is None or answer.seats <= event.capacity), None)
    if first is not None:
        notify_all([_about_place(event, first, "seats_kept")], now=now)


def tell_greeter(event: Event, answers: Iterable[Rsvp], *, now: datetime) -> None:
    """Tell who greets that somebody comes for the first time; once for each."""
    newcomers = [answer for answer in answers if answer.is_first_time and answer.person_id != event.greeter_id]
    if event.greeter_id is None or not newcomers:
        return
    messages = [
        Message(
            person_id=event.greeter_id,
            kind="first_time_coming",
            about_id=str(answer.uuid),
            dedupe_key=f"first_time_coming:{answer.uuid}:{event.greeter_id}",
            expires_at=event.ends_at,
        )
        for answer in newcomers
    ]
    notify_all(messages, now=now)


def _about_place(event: Event, answer: Rsvp, kind: str) -> Message:
    """A place is given out once per event, so person and place name this one moment."""
    return Message(
        person_id=answer.person_id,
        kind=kind,
        about_id=str(event.uuid),
        dedupe_key=f"{kind}:{event.uuid}:{answer.person.uuid}:{answer.place}",
        expires_at=event.ends_at,
    )
