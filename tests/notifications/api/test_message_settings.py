"""Which messages somebody wants, over the API: all of a change or nothing, and a tag for whoever looks at its head."""

from collections.abc import Callable
from typing import Any

import pytest

from accounts.models import User
from tests.kit.cast import make_person

pytestmark = pytest.mark.django_db
URL = "/api/v1/me/messages/settings/"


def test_a_change_that_is_refused_in_part_changes_nothing(api_as: Callable[[User], Any]) -> None:
    client = api_as(make_person("ada"))
    before = client.get(URL).json()
    kind, channel = next((row["kind"], row["switches"][0]) for row in before if row["kind"] == "seat_promoted")
    switch = {"channel": channel["channel"], "is_wanted": not channel["is_wanted"]}

    refused = client.patch(URL, {"kind": kind, "switches": [switch], "every": 2}, "json", headers={"If-Match": "*"})

    assert (refused.status_code, refused.json()["code"]) == (400, "unknown_pace")
    assert client.get(URL).json() == before


@pytest.mark.parametrize("url", [URL, "/api/v1/me/"])
def test_the_head_has_the_tag_of_the_whole(api_as: Callable[[User], Any], url: str) -> None:
    client = api_as(make_person("ada"))
    assert client.head(url)["ETag"] == client.get(url)["ETag"]
