"""The API of who is in a group and as what."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Membership, Role
from tests.groups.kit import make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def address(cast: Cast, about: str = "", act: str = "") -> str:
    members = f"/api/v1/groups/{cast.group.uuid}/members/"
    return f"{members}{membership(cast, about).uuid}/{act}" if about else members


def bans(cast: Cast) -> str:
    return f"/api/v1/groups/{cast.group.uuid}/bans/"


def membership(cast: Cast, name: str) -> Membership:
    return Membership.objects.get(group=cast.group, person=cast.people[name])


def test_members_know_who_is_in(cast: Cast, api_as) -> None:
    rows = api_as(cast.member).get(address(cast)).data["results"]
    assert {row["name"]: row["role"] for row in rows} == {"Owner": "owner", "Host": "host", "Member": "member"}
    assert api_as(cast.stranger).get(address(cast)).data["results"] == []
    assert api_as(cast.banned).get(address(cast)).status_code == 404


def test_the_list_takes_as_many_queries_for_many_as_for_few(cast: Cast, api_as) -> None:
    client = api_as(cast.owner)
    with CaptureQueriesContext(connection) as few:
        client.get(address(cast))
    make_members(cast.group, 5)
    with CaptureQueriesContext(connection) as many:
        assert len(client.get(address(cast)).data["results"]) > 5
    assert len(many) == len(few)


def test_giving_a_role_and_handing_over(cast: Cast, now: datetime, api_as) -> None:
    answer = api_as(cast.owner).patch(address(cast, "member"), {"role": "host"}, format="json")
    assert (answer.status_code, answer.data["role"]) == (200, "host")
    assert api_as(cast.host).patch(address(cast, "member"), {"role": "owner"}, format="json").status_code == 403
    assert api_as(cast.owner).patch(address(cast, "owner"), {"role": "host"}, format="json").status_code == 409
    assert api_as(cast.owner).post(address(cast, "member", "hand-over/")).data["role"] == "owner"
    assert membership(cast, "owner").role == Role.HOST


def test_taking_out(cast: Cast, now: datetime, api_as) -> None:
    assert api_as(cast.member).delete(address(cast, "host")).status_code == 403
    assert api_as(cast.host).delete(address(cast, "member")).status_code == 204
    assert not membership(cast, "member").is_current


def test_bans_are_for_hosts(cast: Cast, now: datetime, api_as) -> None:
    client = api_as(cast.host)
    assert client.post(address(cast, "member", "ban/")).status_code == 204
    names = [row["name"] for row in client.get(bans(cast)).data["results"]]
    assert set(names) == {"Member", "Banned"}
    assert api_as(cast.blocked).get(bans(cast)).status_code == 403
    one = f"{bans(cast)}{membership(cast, 'member').uuid}/"
    assert client.delete(one).status_code == 204
    assert client.delete(one).status_code == 404
