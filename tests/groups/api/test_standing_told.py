"""A group tells what the caller is in it, whether it goes on, and what its picture shows."""

from datetime import datetime

import pytest

from groups.models import Group
from groups.services.memberships import look
from groups.services.pictures import set_group_picture
from tests.groups.feed_kit import a_picture
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
FACTS = {"name": "Lake Walkers", "kind": "walking", "place": "Lake", "time_zone": "Europe/Berlin"}
ROLES = {"owner": "owner", "host": "host", "member": "member", "stranger": None, None: None}


@pytest.fixture
def group(cast: Cast) -> str:
    return f"/api/v1/groups/{cast.group.uuid}/"


@pytest.mark.parametrize(("name", "role"), ROLES.items())
def test_what_i_am_in_it(cast: Cast, group: str, api_as, name: str | None, role: str | None) -> None:
    shown = api_as(cast.people[name] if name else None).get(group).json()
    assert (shown["role"], shown["is_member"]) == (role, role is not None)


def test_coming_looking_and_leaving(cast: Cast, now: datetime, group: str, api_as) -> None:
    make_event(cast.group, now)
    client = api_as(cast.stranger)
    assert client.post(f"{group}join/").json()["role"] == "member"
    assert client.post(f"{group}leave/").json()["role"] is None
    look(group=cast.group, person=cast.stranger, now=now)
    shown = client.get(group).json()
    assert (shown["role"], shown["is_looking"]) == ("member", True)
    assert client.post("/api/v1/groups/", FACTS, format="json").json()["role"] == "owner"


def test_closing_and_opening_show_in_the_answer(cast: Cast, group: str, api_as) -> None:
    owner = api_as(cast.owner)
    assert owner.get(group).json()["is_open"] is True
    assert owner.post(f"{group}close/").json()["is_open"] is False
    assert api_as(cast.member).get(group).json()["is_open"] is False
    assert api_as(cast.stranger).get(group).status_code == 404
    assert owner.post(f"{group}reopen/").json()["is_open"] is True


def test_one_that_the_sites_moderators_hid_does_not_go_on(cast: Cast, now: datetime, group: str, api_as) -> None:
    Group.objects.update(hidden_at=now)
    assert api_as(cast.member).get(group).json()["is_open"] is False


@pytest.mark.parametrize("words", ["A gate in the fog", ""])
def test_a_picture_in_words(cast: Cast, now: datetime, group: str, api_as, words: str) -> None:
    assert api_as(None).get(group).json()["picture_alt"] is None
    set_group_picture(group=cast.group, person=cast.host, sent=a_picture(words), now=now)
    (row,) = api_as(None).get("/api/v1/groups/").json()["results"]
    assert row["picture_alt"] == api_as(None).get(group).json()["picture_alt"] == words
    assert (row["is_open"], "role" in row) == (True, False)
