"""Promise A4: what is hidden from somebody answers like what never existed: status, headers and body."""

import re
from time import time

import pytest
from django.http import HttpResponse

from tests.access.doors import Door, doors
from tests.access.routes import Route, routes
from tests.access.visits import Visitors

HIDDEN = {"private", "draft", "own"}
OUTSIDERS = ["anonymous", "stranger", "banned"]
ROUTES = [r for r in routes() if re.search(r"<(slug|uuid|key|group)>", r.pattern) and not r.is_admin]
NEW_EVERY_TIME = re.compile(r'(nonce|value|csrftoken)="[^"]{20,}"|"X-CSRFToken": "[^"]+"|nonce-[\w+/=-]+')
HEADERS_OF_TIME = {"Set-Cookie", "Date"}


@pytest.fixture(autouse=True)
def expires_by_its_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say `Expires` in seconds from now: two answers may lie in two seconds."""
    monkeypatch.setattr("django.utils.cache.http_date", lambda at: f"in {round(at - time())} s")


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.pattern)
def test_hidden_cannot_be_told_from_absent(visitors: Visitors, route: Route) -> None:
    for door in doors(route, visitors.world):
        if door.about in HIDDEN:
            for kind in OUTSIDERS:
                for method in {*route.methods, "HEAD", "OPTIONS", "DELETE"}:
                    hidden, absent = (
                        seen_from_outside(visitors.knock(there, method, kind), there) for there in (door, twin_of(door))
                    )
                    assert hidden == absent, (kind, method)


def test_the_walk_meets_every_kind_of_hidden_object(visitors: Visitors) -> None:
    assert {door.about for route in ROUTES for door in doors(route, visitors.world)} >= HIDDEN


def twin_of(door: Door) -> Door:
    """Return the door of an object that never existed, its address as long as the hidden one's."""
    blanks = re.compile(re.sub(r"<\w+>", "([^/]+)", re.escape(door.route)))
    path, *query = door.path.split("?")
    values = blanks.fullmatch(path).groups()  # type: ignore[union-attr]
    for name, value in zip(re.findall(r"<(\w+)>", door.route), values, strict=True):
        if name in {"slug", "uuid", "key", "group"}:
            path = path.replace(value, re.sub(r"[0-9a-z]", lambda c: "9" if c[0].isdigit() else "e", value))
    assert path != door.path.split("?")[0]
    return Door(door.route, "absent", "?".join([path, *query]))


def seen_from_outside(response: HttpResponse, door: Door) -> tuple[int, dict[str, str], str]:
    """Return status, headers and body, without what is new in every answer and what the visitor typed."""
    headers = {name: value for name, value in response.headers.items() if name not in HEADERS_OF_TIME}
    parts = door.path.split("?")[0].split("/")
    typed = [part for part, blank in zip(parts, door.route.split("/"), strict=True) if blank.startswith("<")]

    def plain(text: str) -> str:
        for part in typed:
            text = text.replace(part, "…")
        return NEW_EVERY_TIME.sub("", text)

    return (
        response.status_code,
        {name: plain(value) for name, value in headers.items()},
        plain(response.content.decode()),
    )
