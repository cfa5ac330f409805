"""Putting what is due into the outbox. Any number of planners may run: the key makes it happen once."""

from datetime import datetime

from django.db import transaction

from groups.company import SILENCE
from groups.services.noticers import note_asked
from notifications.services.outbox import Message
from reminders.lookups.events import DueEvent, due_events
from reminders.lookups.silence import DueSilence, due_silences
from reminders.services.cues import plan_cues
from reminders.services.writing import put


def plan_reminders(*, now: datetime) -> int:
    """Put every reminder that is due now into the outbox; return how many were new."""
    return plan_cues(now=now) + put(map(_of_event, due_events(now=now)), now=now) + _put_silences(now)


def _put_silences(now: datetime) -> int:
    """Write one message for each silence, and keep on which day its friend was asked."""
    due = list(due_silences(now=now))
    with transaction.atomic():
        count = put(map(_of_silence, due), now=now)
        note_asked((silence.noticer.pk, silence.today) for silence in due)
    return count


def _of_event(due: DueEvent) -> Message:
    """The start is part of the key: an event that moves is a new thing to be reminded of."""
    start = due.answer.starts_at.isoformat()
    return Message(
        person_id=due.answer.person_id,
        kind=due.kind,
        about_id=str(due.answer.rsvp),
        occurrence=start,
        dedupe_key=f"{due.kind}:{due.answer.rsvp}:{start}",
        expires_at=due.expires_at,
    )


def _of_silence(due: DueSilence) -> Message:
    """Its first day is part of the key: a silence is told of once, and the next is another."""
    since = due.since.isoformat()
    return Message(
        person_id=due.noticer.friend_id,
        kind=SILENCE,
        about_id=str(due.noticer.uuid),
        occurrence=since,
        dedupe_key=f"{SILENCE}:{due.noticer.uuid}:{since}",
    )
