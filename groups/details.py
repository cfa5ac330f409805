"""What a list of events tells beside each: one's own answer, who greets, and its series, looked up in one query.

For one event, and for lists of a few, all this is part of the query that finds them (`groups.queries.events_seen_by`).
For a page of many that may be seen, a database takes longer to make a plan for so many joins than to follow it.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from groups.models import Event, Rsvp
from groups.models.readers import Reader

# A row for each of the page: event, who greets (0: nobody), series (0: none). What there is none of is empty in it. A
# statement of our own: see `Reader.looked_up`. It asks no table for what the page knows, which is less to plan.
BESIDE = """
SELECT column1 AS event_key, groups_series.uuid AS series_uuid, accounts_user.display_name AS greeter_name,
    groups_rsvp.id, groups_rsvp.status, groups_rsvp.place, groups_rsvp.is_quiet, groups_rsvp.is_first_time,
    groups_rsvp.guests, groups_rsvp.answered_at, groups_rsvp.promoted_at,
    CASE WHEN groups_rsvp.place IS NOT NULL THEN (
        SELECT COUNT(*) FROM groups_rsvp ahead
        WHERE ahead.event_id = groups_rsvp.event_id AND ahead.place <= groups_rsvp.place
    ) END AS position
FROM (VALUES {events}) AS page
LEFT JOIN groups_series ON groups_series.id = column3
LEFT JOIN accounts_user ON accounts_user.id = column2 AND accounts_user.is_active
LEFT JOIN groups_rsvp ON groups_rsvp.event_id = column1 AND groups_rsvp.person_id = %(person)s
"""


def with_details(events: list[Event], reader: Reader) -> list[Event]:
    """Return the events, which the reader may see, each as `events_seen_by` has it; the reader was looked up."""
    if not events:
        return events
    page = ", ".join(f"({event.pk:d}, {event.greeter_id or 0:d}, {event.series_id or 0:d})" for event in events)
    rows: Iterable[Any] = Rsvp.objects.raw(BESIDE.format(events=page), {"person": reader.person.pk})
    beside = {row.event_key: row for row in rows}
    for event in events:
        _tell(event, beside[event.pk], reader)
    return events


def _tell(event: Any, row: Any, reader: Reader) -> None:
    is_known = reader.person.is_authenticated and event.greeter_id not in reader.unseen
    event.greeter_name = row.greeter_name if is_known else None
    event.series_uuid = UUID(str(row.series_uuid)) if row.series_uuid else None
    event.my_answer, event.my_position = (row, row.position) if row.pk else (None, None)
