"""The page of a person and blocking them there; the list of whom one blocked; the same over the API."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import Block, User
from groups.models import Buddies, JoinRequest, Membership
from tests.groups.kit import make_event
from tests.kit.cast import Cast, make_group

pytestmark = pytest.mark.django_db


def page_of(person: User, name: str = "person") -> str:
    return reverse(f"groups:{name}", args=[person.uuid])


def test_fellow_members_see_the_name_and_where_they_meet(cast: Cast, as_person) -> None:
    elsewhere = make_group(slug="elsewhere", name="Elsewhere")
    Membership.objects.create(group=elsewhere, person=cast.host)
    page = as_person(cast.member).get(page_of(cast.host)).content.decode()
    assert "Morning Mosses" in page
    assert "Elsewhere" not in page
    assert "host@people.example" not in page


def test_a_name_in_a_group_leads_to_the_person(cast: Cast, now: datetime, as_person) -> None:
    make_event(cast.group, now)
    assert page_of(cast.host) in as_person(cast.member).get(cast.group.get_absolute_url()).content.decode()


def test_oneself_is_shown_as_others_see_one(cast: Cast, as_person) -> None:
    page = as_person(cast.member).get(page_of(cast.member)).content.decode()
    assert "how people in your groups see you" in page
    assert page_of(cast.member, "block_person") not in page


@pytest.mark.parametrize("viewer", ["stranger", "applicant", "banned", "superuser"])
def test_whoever_shares_nothing_does_not_see_the_person(cast: Cast, as_person, viewer: str) -> None:
    assert as_person(cast.people[viewer]).get(page_of(cast.member)).status_code == 404


def test_a_host_sees_who_asks_to_join_and_a_member_does_not(cast: Cast, now: datetime, as_person) -> None:
    JoinRequest.objects.create(group=cast.group, person=cast.applicant, expires_at=now + timedelta(days=7))
    assert as_person(cast.host).get(page_of(cast.applicant)).status_code == 200
    assert as_person(cast.member).get(page_of(cast.applicant)).status_code == 404


def test_buddies_see_each_other_without_a_group(cast: Cast, now: datetime, as_person) -> None:
    Buddies.objects.create(asked_by=cast.stranger, asked=cast.applicant, agreed_at=now)
    assert as_person(cast.stranger).get(page_of(cast.applicant)).status_code == 200


def test_block_look_at_the_list_and_take_it_back(cast: Cast, as_person) -> None:
    client = as_person(cast.member)
    after = client.post(page_of(cast.host, "block_person"), follow=True).content.decode()
    assert "no longer see each other" in after
    assert reverse("accounts:unblock", args=[cast.host.uuid]) in after
    assert client.get(page_of(cast.host)).status_code == 404
    assert as_person(cast.host).get(page_of(cast.member)).status_code == 404
    client.post(reverse("accounts:unblock", args=[cast.host.uuid]))
    assert client.get(page_of(cast.host)).status_code == 200


def test_the_list_names_whom_i_blocked_and_not_who_blocked_me(cast: Cast, as_person) -> None:
    path = reverse("accounts:blocks")
    assert "Blocked" in as_person(cast.member).get(path).content.decode()
    assert ">Member<" not in as_person(cast.blocked).get(path).content.decode()
    assert as_person(cast.blocked).post(reverse("accounts:unblock", args=[cast.member.uuid])).status_code == 404
    assert Block.objects.count() == 1


def test_nobody_blocks_themselves(cast: Cast, as_person) -> None:
    page = as_person(cast.member).post(page_of(cast.member, "block_person"), follow=True).content.decode()
    assert "You cannot block yourself." in page


def test_the_same_over_the_api(cast: Cast, api_as) -> None:
    client = api_as(cast.member)
    found = client.get(f"/api/v1/people/{cast.host.uuid}/").json()
    assert (found["name"], [group["name"] for group in found["groups"]]) == ("Host", ["Morning Mosses"])
    for _ in range(2):
        assert client.post("/api/v1/blocks/", {"person": str(cast.host.uuid)}, format="json").status_code == 201
    names = [block["name"] for block in client.get("/api/v1/blocks/").json()["results"]]
    assert sorted(names) == ["Blocked", "Host"]
    assert client.get(f"/api/v1/people/{cast.host.uuid}/").status_code == 404
    assert client.delete(f"/api/v1/blocks/{cast.host.uuid}/").status_code == 204
    assert client.delete(f"/api/v1/blocks/{cast.host.uuid}/").status_code == 404


def test_whom_one_does_not_know_cannot_be_told_from_nobody_over_the_api(cast: Cast, api_as) -> None:
    """Also who blocked one, and whoever's UUID somebody else gave away."""
    client = api_as(cast.blocked)
    for uuid in (cast.member.uuid, cast.stranger.uuid, "00000000-0000-4000-8000-000000000000"):
        assert client.post("/api/v1/blocks/", {"person": str(uuid)}, format="json").status_code == 404
