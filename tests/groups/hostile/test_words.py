"""Promise I4 at every door of groups: hostile words are cleaned, or refused beside their field."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from groups.models import Comment, Event, Goal, Group, HostMessage, Post
from tests.groups.kit import make_event
from tests.kit.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
WORDS = {
    "bidi": "Moss \u202egro.knab\u202c \u2066x",
    "nul": "Mo\x00ss",
    "surrogate": "Moss \ud83d",
    "escape": "Moss \x1b[31m",
    "marks": "Z" + "\u0316\u0301" * 50_000,
    "marks in bounds": "Z" + "\u0316" * 60,
    "header": "Moss\r\nBcc: everybody@people.example",
    "formula": '=HYPERLINK("https://bad.example","Moss")',
    "html": "<img src=x onerror=alert(1)>Moss",
}
BAD = ["\u202e", "\u202c", "\u2066", "\x00", "\ud83d", "\x1b", "\u0316" * 5]
WHAT = {"place": "The lock", "setting": "water", "effort": "easy"}
FERNS = {"kind": "walking", "place": "Berlin", "time_zone": "Europe/Berlin", "effort": "easy"}
CHOICES = {"visibility": "public", "join_policy": "open"}


def doors(cast: Cast, now: datetime) -> dict[str, tuple[str, Callable[[str], dict[str, Any]], type, str]]:
    """Return name → address, body made of hostile words, and the column in which they end."""
    post = Post.objects.create(group=cast.group, author=cast.owner, text="Moss")
    group, event = f"/api/v1/groups/{cast.group.uuid}/", make_event(cast.group, now)
    at = {"starts_at": str(now + timedelta(days=2)), "ends_at": str(now + timedelta(days=2, hours=1))}
    weekly = {"rrule": "FREQ=WEEKLY", "at_time": "18:30", "minutes": 60, "starts_on": str((now + timedelta(3)).date())}
    goal = {"unit": "minutes", "target": 9, "starts_on": str(now.date()), "ends_on": str((now + timedelta(9)).date())}
    return {
        "post": (f"{group}posts/", lambda said: {"text": said}, Post, "text"),
        "comment": (f"/api/v1/posts/{post.uuid}/comments/", lambda said: {"text": said}, Comment, "text"),
        "group": ("/api/v1/groups/", lambda said: FERNS | {"name": said, "about": said}, Group, "name"),
        "event": (f"{group}events/", lambda said: WHAT | at | {"title": said, "about": said}, Event, "title"),
        "series": (f"{group}series/", lambda said: WHAT | weekly | {"title": said}, Event, "title"),
        "goal": (f"{group}goals/", lambda said: goal | {"title": said}, Goal, "title"),
        "message": (f"/api/v1/events/{event.uuid}/messages/", lambda said: {"text": said}, HostMessage, "text"),
    }


def pages(cast: Cast, now: datetime) -> dict[str, tuple[str, Callable[[str], dict[str, Any]], type, str]]:
    slug = cast.group.slug
    event, post = make_event(cast.group, now), Post.objects.create(group=cast.group, author=cast.owner, text="Moss")
    on = {"on": str((now + timedelta(days=2)).date()), "at": "10:00", "minutes": 60, "time_zone": "Europe/Berlin"}
    return {
        "post": (reverse("groups:feed", args=[slug]), lambda said: {"text": said}, Post, "text"),
        "comment": (
            reverse("groups:post", args=[slug, post.uuid]), lambda said: {"text": said}, Comment, "text",
        ),
        "group": ("/groups/new/", lambda said: FERNS | CHOICES | {"name": said}, Group, "name"),
        "event": (f"/groups/{slug}/events/new/", lambda said: WHAT | on | {"title": said}, Event, "title"),
        "message": (
            reverse("groups:write_to_participants", args=[slug, event.uuid]), lambda said: {"text": said},
            HostMessage, "text",
        ),
    }  # fmt: skip


def is_clean(model: Any, column: str) -> bool:
    said = list(model._base_manager.values_list(column, flat=True))
    one_line = column in {"title", "name"}
    return not any(bad in text or (one_line and "\n" in text) for bad in BAD for text in said)


@pytest.fixture
def settled(cast: Cast) -> Cast:
    for person in (cast.host, cast.owner):
        person.joined_at = LONG_AGO
        person.save()
    return cast


@pytest.mark.parametrize("name", ["post", "comment", "group", "event", "series", "goal", "message"])
@pytest.mark.parametrize("words", WORDS)
def test_through_the_api(settled: Cast, now: datetime, api_as: Any, name: str, words: str) -> None:
    path, body, model, column = doors(settled, now)[name]
    before = model._base_manager.count()  # type: ignore[attr-defined]

    answer = api_as(settled.host).post(path, json.dumps(body(WORDS[words])), content_type="application/json")

    assert answer.status_code in {200, 201, 400, 413}
    if answer.status_code == 413:  # a quarter of a megabyte is enough for anybody
        assert model._base_manager.count() == before  # type: ignore[attr-defined]
    elif answer.status_code == 400:
        assert model._base_manager.count() == before  # type: ignore[attr-defined]
        assert any(error["field"] in body("x") for error in answer.json()["errors"])
    else:
        assert model._base_manager.count() > before  # type: ignore[attr-defined]
    assert is_clean(model, column)


@pytest.mark.parametrize("name", ["post", "comment", "group", "event", "message"])
@pytest.mark.parametrize("words", [name for name in WORDS if name != "surrogate"])  # no form can hold one
def test_through_the_pages(settled: Cast, now: datetime, as_person: Any, name: str, words: str) -> None:
    path, body, model, column = pages(settled, now)[name]
    before = model._base_manager.count()  # type: ignore[attr-defined]
    client: Client = as_person(settled.host)

    answer = client.post(path, body(WORDS[words]))

    assert answer.status_code in {200, 302, 400}
    assert (model._base_manager.count() > before) == (answer.status_code == 302)  # type: ignore[attr-defined]
    assert is_clean(model, column)


def test_a_title_of_nothing_but_controls_is_refused_beside_it(settled: Cast, now: datetime, api_as: Any) -> None:
    path, body, _model, _column = doors(settled, now)["event"]
    answer = api_as(settled.host).post(path, body("\u202e\u2066"), format="json")
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "title")


def test_control_kind_words_pass_every_door(settled: Cast, now: datetime, api_as: Any) -> None:
    for path, body, model, column in doors(settled, now).values():
        answer = api_as(settled.host).post(path, body("清晨 Moss"), format="json")
        assert answer.status_code == 201, answer.content
        assert model._base_manager.filter(**{column: "清晨 Moss"}).exists()  # type: ignore[attr-defined]
