"""A meeting that is over with who was there, a word from a host, and the member's calendar feed."""

from datetime import timedelta
from typing import Any

from groups.models import Attendance, CalendarFeed, Event, Group, HostMessage
from notifications.tokens import hash_of
from tests.kit.parts import Secret, Seed

FEED_TOKEN = "a-secret-of-a-calendar"
WORDS = "Bring a lantern along"
OVER = "Foggy meadow"


def make(seed: Seed) -> dict[str, str]:
    over, hidden = (_over(group, seed) for group in (seed.cast.group, seed.private_group))
    Attendance.objects.create(event=over, person=seed.cast.member)
    shy = Attendance.objects.create(event=over, person=seed.cast.blocked, is_said_by_host=True)
    HostMessage.objects.create(event=seed.event, author=seed.cast.host, text=WORDS, created_at=seed.now)
    CalendarFeed.objects.create(person=seed.cast.member, token_hash=hash_of(FEED_TOKEN), made_at=seed.now)
    return {"event_over": str(over.uuid), "private_event_over": str(hidden.uuid), "presence_of_shy": str(shy.uuid)}


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    return {
        r"^/groups/calendar/<token>": {"": {"token": FEED_TOKEN}, "unknown": {"token": "not-a-token"}},
        r"^/groups/<slug>/events/<uuid>/(was-there|people/there)/": {
            "public": {"slug": a["group"], "uuid": a["event_over"]},
            "private": {"slug": a["private_group"], "uuid": a["private_event_over"]},
        },
        r"^/api/v1/events/<event>/attendance/": {
            "public": {"event": a["event_over"]},
            "private": {"event": a["private_event_over"]},
        },
        r"^/api/v1/events/<event>/(participants|messages|copies)/": {
            "public": {"event": a["event"]},
            "private": {"event": a["private_event"]},
        },
    }


def bodies(world: Any) -> dict[str, dict[str, object]]:
    host = str(world.cast.host.uuid)
    a_week_later = world.event.starts_at + timedelta(days=7)
    again = {
        "title": "The same again", "on": str(a_week_later.date()), "at": "10:00", "minutes": 60,
        "time_zone": "Europe/Berlin", "place": "The lock", "setting": "water", "effort": "easy",
    }  # fmt: skip
    return {
        "/groups/<slug>/events/<uuid>/people/there/": {"came": [host]},
        "/groups/<slug>/events/<uuid>/people/write/": {"text": "We meet at the gate."},
        "/groups/<slug>/events/<uuid>/copy/": again,
        "/api/v1/events/<event>/attendance/": {"came": [host]},
        "/api/v1/events/<event>/messages/": {"text": "We meet at the gate."},
        "/api/v1/events/<event>/copies/": {"starts_at": a_week_later.isoformat()},
    }


def pages(a: dict[str, str], who: str) -> list[str]:
    over = f"/groups/{a['group']}/events/{a['event_over']}/"
    if who == "visitor":
        return [over]
    coming = f"/groups/{a['group']}/events/{a['event']}/"
    return [over, f"{over}people/", f"{coming}people/", f"{coming}copy/", "/groups/calendar/"]


def secrets(a: dict[str, str]) -> list[Secret]:
    return [
        Secret(WORDS, frozenset({"owner", "host", "member"})),
        Secret(a["presence_of_shy"], frozenset({"owner", "host", "blocked"})),
    ]


def _over(group: Group, seed: Seed) -> Event:
    starts_at = seed.now - timedelta(hours=3)
    return Event.objects.create(
        group=group,
        title=OVER,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        time_zone=group.time_zone,
        place="At the fence",
        setting=Event.Setting.PARK,
        effort=Group.Effort.EASY,
    )
