"""The API of ways into a group: the same doors, and the same silence, as the pages."""

from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Group, Invitation, JoinRequest, Membership
from groups.services.invitations import address_of, invite
from groups.services.requests import ask_to_join
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(cast: Cast, now: datetime) -> str:
    cache.clear()
    Group.objects.update(join_policy=Group.JoinPolicy.REQUEST)
    return f"/api/v1/groups/{cast.group.uuid}/"


def test_asking_and_being_let_in(cast: Cast, address: str, api_as) -> None:
    asking, host = api_as(cast.applicant), api_as(cast.host)
    made = asking.post(f"{address}requests/", {"words": "I walk slowly."})
    assert (made.status_code, made.json()["words"]) == (201, "I walk slowly.")
    assert [row["uuid"] for row in asking.get(f"{address}requests/").json()] == [made.json()["uuid"]]
    assert api_as(cast.member).get(f"{address}requests/").json() == []

    (waiting,) = host.get(f"{address}requests/").json()
    assert host.post(f"{address}requests/{waiting['uuid']}/accept/").status_code == 204
    assert Membership.objects.current().filter(person=cast.applicant).exists()


def test_declining_and_taking_back(cast: Cast, address: str, api_as, now: datetime) -> None:
    first = ask_to_join(group=cast.group, person=cast.applicant, now=now)
    second = ask_to_join(group=cast.group, person=cast.stranger, now=now)
    assert api_as(cast.host).post(f"{address}requests/{first.uuid}/decline/").status_code == 204
    assert api_as(cast.applicant).post(f"{address}requests/", {}).json()["code"] == "asked_lately"
    assert api_as(cast.stranger).delete(f"{address}requests/{second.uuid}/").status_code == 204
    assert set(JoinRequest.objects.values_list("status", flat=True)) == {"declined", "taken_back"}


@pytest.mark.parametrize(("name", "status"), [("applicant", 403), ("member", 404), ("banned", 404), (None, 403)])
def test_only_hosts_answer(cast: Cast, address: str, api_as, now: datetime, name: str | None, status: int) -> None:
    asked = ask_to_join(group=cast.group, person=cast.applicant, now=now)
    client = api_as(cast.people[name] if name else None)
    for act in ("accept", "decline"):
        assert client.post(f"{address}requests/{asked.uuid}/{act}/").status_code in {
            status,
            401 if not name else status,
        }
    assert JoinRequest.objects.get().status == "open"


def test_a_link_from_making_to_taking_back(cast: Cast, address: str, api_as, now: datetime) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    event, host = make_event(cast.group, now), api_as(cast.host)
    made = host.post(f"{address}invitations/", {"note": "The choir"}, format="json").json()
    link = f"/api/v1/invitations/{made['address'].rstrip('/').rsplit('/', 1)[1]}/"
    (listed,) = host.get(f"{address}invitations/").json()
    assert (listed["note"], listed["most_uses"], "address" in listed) == ("The choir", None, False)

    seen = api_as(None).get(link).json()
    assert (seen["name"], seen["next_event_at"]) == ("Morning Mosses", event.starts_at.isoformat()[:19] + "Z")
    assert set(seen) == {"name", "kind", "place", "about_html", "next_event_at", "next_event", "is_member", "group"}
    assert api_as(None).post(link).status_code in {401, 403}
    used = api_as(cast.stranger).post(link, {"is_looking": True}, format="json").json()
    assert (used["is_member"], used["is_looking"]) == (True, True)

    assert host.delete(f"{address}invitations/{made['uuid']}/").status_code == 204
    assert api_as(cast.applicant).get(link).status_code == 404


@pytest.mark.parametrize("name", ["member", "host", "stranger", "applicant", None])
def test_a_link_tells_what_its_page_tells(
    cast: Cast, address: str, api_as, as_person, now: datetime, name: str | None
) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    token, person = invite(group=cast.group, host=cast.host, now=now)[1], cast.people[name] if name else None
    assert api_as(person).get(f"/api/v1/invitations/{token}/").json()["next_event"] is None
    event = make_event(cast.group, now)

    with CaptureQueriesContext(connection) as queries:
        seen = api_as(person).get(f"/api/v1/invitations/{token}/").json()

    page = as_person(person).get(address_of(token).removeprefix(settings.SITE_ORIGIN))
    assert seen["is_member"] is page.context["is_member"] is (name in {"member", "host"})
    leads_there = f'href="{cast.group.get_absolute_url()}"' in page.content.decode()
    assert (seen["group"] == str(cast.group.uuid), seen["group"] is None) == (leads_there, not leads_there)
    assert seen["next_event"] == {
        "title": event.title, "starts_at": seen["next_event_at"], "time_zone": "Europe/Berlin",
        "ends_at": event.ends_at.isoformat()[:19] + "Z",
    }  # fmt: skip
    assert len(queries) <= 5, [query["sql"] for query in queries]


def test_who_looks_is_led_to_the_group_too(cast: Cast, address: str, api_as, now: datetime) -> None:
    token, client = invite(group=cast.group, host=cast.host, now=now)[1], api_as(cast.stranger)
    client.post(f"/api/v1/invitations/{token}/", {"is_looking": True}, format="json")
    seen = client.get(f"/api/v1/invitations/{token}/").json()
    assert (seen["is_member"], seen["group"]) == (True, str(cast.group.uuid))


def test_links_that_let_nobody_in_cannot_be_told_apart(cast: Cast, address: str, api_as, now: datetime) -> None:
    good = invite(group=cast.group, host=cast.host, now=now)[1]
    over, used = (invite(group=cast.group, host=cast.host, most_uses=1, now=now) for _ in range(2))
    Invitation.objects.filter(pk=over[0].pk).update(expires_at=now)
    Invitation.objects.filter(pk=used[0].pk).update(uses=1)
    client = api_as(cast.banned)
    for act in (client.get, client.post):
        answers = [act(f"/api/v1/invitations/{token}/") for token in (good, over[1], used[1], "never-was")]
        assert len({(answer.status_code, answer.content) for answer in answers}) == 1
        assert answers[0].status_code == 404


@pytest.mark.parametrize(("name", "status"), [("member", 403), ("stranger", 403), ("banned", 404)])
def test_only_hosts_see_links(cast: Cast, address: str, api_as, now: datetime, name: str, status: int) -> None:
    made, _token = invite(group=cast.group, host=cast.host, now=now)
    client = api_as(cast.people[name])
    assert client.get(f"{address}invitations/").status_code == status
    assert client.post(f"{address}invitations/", {}).status_code == status
    assert client.delete(f"{address}invitations/{made.uuid}/").status_code == 404


def test_looking_and_taking_part(cast: Cast, address: str, api_as) -> None:
    client = api_as(cast.stranger)
    assert client.post(f"{address}look/").json()["code"] == "not_open"
    Group.objects.update(join_policy=Group.JoinPolicy.OPEN)
    assert client.post(f"{address}look/").json()["is_looking"] is True
    taking = client.post(f"{address}take-part/").json()
    assert (taking["is_member"], taking["is_looking"]) == (True, False)
    assert api_as(cast.banned).post(f"{address}look/").status_code == 404
