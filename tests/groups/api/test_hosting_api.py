"""The API of hosting and of the calendar feed: the same as the pages."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from groups.models import Attendance, CalendarFeed, Event
from groups.services.rsvps import rsvp
from tests.groups.kit import GOING, make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    event = make_event(cast.group, now, capacity=1, latitude=52.5, longitude=13.4, cell=1, greeter=cast.host)
    rsvp(event=event, person=cast.member, answer=GOING, is_quiet=True, is_first_time=True, now=now)
    rsvp(event=event, person=cast.owner, answer=GOING, now=now)
    return event


def path_of(event: Event, name: str) -> str:
    return f"/api/v1/events/{event.uuid}/{name}/"


def begin(event: Event, now: datetime) -> None:
    Event.objects.filter(pk=event.pk).update(starts_at=now, ends_at=now + timedelta(hours=1))


def test_what_can_be_said_of_presence_is_asked_for_in_vain(cast: Cast, event: Event, api_as) -> None:
    assert api_as(cast.member).options(path_of(event, "attendance")).status_code == 405


def test_presence_is_said_noted_and_taken_back(cast: Cast, event: Event, now: datetime, api_as) -> None:
    path, mine, host = path_of(event, "attendance"), api_as(cast.member), api_as(cast.host)
    assert mine.put(path).json()["code"] == "not_begun"
    begin(event, now)
    assert mine.put(path).status_code == 204
    assert mine.post(path, {"came": []}).status_code == 403
    assert host.post(path, {"came": [str(cast.owner.uuid), str(cast.blocked.uuid)]}).status_code == 204
    assert {row["name"] for row in host.get(path).json()["results"]} == {"Member", "Owner", "Blocked"}
    [seen] = mine.get(path).json()["results"]
    assert (seen["name"], seen["is_said_by_host"]) == ("Member", False)
    outside = host.post(path, {"came": [str(cast.stranger.uuid)]})
    assert (outside.status_code, outside.json()["errors"][0]["field"]) == (400, "came")
    host.post(path, {"taken_back": [str(cast.owner.uuid), str(cast.member.uuid)]})
    assert {row.person for row in Attendance.objects.select_related("person")} == {cast.member, cast.blocked}
    assert mine.delete(path).status_code == 204
    assert {row.person for row in Attendance.objects.select_related("person")} == {cast.blocked}


def test_participants_are_for_hosts(cast: Cast, event: Event, api_as) -> None:
    rows = api_as(cast.host).get(path_of(event, "participants")).json()["results"]
    assert [(row["name"], row["status"], row["position"], row["is_quiet"], row["is_first_time"]) for row in rows] == [
        ("Member", "going", None, True, True),
        ("Owner", "waitlisted", 1, False, False),
    ]
    assert api_as(cast.member).get(path_of(event, "participants")).status_code == 403
    assert api_as(cast.banned).get(path_of(event, "participants")).status_code == 404


def test_a_word_reaches_those_it_is_for(cast: Cast, event: Event, api_as) -> None:
    path = path_of(event, "messages")
    assert api_as(cast.member).post(path, {"text": "Hello"}).status_code == 403
    made = api_as(cast.host).post(path, {"text": "The other gate."})
    assert (made.status_code, made.json()["text"]) == (201, "The other gate.")
    assert [row["text"] for row in api_as(cast.member).get(path).json()["results"]] == ["The other gate."]
    assert api_as(cast.blocked).get(path).json()["results"] == []
    assert api_as(cast.host).post(path, {"text": ""}).status_code == 400


def test_a_copy_is_the_same_at_another_time(cast: Cast, event: Event, now: datetime, api_as) -> None:
    Event.objects.update(pace="Slow", toilets="At the café", guests_allowed=2)
    starts_at = event.starts_at + timedelta(days=7)
    made = api_as(cast.host).post(path_of(event, "copies"), {"starts_at": starts_at.isoformat()})
    assert made.status_code == 201
    copy = Event.objects.get(uuid=made.json()["uuid"])
    assert (copy.starts_at, copy.duration, copy.going_count) == (starts_at, timedelta(hours=1), 0)
    said = (copy.title, copy.pace, copy.toilets, copy.guests_allowed, copy.capacity, copy.latitude, copy.greeter)
    assert said == ("River loop", "Slow", "At the café", 2, 1, 52.5, cast.host)
    past = api_as(cast.host).post(path_of(event, "copies"), {"starts_at": (now - timedelta(days=1)).isoformat()})
    assert past.status_code == 400
    assert api_as(cast.member).post(path_of(event, "copies"), {"starts_at": starts_at.isoformat()}).status_code == 403


def test_the_feed_is_made_and_stopped(cast: Cast, event: Event, api_as) -> None:
    client, path = api_as(cast.member), "/api/v1/calendar-feed/"
    assert client.get(path).json() == {"made_at": None}
    address = client.post(path).json()["address"]
    assert str(event.uuid) in Client().get(address).content.decode()
    assert list(client.get(path).json()) == ["made_at"]
    assert client.delete(path).status_code == 204
    assert Client().get(address).status_code == 404
    assert not CalendarFeed.objects.exists()
    assert api_as(None).post(path).status_code == 401
