"""Groups of the demo: founded, joined, met and about to meet."""

from datetime import datetime, time, timedelta
from typing import Any

from accounts.models import User
from core import clock
from groups.models import Event, Group
from groups.services.events import create_event
from groups.services.groups import create_group
from groups.services.memberships import join_group
from groups.services.rsvps import rsvp

type People = dict[str, User]
type Row = dict[str, Any]

GROUP_TEXTS = ("name", "kind", "about", "place", "time_zone", "languages", "effort", "accessibility")
EVENT_TEXTS = ("title", "place", "setting", "effort", "where_to_stand", "how_it_goes", "leaving_early")


def add_group(row: Row, people: People, *, now: datetime) -> Group:
    """Found the group two months ago, let people join one after the other, and add its events."""
    founded_at = now - timedelta(days=60)
    texts = {name: row[name].strip() for name in GROUP_TEXTS}
    group = create_group(owner=people[row["owner"]], now=founded_at, **texts)
    for days, key in enumerate(row["members"], start=1):
        join_group(group=group, person=people[key], now=founded_at + timedelta(days=days))
    for event in row["events"]:
        _add_event(group, event, people, now=now)
    return group


def add_missing_events(row: Row, people: People, *, now: datetime) -> None:
    """Set the coming events anew when the group has none left, so that the demo does not grow old."""
    group = Group.objects.filter(name=row["name"], memberships__person=people[row["owner"]]).first()
    if group is None or Event.objects.filter(group=group).upcoming(now).exists():
        return
    for event in row["events"]:
        if event["in_days"] > 0:
            _add_event(group, event, people, now=now)


def _add_event(group: Group, row: Row, people: People, *, now: datetime) -> None:
    day = clock.local_day(now, group.time_zone) + timedelta(days=row["in_days"])
    starts_at = clock.instant_of(day, time.fromisoformat(row["at"]), group.time_zone)
    asked_at = min(now, starts_at) - timedelta(days=3)
    texts = {name: row[name] for name in EVENT_TEXTS if name in row}
    event = create_event(
        group=group,
        now=asked_at,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=row["minutes"]),
        capacity=row.get("capacity"),
        greeter=people[row["greeter"]],
        **texts,
    )
    answers = [(key, "going") for key in [*row["going"], *row.get("in_line", [])]]
    answers += [(key, "maybe") for key in row.get("maybe", [])]
    for minutes, (key, answer) in enumerate(answers, start=10):
        rsvp(event=event, person=people[key], answer=answer, now=asked_at + timedelta(minutes=minutes))
