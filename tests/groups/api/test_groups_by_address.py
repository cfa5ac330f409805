"""A group at the address of its page: the same answer as at its UUID, for the same people."""

from datetime import datetime
from urllib.parse import quote

import pytest

from groups.models import Group
from tests.groups.kit import make_event
from tests.kit.cast import Cast, make_group

pytestmark = pytest.mark.django_db


def at(slug: str) -> str:
    return f"/api/v1/groups/by-address/{quote(slug)}/"


@pytest.mark.parametrize("visibility", [Group.Visibility.PUBLIC, Group.Visibility.UNLISTED])
def test_it_answers_like_the_group(cast: Cast, now: datetime, api_as, visibility: str) -> None:
    make_event(cast.group, now)
    Group.objects.update(visibility=visibility)
    client = api_as(cast.host)
    named, known = client.get(at("morning-mosses")), client.get(f"/api/v1/groups/{cast.group.uuid}/")
    assert (named.status_code, named.json(), named["ETag"]) == (200, known.json(), known["ETag"])
    assert client.get(at("morning-mosses"), headers={"If-None-Match": named["ETag"]}).status_code == 304
    changed = client.patch(
        f"/api/v1/groups/{cast.group.uuid}/", {"place": "Mill"}, format="json", headers={"If-Match": named["ETag"]}
    )
    assert changed.status_code == 200
    assert api_as(None).get(at("morning-mosses")).json()["place"] == "Mill"


def test_addresses_are_in_any_script(cast: Cast, api_as) -> None:
    group = make_group(slug="晨间-苔藓", name="晨间苔藓")
    assert api_as(None).get(at("晨间-苔藓")).json()["uuid"] == str(group.uuid)


@pytest.mark.parametrize("name", ["stranger", "banned", None])
def test_what_is_hidden_answers_like_what_is_absent(cast: Cast, api_as, name: str | None) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    client = api_as(cast.people[name] if name else None)
    hidden, absent = (client.get(at(slug)) for slug in ("morning-mosses", "nowhere"))
    assert (hidden.status_code, hidden.content) == (404, absent.content)
    assert api_as(cast.member).get(at("morning-mosses")).status_code == 200


def test_it_is_asked_for_in_one(cast: Cast, now: datetime, api_as, django_assert_num_queries) -> None:
    make_event(cast.group, now)
    client = api_as(cast.member)
    with django_assert_num_queries(1):
        assert client.get(at("morning-mosses")).status_code == 200
