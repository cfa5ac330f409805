"""Putting what is due into the outbox. Any number of planners may run: the key makes it happen once."""

from collections.abc import Iterable
from datetime import datetime
from itertools import batched

from notifications.models import Notification
from notifications.services.outbox import Message, notify_all
from reminders.lookups.cues import WINDOW, DueCue, due_cues
from reminders.lookups.events import DueEvent, due_events

CHUNK = 500


def plan_reminders(*, now: datetime) -> int:
    """Put every reminder that is due now into the outbox; return how many were new."""
    return _put(map(_of_cue, due_cues(now=now)), now) + _put(map(_of_event, due_events(now=now)), now)


def _put(messages: Iterable[Message], now: datetime) -> int:
    """Write those that are not there yet, some hundred at a time."""
    count = 0
    for chunk in batched(messages, CHUNK, strict=False):
        keys = [message.dedupe_key for message in chunk]
        known = set(Notification.objects.filter(dedupe_key__in=keys).values_list("dedupe_key", flat=True))
        fresh = [message for message in chunk if message.dedupe_key not in known]
        notify_all(fresh, now=now)
        count += len(fresh)
    return count


def _of_cue(due: DueCue) -> Message:
    return Message(
        person_id=due.person_id,
        kind="session_cue",
        about_id=str(due.enrollment),
        occurrence=due.day.isoformat(),
        dedupe_key=f"session_cue:{due.enrollment}:{due.day.isoformat()}",
        expires_at=due.due_at + WINDOW,
    )


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
