"""Putting due cues into the outbox, found by the instant at which to look at them and not by looking at them all.

A message and the next instant to look are written in one transaction, so that a planner that is killed leaves
either both or neither. Planners take rows that no other holds; the key of a message keeps it one whatever happens.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from time import monotonic
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, DateTimeField, QuerySet, Value, When

from notifications.services.outbox import Message
from plans.models import Cue, DayChange
from reminders.lookups.cues import WINDOW, DueCue, Look, look_at_changes, look_at_cues
from reminders.services.writing import put

CHUNK = 500
TURN = 10.0  # seconds: a backlog is worked off over several ticks

type Looking = Callable[..., list[Look]]


def plan_cues(*, now: datetime) -> int:
    """Put what is due into the outbox; return how many were new. A fixed number of queries for each chunk."""
    over, count = monotonic() + TURN, 0
    for rows, look in (
        (Cue.objects.come_round(now), look_at_cues),
        (DayChange.objects.come_round(now), look_at_changes),
        (Cue.objects.never_seen(), look_at_cues),
        (DayChange.objects.never_seen(), look_at_changes),
    ):
        is_more = True
        while is_more and monotonic() < over:
            is_more, new = _plan_chunk(rows, look, now)
            count += new
    return count


@transaction.atomic
def _plan_chunk(rows: QuerySet[Any], look: Looking, now: datetime) -> tuple[bool, int]:
    """Return whether there may be more, and how many messages were new.

    The rows are locked before their person's zone is read, so that one that changes meanwhile has the last word.
    """
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    taken = list(rows.values_list("pk", flat=True)[:CHUNK])
    if not taken:
        return False, 0
    seen = look(taken, now=now)
    new = put((_message(one.due) for one in seen if one.due is not None), now=now)
    _advance(rows.model.objects.all(), seen)
    return len(taken) == CHUNK, new


def _advance(rows: QuerySet[Any], seen: Iterable[Look]) -> None:
    """Write when to look again, in one statement: many share their instant."""
    together: dict[datetime, list[int]] = {}
    for one in seen:
        together.setdefault(one.next_at, []).append(one.pk)
    cases = [When(pk__in=pks, then=Value(at)) for at, pks in together.items()]
    all_pks = [pk for pks in together.values() for pk in pks]
    rows.filter(pk__in=all_pks).update(next_at=Case(*cases, output_field=DateTimeField()))


def _message(due: DueCue) -> Message:
    return Message(
        person_id=due.person_id,
        kind="session_cue",
        about_id=str(due.enrollment),
        occurrence=due.day.isoformat(),
        dedupe_key=f"session_cue:{due.enrollment}:{due.day.isoformat()}",
        expires_at=due.due_at + WINDOW,
    )
