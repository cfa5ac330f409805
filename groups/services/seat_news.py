"""What is told, in the transaction that gave out the seats: to who got one, to who is first, to who greets."""

from collections.abc import Iterable, Sequence

from groups.models import Event, Rsvp
from notifications.services.outbox import Message


def news_for_promoted(event: Event, lucky: Iterable[Rsvp]) -> list[Message]:
    """Return what is told to those in line who are about to get seats."""
    return [_about_place(event, answer, "seat_promoted") for answer in lucky]


def news_for_first_in_line(event: Event, line: Sequence[Rsvp]) -> list[Message]:
    """Return what tells the earliest that seats are kept, though too few for all their guests: fewer could come."""
    first = next((answer for answer in line if event.capacity is None or answer.seats <= event.capacity), None)
    return [] if first is None else [_about_place(event, first, "seats_kept")]


def news_for_greeter(event: Event, answers: Iterable[Rsvp]) -> list[Message]:
    """Return what tells who greets that somebody comes for the first time; once for each."""
    newcomers = [answer for answer in answers if answer.is_first_time and answer.person_id != event.greeter_id]
    if event.greeter_id is None:
        return []
    return [
        Message(
            person_id=event.greeter_id,
            kind="first_time_coming",
            about_id=str(answer.uuid),
            dedupe_key=f"first_time_coming:{answer.uuid}:{event.greeter_id}",
            expires_at=event.ends_at,
        )
        for answer in newcomers
    ]


def _about_place(event: Event, answer: Rsvp, kind: str) -> Message:
    """A place is given out once per event, so person and place name this one moment."""
    return Message(
        person_id=answer.person_id,
        kind=kind,
        about_id=str(event.uuid),
        dedupe_key=f"{kind}:{event.uuid}:{answer.person.uuid}:{answer.place}",
        expires_at=event.ends_at,
    )
