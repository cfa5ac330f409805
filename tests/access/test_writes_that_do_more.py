"""Doors that do more than usual at once: eight queries at most there, too, and nine for one of them (decision 0025)."""

import json
from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from groups.models import Event, Membership
from groups.services.following import change_series
from groups.services.memberships import look
from groups.services.rsvps import rsvp
from groups.services.series import start_series
from tests.access.test_writes import MOST, OF_THE_TRANSACTION
from tests.groups.kit import GOING, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

type Asked = tuple[str, str, dict[str, Any]]
type Act = Callable[[Cast], Asked]


def has_more_seats(_cast: Cast) -> Asked:
    return _changed(Event.objects.earliest("starts_at"), capacity=40)


def gives_way(_cast: Cast) -> Asked:
    return _changed(Event.objects.order_by("starts_at")[1], at_time="19:00")


def gives_way_with_more_seats(_cast: Cast) -> Asked:
    return _changed(Event.objects.order_by("starts_at")[1], at_time="19:00", capacity=40)


def goes_another_way(_cast: Cast) -> Asked:
    """Most days go, and others come."""
    return _changed(Event.objects.earliest("starts_at"), at_time="19:00", rrule="FREQ=WEEKLY;BYDAY=MO,FR;INTERVAL=2")


def goes_another_way_with_more_seats(_cast: Cast) -> Asked:
    return _changed(Event.objects.earliest("starts_at"), capacity=40, rrule="FREQ=WEEKLY;INTERVAL=2")


def gives_way_before_another(cast: Cast) -> Asked:
    _first, second, third, *_ = Event.objects.order_by("starts_at")
    assert third.series is not None
    assert third.occurs_on is not None
    change_series(series=third.series, since=third.occurs_on, now=third.created_at, minutes=90)
    return _changed(second, at_time="19:00")


def gets_a_greeter_and_more_seats(cast: Cast) -> Asked:
    return _changed(Event.objects.earliest("starts_at"), capacity=40, at_time="19:00", greeter=str(cast.member.uuid))


def is_left(cast: Cast) -> Asked:
    return "POST", f"/api/v1/groups/{cast.group.uuid}/leave/", {}


def _changed(since: Event, **said: Any) -> Asked:
    assert since.series is not None
    return "PATCH", f"/api/v1/series/{since.series.uuid}/", {"since": str(since.occurs_on), **said}


ACTS = [
    (has_more_seats, MOST), (gives_way, MOST), (gives_way_with_more_seats, MOST), (goes_another_way, MOST),
    (gets_a_greeter_and_more_seats, MOST),
    (goes_another_way_with_more_seats, 9),  # series, meetings, those that go, answers, messages
    (gives_way_before_another, 9),  # no two may follow the same one, between two statements either
    (is_left, 9),  # membership, answers that go, answers let in, series, meetings, messages: six tables
]  # fmt: skip


@pytest.mark.parametrize(("act", "most"), ACTS)
@pytest.mark.parametrize("many", [1, 5])
def test_a_series_with_a_line_for_its_seats(cast: Cast, now: datetime, act: Act, most: int, many: int) -> None:
    """The host greets; of two seats at each meeting they have one, somebody the other, and `many` wait."""
    Membership.objects.filter(person=cast.host).update(role="host")
    start_series(
        group=cast.group, starts_on=(now + timedelta(days=3)).date(), rrule="FREQ=WEEKLY", at_time=time(18),
        minutes=60, now=now, title="Ford", place="The ford", setting="forest", effort="easy", capacity=2,
        greeter=cast.host, is_newcomer_friendly=True,
        where_to_stand="By the oak", how_it_goes="Slowly", pace="Easy", toilets="At the inn", leaving_early="Any time",
    )  # fmt: skip
    for event in Event.objects.order_by("starts_at")[: 2 * many]:
        for person in (cast.host, cast.member, *make_members(cast.group, many, prefix=f"late{event.pk}-")):
            rsvp(event=event, person=person, answer=GOING, now=now)
    rsvp(event=Event.objects.latest("starts_at"), person=cast.host, answer=GOING, now=now)  # where nobody waits
    said = asked_by(act(cast), cast.host)
    assert len(said) <= most, said


@pytest.mark.parametrize("who", ["owner", "stranger"])
@pytest.mark.parametrize("many", [0, 1, 3])
def test_an_owner_leaves_and_who_only_looks(cast: Cast, now: datetime, who: str, many: int) -> None:
    Membership.objects.filter(person=cast.host).update(role="owner")
    look(group=cast.group, person=cast.stranger, now=now)
    for _each in range(many):
        make_event(cast.group, now)
    said = asked_by(is_left(cast), cast.people[who])
    assert len(said) <= MOST, said


def asked_by(asked: Asked, who: User) -> list[str]:
    """Return the queries of an answer, which is a yes."""
    assert connection.features.supports_json_field  # which SQLite is asked once
    client, (method, path, body) = Client(headers={"If-Match": "*"}), asked
    client.force_login(who)
    with CaptureQueriesContext(connection) as queries:
        answer = client.generic(method, path, json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content
    return [query["sql"] for query in queries if not query["sql"].startswith(OF_THE_TRANSACTION)]
