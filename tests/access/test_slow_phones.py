"""A phone may take a minute to send what it says. Nothing is locked until it has: others write the same rows."""

from typing import ClassVar

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.client import FakePayload

from tests.access.doors import Door
from tests.access.test_writes import name, tries
from tests.access.visits import Visitors

TAKES_NOTHING: dict[str, set[int]] = {"DELETE /api/v1/groups/<group>/picture/": set()}  # a form here, like its PUT


class Watched(FakePayload):
    """What is sent; it notes in how many transactions it is read."""

    depths: ClassVar[set[int]] = set()

    def read(self, *args: int) -> bytes:
        self.depths.add(len(connection.savepoint_ids))
        return super().read(*args)


@pytest.fixture
def depths(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    monkeypatch.setattr("django.test.client.FakePayload", Watched)
    Watched.depths = set()
    return Watched.depths


def test_it_is_read_to_its_end_before_anything_is_locked(visitors: Visitors, depths: set[int]) -> None:
    in_none = len(connection.savepoint_ids) + 1  # that of the tests, in which each visit is undone
    read: dict[str, set[int]] = {}
    for a_try in tries(visitors):
        method, door, who = a_try
        depths.clear()
        visitors.knock(door, method, who)
        read.setdefault(name(a_try), set()).update(depths)
    assert {door: within for door, within in read.items() if within != {in_none}} == TAKES_NOTHING


def test_pictures_are_too(visitors: Visitors, depths: set[int]) -> None:
    in_none = len(connection.savepoint_ids) + 1
    said: dict[str, object] = {"text": "Look.", "file": SimpleUploadedFile("ferns.jpg", b"none")}
    posts = Door("", "", f"/api/v1/groups/{visitors.world.cast.group.uuid}/posts/")
    assert visitors.send(posts, "POST", "host", said).status_code == 201
    assert depths == {in_none}


def test_words_are_changed_without_files(visitors: Visitors, depths: set[int]) -> None:
    said: dict[str, object] = {"text": "Look.", "file": SimpleUploadedFile("ferns.jpg", b"none")}
    post = Door("", "", f"/api/v1/posts/{visitors.world.addresses()['post']}/")
    assert visitors.send(post, "PATCH", "member", said).status_code == 415
    assert depths == set()
