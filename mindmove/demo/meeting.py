"""Groups of the demo: founded, joined, met and about to meet."""

from datetime import datetime, time, timedelta
from typing import Any

from accounts.models import User
from core import clock
from groups.models import Event, Group
from groups.services.attendance import note_attendance
from groups.services.events import cancel_event, change_event, create_event
from groups.services.groups import create_group
from groups.services.host_messages import write_to_participants
from groups.services.memberships import join_group
from groups.services.pictures import set_group_picture
from groups.services.roles import give_role
from groups.services.rsvps import rsvp
from groups.services.series import start_series
from mindmove.demo.coming_in import add_invitation
from mindmove.demo.picturing import painted

type People = dict[str, User]
type Row = dict[str, Any]

GROUP_TEXTS = ("name", "kind", "about", "place", "time_zone", "languages", "effort", "accessibility")
SERIES_TEXTS = ("rrule", "minutes", "company", "pace", "toilets", "guests_allowed", "is_newcomer_friendly")
EVENT_TEXTS = ("title", "place", "setting", "effort", "where_to_stand", "how_it_goes", "leaving_early")


def add_group(row: Row, people: People, *, now: datetime) -> Group:
    """Found the group two months ago, let people join one after the other, and add its events."""
    founded_at = now - timedelta(days=60)
    texts = {name: row[name].strip() for name in GROUP_TEXTS}
    group = create_group(owner=people[row["owner"]], now=founded_at, **texts)
    for days, key in enumerate(row["members"], start=1):
        join_group(group=group, person=people[key], now=founded_at + timedelta(days=days))
    for key, role in row.get("roles", {}).items():
        give_role(group=group, person=people[key], role=role, by=group.owner, now=now)
    if "picture" in row:
        set_group_picture(group=group, person=group.owner, sent=painted(**row["picture"]), now=founded_at)
    for invitation in row.get("invitations", []):
        add_invitation(group, invitation, people, now=now)
    for event in row["events"]:
        _add_event(group, event, people, now=now)
    for series in row.get("series", []):
        _add_series(group, series, people, now=now)
    return group


def add_missing_events(row: Row, people: People, *, now: datetime) -> None:
    """Set the coming events anew when the group has none left but its series, so that the demo does not grow old."""
    group = Group.objects.filter(name=row["name"], memberships__person=people[row["owner"]]).first()
    if group is None or Event.objects.filter(group=group, series=None).upcoming(now).exists():
        return
    for event in row["events"]:
        if event["in_days"] > 0:
            _add_event(group, event, people, now=now)


def _add_series(group: Group, row: Row, people: People, *, now: datetime) -> None:
    today = clock.local_day(now, group.time_zone)
    texts = {name: row[name] for name in (*EVENT_TEXTS, *SERIES_TEXTS)}
    series = start_series(
        group=group,
        starts_on=today + timedelta(days=1),
        at_time=time.fromisoformat(row["at"]),
        greeter=people[row["greeter"]],
        now=now,
        **texts,
    )
    for event in Event.objects.filter(series=series).upcoming(now)[:2]:
        for key in row["going"]:
            rsvp(event=event, person=people[key], answer="going", now=now)
    _keep_its_life(row, list(Event.objects.filter(series=series).upcoming(now)[:4]), people, now=now)


def _keep_its_life(row: Row, coming: list[Event], people: People, *, now: datetime) -> None:
    """Greet somebody new at the first meeting, move the third for once, and call the fourth off."""
    for key in row.get("first_time", []):
        rsvp(event=coming[0], person=people[key], answer="going", is_first_time=True, now=now)
    if "moved" in row:
        by = timedelta(hours=row["moved"]["hours"])
        starts_at, ends_at = coming[2].starts_at + by, coming[2].ends_at + by
        change_event(event=coming[2], starts_at=starts_at, ends_at=ends_at, place=row["moved"]["place"], now=now)
        cancel_event(event=coming[3], now=now)


def _add_event(group: Group, row: Row, people: People, *, now: datetime) -> None:
    day = clock.local_day(now, group.time_zone) + timedelta(days=row["in_days"])
    starts_at = clock.instant_of(day, time.fromisoformat(row["at"]), group.time_zone)
    asked_at = min(now, starts_at) - timedelta(days=3)
    texts = {name: row[name] for name in EVENT_TEXTS if name in row}
    where = dict(zip(("latitude", "longitude"), row.get("spot", ()), strict=False))
    event = create_event(
        group=group,
        now=asked_at,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=row["minutes"]),
        capacity=row.get("capacity"),
        greeter=people[row["greeter"]],
        **texts,
        **where,
    )
    answers = [(key, "going") for key in [*row["going"], *row.get("in_line", [])]]
    answers += [(key, "maybe") for key in row.get("maybe", [])]
    for minutes, (key, answer) in enumerate(answers, start=10):
        rsvp(event=event, person=people[key], answer=answer, now=asked_at + timedelta(minutes=minutes))
    _host(event, row, people, now=now)


def _host(event: Event, row: Row, people: People, *, now: datetime) -> None:
    """Let the owner note who was there, or say a word to those who come."""
    host = event.group.owner
    if event.ends_at <= now:
        note_attendance(event=event, host=host, came=[people[key] for key in row["going"]], now=now)
    elif "word" in row:
        write_to_participants(event=event, author=host, text=row["word"].strip(), now=now)
