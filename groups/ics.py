"""Meetings as calendar programs read them (RFC 5545, RFC 7986). Values in, bytes out: no ORM, no clock.

One VEVENT for each meeting, those of a series too, under a UID that stays the meeting's own. What somebody said stands
in STATUS and TRANSP. There is no ATTENDEE and no ORGANIZER: a published calendar must not have the one, and the other
is an e-mail address.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from groups.ics_zones import timezone_of

PRODUCT = "-//MindMove//Calendar//EN"
LOOK_AGAIN = timedelta(hours=1)
UNSPEAKABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # no text may hold them (RFC 5545, 3.3.11)


class Answer(StrEnum):
    """What the reader said, as far as it matters to their day."""

    GOING = "going"
    UNSURE = "unsure"  # maybe, or in line for a seat


@dataclass(frozen=True)
class Entry:
    """One meeting. Instants are aware; `zone` is the place's; `changed_at` is when any of this last changed."""

    uid: str
    title: str
    place: str
    description: str
    url: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    created_at: datetime
    changed_at: datetime
    sequence: int = 0
    answer: Answer = Answer.GOING
    is_cancelled: bool = False
    position: tuple[float, float] | None = None


def calendar_of(entries: Iterable[Entry], *, name: str = "") -> bytes:
    """Return a calendar. One with a name is a feed, which programs look at again by themselves."""
    entries = list(entries)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", "PT1H")
    for zone, (first, last) in _years(entries).items():
        calendar.add_component(timezone_of(zone, first, last))
    for entry in entries:
        calendar.add_component(_event(entry))
    return bytes(calendar.to_ical())


def _years(entries: list[Entry]) -> dict[str, tuple[int, int]]:
    """Return zone → the years that its meetings lie in."""
    years: dict[str, tuple[int, int]] = {}
    for entry in entries:
        first, last = years.get(entry.zone, (entry.starts_at.year, entry.ends_at.year))
        years[entry.zone] = min(first, entry.starts_at.year), max(last, entry.ends_at.year)
    return years


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.changed_at)
    event.add("created", entry.created_at)
    event.add("last-modified", entry.changed_at)
    starts_at, ends_at = _times(entry)
    event.add("dtstart", starts_at)
    event.add("dtend", ends_at)
    event.add("summary", _text(entry.title))
    event.add("location", _text(entry.place))
    event.add("description", _text(entry.description))
    event.add("url", entry.url)
    if entry.position is not None:
        event.add("geo", entry.position)
    event.add("class", "PRIVATE")  # whoever shares their calendar shares when, and not where and with whom
    event.add("status", _status(entry))
    is_mine = entry.answer == Answer.GOING and not entry.is_cancelled
    event.add("transp", "OPAQUE" if is_mine else "TRANSPARENT")
    return event


def _times(entry: Entry) -> tuple[datetime, datetime]:
    """Return start and end by the place's clocks; in UTC when one is the second pass of an hour that occurs twice."""
    local = [instant.astimezone(ZoneInfo(entry.zone)) for instant in (entry.starts_at, entry.ends_at)]
    if any(moment.fold for moment in local):
        local = [instant.astimezone(UTC) for instant in local]
    return local[0], local[1]


def _status(entry: Entry) -> str:
    if entry.is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if entry.answer == Answer.GOING else "TENTATIVE"


def _text(words: str) -> str:
    return UNSPEAKABLE.sub("", words)
