"""Event reminders that have come due for those who are going: the day before, and shortly before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from groups.models import Event, Rsvp
from notifications.quiet import QuietHours

DAY_BEFORE = timedelta(hours=24)
LATE_BY = timedelta(hours=6)  # after a longer outage the day-before mail is stale
SOON = timedelta(hours=2)
IN_TIME = timedelta(minutes=30)  # a reminder later than this does not help


@dataclass(frozen=True)
class Answer:
    """Somebody is going: what the arithmetic needs to know of them and of the event."""

    rsvp: UUID
    person_id: int
    starts_at: datetime
    known_since: datetime
    quiet: QuietHours


@dataclass(frozen=True)
class DueEvent:
    """A reminder that has come due; `kind` is a kind of message."""

    kind: str
    answer: Answer
    expires_at: datetime


def due_events(*, now: datetime) -> Iterator[DueEvent]:
    """Yield the reminders due now, in one query. Nobody is reminded of what they have said since it was due."""
    for answer in _going_within(now, DAY_BEFORE):
        day_before_at = answer.starts_at - DAY_BEFORE
        if answer.known_since <= day_before_at and now < day_before_at + LATE_BY:
            yield DueEvent("event_day_before", answer, answer.starts_at - SOON)
        if answer.known_since <= soon_at(answer) <= now:
            yield DueEvent("event_soon", answer, answer.starts_at)


def soon_at(answer: Answer) -> datetime:
    """Return when to say "soon": two hours before, unless that is in the person's quiet hours.

    Then it is when they end, if that still helps; otherwise the evening before, half an hour before they begin.
    """
    usual = answer.starts_at - SOON
    quiet_end = answer.quiet.end_around(usual)
    if quiet_end is None:
        return usual
    if quiet_end <= answer.starts_at - IN_TIME:
        return quiet_end
    return answer.quiet.beginning_around(usual) - IN_TIME


def _going_within(now: datetime, span: timedelta) -> Iterator[Answer]:
    rows = (
        Rsvp.objects.going()
        .filter(
            event__status=Event.Status.SCHEDULED,
            event__starts_at__gt=now,
            event__starts_at__lte=now + span,
            person__is_active=True,
        )
        .values_list(
            "uuid", "person_id", "event__starts_at", "answered_at", "promoted_at",
            "person__time_zone", "person__quiet_from", "person__quiet_until",
        )
    )  # fmt: skip
    for uuid, person_id, starts_at, answered_at, promoted_at, zone, quiet_from, quiet_until in rows.iterator():
        yield Answer(uuid, person_id, starts_at, promoted_at or answered_at, QuietHours(zone, quiet_from, quiet_until))
