"""An event once more: everything its host said of it, a week later or as soon as that day of the week comes round."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from core.clock import local_day
from groups.models import Event
from groups.services.outings import SHARED, those_in

WEEK = timedelta(days=7)
MADE = {"about_html", "cell"}  # of what is said


def fields_of(event: Event) -> dict[str, Any]:
    """Return what the event's host said of it, its times aside. Whoever greets must still be of the group."""
    said = {name: getattr(event, name) for name in SHARED if name not in {*MADE, "greeter"}}
    greeter = next((there.person for there in those_in(event.group_id, [event.greeter_id]).values()), None)
    return {**said, "greeter": greeter, "is_newcomer_friendly": event.is_newcomer_friendly and greeter is not None}


def times_of(event: Event, *, now: datetime) -> dict[str, Any]:
    """Return day, time and minutes of the next one, by the clocks at the place."""
    local = event.starts_at.astimezone(ZoneInfo(event.time_zone))
    day, tomorrow = local.date() + WEEK, local_day(now, event.time_zone) + timedelta(days=1)
    if day < tomorrow:
        day = tomorrow + (day - tomorrow) % WEEK
    return {"on": day, "at": local.time(), "minutes": round(event.duration.total_seconds() / 60)}
