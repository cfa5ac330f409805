"""The API of groups: the same people, rows and seats as the pages."""

from datetime import datetime

import pytest

from accounts.models import User
from groups.models import Event, Group, Rsvp
from tests.groups.kit import all_going, make_event, make_members
from tests.kit.cast import Cast, make_group

pytestmark = pytest.mark.django_db


def test_visitors_read_public_groups_and_events(cast: Cast, now: datetime, api_as) -> None:
    event = make_event(cast.group, now, capacity=3, greeter=cast.host)
    make_event(make_group(slug="hidden", visibility=Group.Visibility.PRIVATE), now)
    make_event(make_group(slug="unlisted", visibility=Group.Visibility.UNLISTED), now)
    groups = api_as(None).get("/api/v1/groups/").json()["results"]
    [seen] = api_as(None).get("/api/v1/events/").json()["results"]
    assert [row["slug"] for row in groups] == ["morning-mosses"]
    assert (seen["uuid"], seen["seats_left"], seen["greeter"], seen["my_answer"]) == (str(event.uuid), 3, None, None)


def test_instants_are_utc_wherever_somebody_is(cast: Cast, now: datetime, api_as) -> None:
    event = make_event(cast.group, now)
    User.objects.update(time_zone="Asia/Shanghai")

    shown = api_as(cast.member).get(f"/api/v1/events/{event.uuid}/").json()

    assert shown["starts_at"].endswith("Z")
    assert datetime.fromisoformat(shown["starts_at"]) == event.starts_at


@pytest.mark.parametrize("count", [1, 3])
def test_a_list_of_events_with_ones_answers_is_asked_for_in_three(
    cast: Cast, now: datetime, api_as, django_assert_num_queries, count: int
) -> None:
    for number in range(count):
        event = make_event(cast.group, now, capacity=1, greeter=cast.host)
        everybody = [*make_members(cast.group, 1 + number, prefix=f"e{number}"), cast.member]
        all_going(event, everybody, now)
    make_event(cast.group, now, greeter=make_members(cast.group, 1, prefix="shy")[0])
    User.objects.filter(email__startswith="shy").update(display_name="")
    client = api_as(cast.member)

    with django_assert_num_queries(3):  # who reads, what they may see, and what is told beside each
        seen = client.get("/api/v1/events/").json()["results"]

    answered = [row["my_answer"] for row in seen if row["my_answer"]]
    assert [(mine["status"], mine["position"]) for mine in answered] == [("waitlisted", n + 1) for n in range(count)]
    assert [row["greeter"] for row in seen] == [*["Host"] * count, "somebody new"]


def test_join_say_going_wait_and_leave(cast: Cast, now: datetime, api_as) -> None:
    event = make_event(cast.group, now, capacity=1)
    all_going(event, make_members(cast.group, 1), now)
    client, answer = api_as(cast.stranger), f"/api/v1/events/{event.uuid}/rsvp/"
    assert client.get(answer).status_code == 404
    assert client.post(f"/api/v1/groups/{cast.group.uuid}/join/").json()["is_member"] is True
    said = client.put(answer, {"answer": "going", "is_quiet": True}).json()
    assert (said["status"], said["position"], said["is_quiet"]) == ("waitlisted", 1, True)
    assert client.get(answer).json() == said
    left = client.post(f"/api/v1/groups/{cast.group.uuid}/leave/").json()
    assert (left["is_member"], bool(left["next_event_at"])) == (False, True)
    assert left == client.get(f"/api/v1/groups/{cast.group.uuid}/").json()
    assert not Rsvp.objects.filter(person=cast.stranger).exists()


def test_refusals_are_problem_details(cast: Cast, now: datetime, api_as) -> None:
    event = make_event(cast.group, now)
    address = f"/api/v1/events/{event.uuid}/rsvp/"
    outside = api_as(cast.stranger).put(address, {"answer": "going"})
    wrong = api_as(cast.member).put(address, {"answer": "waitlisted"})
    Event.objects.update(status=Event.Status.CANCELLED)
    cancelled = api_as(cast.member).put(address, {"answer": "going"})
    last = api_as(cast.owner).post(f"/api/v1/groups/{cast.group.uuid}/leave/")
    assert [answer.status_code for answer in (outside, wrong, cancelled, last)] == [403, 400, 409, 409]
    assert [answer.json()["code"] for answer in (outside, wrong, cancelled, last)] == [
        "not_a_member", "invalid", "event_cancelled", "last_owner",
    ]  # fmt: skip
    assert cancelled["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("name", ["stranger", "banned", None])
def test_what_is_hidden_answers_like_what_is_absent(cast: Cast, now: datetime, api_as, name: str | None) -> None:
    event = make_event(cast.group, now)
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    client = api_as(cast.people[name] if name else None)
    for kind, row in (("groups", cast.group), ("events", event)):
        hidden = client.get(f"/api/v1/{kind}/{row.uuid}/")
        absent = client.get(f"/api/v1/{kind}/00000000-0000-4000-8000-000000000000/")
        assert (hidden.status_code, hidden.content) == (404, absent.content)


def test_leaving_a_private_group_hides_it(cast: Cast, now: datetime, api_as) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    client, group = api_as(cast.member), f"/api/v1/groups/{cast.group.uuid}/"
    assert client.post(f"{group}leave/").status_code == 204
    assert client.get(group).status_code == 404


def test_nothing_but_the_answer_is_taken_from_a_body(cast: Cast, now: datetime, api_as) -> None:
    event = make_event(cast.group, now, capacity=1)
    all_going(event, make_members(cast.group, 1), now)
    body = {"answer": "going", "status": "going", "place": 0, "person": cast.host.pk, "event": 99, "promoted_at": now}
    said = api_as(cast.member).put(f"/api/v1/events/{event.uuid}/rsvp/", body).json()
    assert (said["status"], said["promoted_at"]) == ("waitlisted", None)
    assert Rsvp.objects.filter(event=event).count() == 2


def test_nobody_signed_in_does_nothing(cast: Cast, now: datetime, api_as) -> None:
    event = make_event(cast.group, now)
    assert api_as(None).put(f"/api/v1/events/{event.uuid}/rsvp/", {"answer": "going"}).status_code in {401, 403}
    assert api_as(None).post(f"/api/v1/groups/{cast.group.uuid}/join/").status_code in {401, 403}
    assert api_as(cast.owner).delete(f"/api/v1/groups/{cast.group.uuid}/").status_code == 403
