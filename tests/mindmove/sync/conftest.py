"""A community in which the member has something of every kind."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from library.models import Mark
from plans.models import MoodRating, Reflection
from plans.services.logs import delete_log
from tests.kit.world import World, make_world

URL = "/api/v1/changes/"


@pytest.fixture
def full_world(db: None, now: datetime) -> World:
    world = make_world(now)
    member, log = world.cast.member, world.log
    Mark.objects.create(person=member, sense="bookmark", mechanism=world.mechanism)
    Mark.objects.create(person=member, sense="read", need=world.need)
    MoodRating.objects.create(log=log, moment="guess", value=2, rated_at=now)
    MoodRating.objects.create(log=log, moment="after", value=5, rated_at=now)
    Reflection.objects.visible_to(member).filter(log=log).update(mastery=4, pleasure=6)
    return world


@pytest.fixture
def device(api_as: Any) -> Callable[..., Any]:
    return lambda person: Device(api_as(person))


class Device:
    """A phone that keeps what it is told, as an app would."""

    def __init__(self, client: Any) -> None:
        self.client = client
        self.cursor = ""
        self.kept: dict[tuple[str, str], Any] = {}

    def sync(self, page_size: int = 200) -> list[dict[str, Any]]:
        """Ask until there is no more; keep and return what was told."""
        told: list[dict[str, Any]] = []
        while True:
            answer = self.ask(page_size)
            assert answer.status_code == 200, answer.content
            page = answer.json()
            assert len(page["changes"]) <= page_size
            told += page["changes"]
            for change in page["changes"]:
                if change["gone"]:
                    self.kept.pop((change["kind"], change["key"]), None)
                else:
                    self.kept[change["kind"], change["key"]] = change["data"]
            self.cursor = page["cursor"]
            if not page["has_more"]:
                return told

    def ask(self, page_size: int = 200) -> Any:
        asked = {"cursor": self.cursor} if self.cursor else {}
        return self.client.get(URL, {**asked, "page_size": page_size})

    def names(self, kind: str) -> set[str]:
        return {key for found, key in self.kept if found == kind}


def gone(told: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(change["kind"], change["key"]) for change in told if change["gone"]}


def came(told: list[dict[str, Any]]) -> set[tuple[str, str]]:
    return {(change["kind"], change["key"]) for change in told if not change["gone"]}


def end_log(world: World, now: datetime) -> tuple[str, str]:
    delete_log(person=world.cast.member, log=world.log, now=now)
    return "log", str(world.log.uuid)
