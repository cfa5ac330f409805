"""The API of answers: guests, joining with the answer, taking it back, who is coming, and being put down."""

from datetime import datetime

import pytest

from groups.models import Event, Membership, Rsvp
from groups.services.rsvps import rsvp
from tests.groups.kit import GOING, all_going, going, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now, capacity=4, guests_allowed=2, greeter=cast.member)


def test_bringing_guests_and_taking_it_back(cast: Cast, event: Event, api_as) -> None:
    client, address = api_as(cast.member), f"/api/v1/events/{event.uuid}/rsvp/"
    said = client.put(address, {"answer": "going", "guests": 2}).json()
    assert (said["status"], said["guests"]) == ("going", 2)
    assert client.put(address, {"answer": "going"}).json()["guests"] == 2
    assert client.get(f"/api/v1/events/{event.uuid}/").json()["seats_left"] == 1
    assert [client.delete(address).status_code for _ in range(2)] == [204, 204]
    assert (client.get(address).status_code, going(event)) == (404, set())


def test_too_many_guests_are_refused_beside_their_field(cast: Cast, event: Event, api_as) -> None:
    Event.objects.update(guests_allowed=1)
    refused = api_as(cast.member).put(f"/api/v1/events/{event.uuid}/rsvp/", {"answer": "going", "guests": 2})
    assert (refused.status_code, refused.json()["code"]) == (400, "too_many_guests")
    assert refused.json()["errors"][0]["field"] == "guests"


def test_joining_with_the_answer(cast: Cast, event: Event, api_as) -> None:
    said = api_as(cast.stranger).put(f"/api/v1/events/{event.uuid}/rsvp/", {"answer": "going", "joins": True})
    assert said.json()["status"] == "going"
    assert Membership.objects.current().filter(person=cast.stranger).exists()


def test_who_is_coming_as_each_may_know_it(cast: Cast, event: Event, now: datetime, api_as) -> None:
    shy, new, waiting, other = make_members(cast.group, 4)
    rsvp(event=event, person=shy, answer=GOING, is_quiet=True, is_first_time=True, now=now)
    rsvp(event=event, person=new, answer=GOING, guests=2, is_first_time=True, now=now)
    all_going(event, [waiting], now)
    address = f"/api/v1/events/{event.uuid}/answers/"
    seen = {
        person: {row["name"]: row["is_first_time"] for row in api_as(person).get(address).json()["results"]}
        for person in (cast.host, cast.member, other, shy)
    }
    assert seen[cast.host] == {str(shy): True, str(new): True, str(waiting): False}
    assert seen[cast.member] == {str(new): True}  # greets, and hosts nothing
    assert seen[other] == {str(new): None}
    assert seen[shy] == {str(shy): True, str(new): None}
    assert api_as(cast.stranger).get(address).json()["results"] == []


def test_a_host_puts_somebody_down(cast: Cast, event: Event, api_as) -> None:
    address, body = f"/api/v1/events/{event.uuid}/answers/", {"person": str(cast.member.uuid)}
    made = api_as(cast.host).post(address, body)
    assert (made.status_code, made.json()["status"]) == (201, "going")
    assert api_as(cast.member).post(address, body).status_code == 403
    unknown = api_as(cast.host).post(address, {"person": str(cast.stranger.uuid)})
    assert (unknown.status_code, unknown.json()["errors"][0]["field"]) == (400, "person")


@pytest.mark.parametrize("seats", [2, 1])
def test_who_is_put_down_is_shown_as_in_the_list(cast: Cast, event: Event, now: datetime, api_as, seats: int) -> None:
    people = make_members(cast.group, 3)
    Event.objects.update(capacity=seats)
    event.refresh_from_db()
    for person in people[:2]:
        rsvp(event=event, person=person, answer="going", now=now)
    address = f"/api/v1/events/{event.uuid}/answers/"
    made = [api_as(cast.host).post(address, {"person": str(people[2].uuid)}).json() for _twice in range(2)]
    assert made[0] == made[1] == api_as(cast.host).get(address).json()["results"][-1]
    assert made[0]["position"] == 3 - seats


