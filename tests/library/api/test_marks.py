"""Bookmarks for apps."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from library.models import Mark
from tests.kit.world import World

ApiAs = Callable[..., APIClient]


@pytest.mark.parametrize(("door", "field"), [("bookmarks", "is_bookmark"), ("read", "is_read")])
def test_putting_and_deleting_may_be_repeated(world: World, api_as: ApiAs, door: str, field: str) -> None:
    phone, address = api_as(world.cast.member), f"/api/v1/{door}/mechanism/sleep/"

    for _ in range(2):
        answer = phone.put(address)
        assert (answer.status_code, answer.json()[field]) == (200, True)
    assert Mark.objects.filter(mechanism__slug="sleep").count() == 1
    for _ in range(2):
        answer = phone.delete(address)
        assert (answer.status_code, answer.json()[field]) == (200, False)
    assert not Mark.objects.filter(mechanism__slug="sleep").exists()


def test_the_list_is_ones_own(world: World, api_as: ApiAs) -> None:
    phone = api_as(world.cast.member)
    for page in ("need/poor-sleep", "exercise_type/walking"):
        phone.put(f"/api/v1/bookmarks/{page}/")
    phone.put("/api/v1/read/need/poor-sleep/")

    rows = phone.get("/api/v1/bookmarks/").json()["results"]

    assert [(row["kind"], row["slug"], row["is_read"]) for row in rows] == [
        ("exercise_type", "walking", False),
        ("need", "poor-sleep", True),
    ]
    assert api_as(world.cast.stranger).get("/api/v1/bookmarks/").json()["results"] == []


def test_what_is_not_there_is_a_problem(world: World, api_as: ApiAs) -> None:
    for page in ("mechanism/unfinished", "mechanism/never", "song/sleep"):
        answer = api_as(world.cast.member).put(f"/api/v1/bookmarks/{page}/")
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
