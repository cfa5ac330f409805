"""The API of keeping a group: founding, describing, closing and opening it."""

from datetime import datetime, timedelta

import pytest

from core import clock
from groups.models import Event, Group, Membership, Role
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
ANY = {"If-Match": "*"}
FACTS = {"name": "Lake Walkers", "kind": "walking", "place": "Lake", "time_zone": "Europe/Berlin"}


def address(cast: Cast, act: str = "") -> str:
    return f"/api/v1/groups/{cast.group.uuid}/{act}"


def test_founding_a_group(cast: Cast, now: datetime, api_as) -> None:
    answer = api_as(cast.stranger).post("/api/v1/groups/", FACTS, format="json")
    assert (answer.status_code, answer.data["slug"], answer.data["is_member"]) == (201, "lake-walkers", True)
    assert Membership.objects.get(person=cast.stranger).role == Role.OWNER
    assert api_as(None).post("/api/v1/groups/", FACTS, format="json").status_code in {401, 403}


def test_describing_it_anew(cast: Cast, now: datetime, api_as) -> None:
    said = {"join_policy": "request", "latitude": 52.5, "longitude": 13.4}
    answer = api_as(cast.host).patch(address(cast), said, format="json", headers=ANY)
    assert (answer.status_code, answer.data["join_policy"], answer.data["name"]) == (200, "request", "Morning Mosses")
    assert api_as(cast.member).patch(address(cast), said, format="json", headers=ANY).status_code == 403


@pytest.mark.parametrize("said", [{"latitude": 52.5}, {"time_zone": "Moon/Tycho"}, {"kind": "flying"}, {"name": ""}])
def test_what_cannot_be_is_refused(cast: Cast, api_as, said: dict[str, object]) -> None:
    assert api_as(cast.host).patch(address(cast), said, format="json", headers=ANY).status_code == 400


@pytest.mark.parametrize("is_under_way", [True, False])
def test_what_closing_answers_is_what_is_then_read(cast: Cast, now: datetime, api_as, is_under_way: bool) -> None:
    make_event(cast.group, now)
    if is_under_way:
        make_event(cast.group, now, starts_at=now - timedelta(hours=1), ends_at=now + timedelta(hours=1))
    owner = api_as(cast.owner)
    assert owner.get(address(cast)).json()["next_event_at"]
    with clock.frozen_at(now):
        closed = owner.post(address(cast, "close/")).json()
        assert closed == owner.get(address(cast)).json() == owner.post(address(cast, "close/")).json()
    assert bool(closed["next_event_at"]) is is_under_way


def test_closing_and_opening(cast: Cast, now: datetime, api_as) -> None:
    event = make_event(cast.group, now)
    assert api_as(cast.host).post(address(cast, "close/")).status_code == 403
    assert api_as(cast.owner).post(address(cast, "close/")).status_code == 200
    event.refresh_from_db()
    assert event.status == Event.Status.CANCELLED
    assert api_as(cast.stranger).get(address(cast)).status_code == 404
    assert api_as(cast.owner).post(address(cast, "reopen/")).status_code == 200
    assert Group.objects.get(pk=cast.group.pk).is_open
