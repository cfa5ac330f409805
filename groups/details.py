"""What a list of events tells beside each: one's own answer, who greets, and its series, looked up in one query.

For one event, and for lists of a few, all this is part of the query that finds them (`groups.queries.events_seen_by`).
For a page of many that may be seen, a database takes longer to make a plan for so many joins than to follow it.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from groups.models import Event, Rsvp
from groups.models.readers import Reader

# An answer for each event, all empty where the reader gave none. A statement of our own: see `Reader.looked_up`.
BESIDE = """
SELECT groups_event.id AS event_key, groups_event.greeter_id, groups_series.uuid AS series_uuid,
    CASE WHEN accounts_user.is_active THEN accounts_user.display_name END AS greeter_name,
    groups_rsvp.id, groups_rsvp.status, groups_rsvp.place, groups_rsvp.is_quiet, groups_rsvp.is_first_time,
    groups_rsvp.guests, groups_rsvp.answered_at, groups_rsvp.promoted_at, (
        SELECT COUNT(*) FROM groups_rsvp ahead
        WHERE ahead.event_id = groups_rsvp.event_id AND ahead.place <= groups_rsvp.place
    ) AS position
FROM groups_event
LEFT JOIN groups_series ON groups_series.id = groups_event.series_id
LEFT JOIN accounts_user ON accounts_user.id = groups_event.greeter_id
LEFT JOIN groups_rsvp ON groups_rsvp.event_id = groups_event.id AND groups_rsvp.person_id = %(person)s
WHERE groups_event.id IN ({events})
"""


def with_details(events: list[Event], reader: Reader) -> list[Event]:
    """Return the events, which the reader may see, each as `events_seen_by` has it; the reader was looked up.

    One that went since it was found is left out.
    """
    if not events:
        return events
    statement = BESIDE.format(events=", ".join(str(int(event.pk)) for event in events))
    rows: Iterable[Any] = Rsvp.objects.raw(statement, {"person": reader.person.pk})
    beside = {row.event_key: row for row in rows}
    there = [event for event in events if event.pk in beside]
    for event in there:
        _tell(event, beside[event.pk], reader)
    return there


def _tell(event: Any, answer: Any, reader: Reader) -> None:
    is_known = reader.person.is_authenticated and answer.greeter_id not in reader.unseen
    event.greeter_name = answer.greeter_name if is_known else None
    event.series_uuid = UUID(str(answer.series_uuid)) if answer.series_uuid else None
    event.my_answer, event.my_position = (answer, answer.position or None) if answer.pk else (None, None)
