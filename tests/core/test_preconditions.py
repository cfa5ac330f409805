"""What is read carries a tag, and what is changed is what was read."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from groups.models import Post
from groups.services.feed import write_comment, write_post
from groups.services.series import start_series
from tests.groups.kit import make_event
from tests.kit.world import World

pytestmark = pytest.mark.django_db

LONG_AGO = {"If-Match": '"0123456789abcdef0123456789abcdef"'}
STEP = {"exercise_type": "walking", "minutes": 12, "intensity": "light", "title": "Mill", "floor": "To the gate."}
PLAN = {"title": "Mill", "schedule": [{"sessions": [STEP]}]}
LOG = {"exercise_type": "walking", "minutes": 12, "intensity": "light"}
SWITCH = {"kind": "event_moved", "switches": [{"channel": "email", "is_wanted": False}]}
type Client = Any


@pytest.fixture
def client(world: World, api_as: Callable[[User], Client]) -> Client:
    return api_as(world.cast.owner)


@dataclass(frozen=True)
class Scene:
    """What a thing is made in: the owner of a group, whose API client this is."""

    world: World
    client: Client
    now: datetime

    def made(self, path: str, body: dict[str, Any], by: str = "uuid") -> str:
        return f"{path}/{self.client.post(f'/api/v1/{path}/', body).data[by]}"

    def series(self) -> str:
        said = {
            "title": "Loop", "place": "Lake", "setting": "water", "effort": "easy", "rrule": "FREQ=WEEKLY;BYDAY=TU",
            "starts_on": self.now.date(), "at_time": time(18), "minutes": 60,
        }  # fmt: skip
        owner = self.world.cast.owner
        return f"series/{start_series(group=self.world.cast.group, now=self.now, by=owner, **said).uuid}"

    def post(self) -> Post:
        group, owner = self.world.cast.group, self.world.cast.owner
        return write_post(group=group, person=owner, text="At the lock", now=self.now)

    def enrollment(self) -> str:
        said = {"template": self.world.template.slug, "cues": [{"weekday": 1, "at_time": "18:30"}]}
        return self.made("enrollments", {**said, "starts_on": "2026-03-11", "when_text": "Home", "then_text": "Walk"})


# What can be changed → its address, a change of it, and whether that wants a tag.
THINGS: dict[str, tuple[Callable[[Scene], str], str, dict[str, Any], bool]] = {
    "group": (lambda s: f"groups/{s.world.cast.group.uuid}", "patch", {"about": "By the water"}, True),
    "event": (lambda s: f"events/{make_event(s.world.cast.group, s.now).uuid}", "patch", {"title": "Weir"}, True),
    "series": (Scene.series, "patch", {"title": "Weir", "since": "2026-03-17"}, True),
    "own plan": (lambda s: s.made("own-plans", PLAN, "slug"), "put", {"title": "Weir", "schedule": []}, True),
    "post": (lambda s: f"posts/{s.post().uuid}", "patch", {"text": "At the weir"}, False),
    "log": (lambda s: s.made("logs", LOG), "patch", {"minutes": 30}, False),
    "enrollment": (Scene.enrollment, "patch", {"then_text": "I dance"}, False),
    "me": (lambda _: "me", "patch", {"display_name": "Ada"}, False),
    "settings": (lambda _: "me/messages/settings", "patch", SWITCH, False),
}


@pytest.fixture(params=THINGS)
def thing(request: pytest.FixtureRequest, world: World, client: Client, now: datetime) -> tuple[str, Any, bool]:
    where, method, body, is_strict = THINGS[request.param]
    path = f"/api/v1/{where(Scene(world, client, now))}/"
    return path, lambda **headers: getattr(client, method)(path, body, headers=headers.get("headers")), is_strict


def test_known_is_not_sent_again(client: Client, thing: tuple[str, Any, bool]) -> None:
    path, _change, _strict = thing
    first = client.get(path)
    tag = first["ETag"]

    again = client.get(path, headers={"If-None-Match": f'"else", W/{tag}'})

    assert (first.status_code, tag[0], tag[-1]) == (200, '"', '"')
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert again["Cache-Control"] == "private, no-store" or "me/" not in path
    assert client.get(path, headers={"If-None-Match": '"else"'}).content == first.content


def test_a_change_of_what_was_read_goes_through_once(client: Client, thing: tuple[str, Any, bool]) -> None:
    path, change, _strict = thing
    read = client.get(path)["ETag"]

    changed, then = change(headers={"If-Match": read}), client.get(path)
    late = change(headers={"If-Match": read})

    assert changed.status_code == 200, changed.content
    assert then["ETag"] != read
    assert changed.get("ETag", then["ETag"]) == then["ETag"]
    assert (late.status_code, late.json()["code"]) == (412, "precondition_failed")
    assert late["Content-Type"] == "application/problem+json"
    assert client.get(path).content == then.content


def test_what_does_not_fit_changes_nothing(client: Client, thing: tuple[str, Any, bool]) -> None:
    path, change, _strict = thing
    before = client.get(path).content
    assert change(headers=LONG_AGO).status_code == 412
    assert client.get(path).content == before


def test_only_where_others_write_too_a_tag_is_wanted(client: Client, thing: tuple[str, Any, bool]) -> None:
    path, change, is_strict = thing
    before = client.get(path).content

    without = change()

    assert without.status_code == (428 if is_strict else 200)
    if is_strict:
        assert without.json()["code"] == "precondition_required"
        assert client.get(path).content == before
        assert change(headers={"If-Match": "*"}).status_code == 200


def test_what_was_read_in_one_language_is_changed_in_another(client: Client, thing: tuple[str, Any, bool]) -> None:
    path, change, _strict = thing
    read = client.get(path, headers={"Accept-Language": "zh-hans"})["ETag"]
    assert change(headers={"If-Match": read}).status_code == 200


def test_a_new_thing_says_its_tag(client: Client, now: datetime) -> None:
    made = client.post("/api/v1/logs/", LOG)
    path = f"/api/v1/logs/{made.data['uuid']}/"
    assert made["ETag"] == client.get(path)["ETag"]

    refused, gone = (client.delete(path, headers=headers) for headers in (LONG_AGO, {"If-Match": made["ETag"]}))

    assert (refused.status_code, gone.status_code) == (412, 204)
    assert client.delete(path, headers={"If-Match": "*"}).status_code == 404


def test_a_comment_changes_from_what_its_last_change_said(world: World, client: Client, now: datetime) -> None:
    """Only its post shows a comment, so its tag stands in the answers to its changes."""
    post = Scene(world, client, now).post()
    path = f"/api/v1/comments/{write_comment(post=post, person=world.cast.owner, text='Yes', now=now).uuid}/"
    read = client.patch(path, {"text": "I may come"})["ETag"]
    changes = [client.patch(path, {"text": "I come late"}, headers={"If-Match": read}).status_code for _ in range(2)]
    assert changes == [200, 412]


def test_who_may_not_see_it_learns_nothing(world: World, api_as: Callable[[User], Client]) -> None:
    path = f"/api/v1/groups/{world.private_group.uuid}/"
    never = "/api/v1/groups/5f0b2a54-4c0a-4c39-8f8e-7d2c7f3c7f10/"
    for headers in ({}, LONG_AGO, {"If-Match": "*"}):
        answers = [api_as(world.cast.stranger).patch(p, {"about": "x"}, headers=headers) for p in (path, never)]
        assert [one.status_code for one in answers] == [404, 404]
        assert answers[0].content == answers[1].content


def views(patterns: list[Any], prefix: str = "") -> list[tuple[str, Any]]:
    found = []
    for one in patterns:
        where = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            found += views(one.url_patterns, where)
        elif isinstance(one, URLPattern) and where.startswith("api/v1/"):
            found.append((where, one.callback))
    return found


# PUT and PATCH that say one small thing, the same however often it comes: a mark, a cheer, an answer, a role.
WITHOUT_A_TAG = {
    "bookmarks/<slug:kind>/<slug:slug>/", "buddies/<uuid:uuid>/agreement/", "buddies/<uuid:uuid>/word/",
    "enrollments/<uuid:uuid>/days/<day:planned_on>/", "events/<uuid:event>/attendance/", "events/<uuid:uuid>/rsvp/",
    "groups/<uuid:group>/goals/<uuid:uuid>/part/", "groups/<uuid:group>/members/<uuid:uuid>/",
    "groups/<uuid:group>/picture/", "groups/<uuid:group>/together/<uuid:uuid>/part/",
    "noticers/<uuid:uuid>/agreement/", "posts/<uuid:uuid>/cheer/", "posts/<uuid:uuid>/pin/",
    "read/<slug:kind>/<slug:slug>/", "readiness/",
}  # fmt: skip


def test_every_other_change_over_the_api_heeds_the_tag() -> None:
    without = set()
    for where, view in views(get_resolver().url_patterns):
        kind = getattr(view, "cls", None)
        methods = getattr(view, "actions", None) or {name: name for name in ("put", "patch") if hasattr(kind, name)}
        acts = {methods[method] for method in ("put", "patch") if method in methods}
        if acts - getattr(kind, "matching_acts", set()):
            without.add(where.removeprefix("api/v1/"))
    assert without == WITHOUT_A_TAG


class Slow(BytesIO):
    """A body that comes while somebody else may want what is changed: it notes what is locked by then."""

    def __init__(self, body: bytes) -> None:
        super().__init__(body)
        self.within: set[int] = set()

    def read(self, *args: Any) -> bytes:
        self.within.add(len(connection.savepoint_ids))
        return super().read(*args)


@pytest.mark.parametrize("headers", [{}, {"If-Match": "*"}])
def test_nothing_is_locked_while_a_slow_phone_sends(client: Client, headers: dict[str, str]) -> None:
    made = client.post("/api/v1/logs/", LOG).data["uuid"]
    body, outside = Slow(b'{"minutes": 9}'), len(connection.savepoint_ids)

    said = {"content_type": "application/json", "headers": headers, "wsgi.input": body, "CONTENT_LENGTH": "14"}
    answer = client.generic("PATCH", f"/api/v1/logs/{made}/", **said)

    assert (answer.status_code, answer.json()["minutes"]) == (200, 9)
    assert body.within == {outside}
