"""The real content, a running club with a nearly full event, and a real mail server."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache

from accounts.models import User
from accounts.services.people import confirm_address
from core import clock
from groups.models import Event
from groups.services.rsvps import rsvp
from tests.kit.cast import Cast, make_cast, make_person
from tests.kit.mail_sink import MailSink, running_mail_sink
from tests.kit.world import make_event


@pytest.fixture
def sink(settings: Any) -> Iterator[MailSink]:
    """Send every mail of the test by SMTP to a server of its own."""
    cache.clear()
    with running_mail_sink() as running:
        backend = "core.smtp.EmailBackend"
        settings.MAILERS = {"default": {"BACKEND": backend, "OPTIONS": {"host": "127.0.0.1", "port": running.port}}}
        yield running


@dataclass(frozen=True)
class Club:
    """Morning Mosses with an event of two seats, taken by owner and host; two members wait."""

    cast: Cast
    event: Event
    waiting: list[User]


@pytest.fixture
def club(content: None) -> Club:
    now = clock.now()
    cast = make_cast()
    event = make_event(cast.group, now, capacity=2, greeter=cast.host)
    waiting = [make_person("first-in-line"), make_person("second-in-line")]
    for person in waiting:
        cast.group.memberships.create(person=person)
    for person in [cast.owner, cast.host, *waiting]:
        confirm_address(person=person)
        rsvp(event=event, person=person, answer="going", now=now)
    return Club(cast, event, waiting)


def at_local(now: datetime, *, days: int, hour: int, zone: str) -> datetime:
    """Return the instant `days` after `now` at a full hour in the zone."""
    local = now.astimezone(ZoneInfo(zone)) + timedelta(days=days)
    return local.replace(hour=hour, minute=0, second=0, microsecond=0)