def test_a_host_does_not_put_down_whom_they_do_not_see(cast: Cast, event: Event, now: datetime, api_as) -> None:
    Membership.objects.filter(person=cast.member).update(role="host")
    refused = api_as(cast.member).post(f"/api/v1/events/{event.uuid}/answers/", {"person": str(cast.blocked.uuid)})
    assert refused.json()["code"] == "cannot_be_added"
    assert not Rsvp.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_who_is_coming_takes_as_many_queries_for_three_as_for_one(
    cast: Cast, event: Event, now: datetime, api_as, django_assert_max_num_queries, rows: int
) -> None:
    all_going(event, make_members(cast.group, rows), now)
    client = api_as(cast.host)
    with django_assert_max_num_queries(4):
        assert len(client.get(f"/api/v1/events/{event.uuid}/answers/").json()["results"]) == rows


def test_free_seats_that_are_kept_for_a_line_are_told_as_on_the_page(
    cast: Cast, event: Event, now: datetime, api_as, as_person
) -> None:
    address, (alone, family) = f"/api/v1/events/{event.uuid}/", make_members(cast.group, 2)

    def told() -> tuple[int | None, bool]:
        shown = api_as(cast.member).get(address).json()
        assert shown["seats_are_kept"] is api_as(None).get(address).json()["seats_are_kept"]
        page = as_person(cast.member).get(event.get_absolute_url()).content.decode()
        assert ("Kept for those first in line." in page) is shown["seats_are_kept"]
        return shown["seats_left"], shown["seats_are_kept"]

    rsvp(event=event, person=alone, answer=GOING, guests=1, now=now)
    assert told() == (2, False)
    rsvp(event=event, person=family, answer=GOING, guests=2, now=now)
    assert told() == (2, True)
    assert api_as(cast.member).put(f"{address}rsvp/", {"answer": "going"}).json()["status"] == "waitlisted"
    assert api_as(cast.host).patch(address, {"capacity": None}, "json", headers={"If-Match": "*"}).status_code == 200
    assert told() == (None, False)
    assert all("seats_are_kept" not in row for row in api_as(None).get("/api/v1/events/").json()["results"])


@pytest.mark.parametrize("answer", ["going", "maybe", "declined"])
def test_what_is_left_out_stays_as_it_was(cast: Cast, event: Event, api_as, answer: str) -> None:
    """A plain answer of an app makes nothing public that was said quietly."""
    client, address = api_as(cast.member), f"/api/v1/events/{event.uuid}/rsvp/"
    client.put(address, {"answer": "going", "is_quiet": True, "is_first_time": True})
    said = client.put(address, {"answer": answer}).json()
    assert (said["is_quiet"], said["is_first_time"]) == (True, True)
    said = client.put(address, {"answer": answer, "is_quiet": False, "is_first_time": False}).json()
    assert (said["is_quiet"], said["is_first_time"]) == (False, False)


def test_a_plain_answer_leaves_who_just_looks_unseen(cast: Cast, event: Event, api_as) -> None:
    mine = Membership.objects.filter(group=cast.group, person=cast.member)
    mine.update(is_looking=True)
    client, address = api_as(cast.member), f"/api/v1/events/{event.uuid}/rsvp/"
    for _ in range(2):
        assert client.put(address, {"answer": "going"}).json()["is_quiet"]
    assert mine.get().is_looking
    assert not client.put(address, {"answer": "going", "is_quiet": False}).json()["is_quiet"]
    assert not mine.get().is_looking


def test_the_plain_answer_of_who_takes_part_is_open(cast: Cast, event: Event, api_as) -> None:
    said = api_as(cast.member).put(f"/api/v1/events/{event.uuid}/rsvp/", {"answer": "going"}).json()
    assert (said["is_quiet"], said["is_first_time"]) == (False, False)
