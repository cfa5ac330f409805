"""Promise A2: what a body says beyond what a door asks for changes nothing; and it names only what is seen."""

import re
from datetime import UTC, datetime
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client

from core import made_fields
from groups.api.keeping import GroupInput
from tests.access.bodies import body_of
from tests.access.doors import Door, doors
from tests.access.routes import routes
from tests.access.visits import Visitors, _sent, _undone

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # keys of new rows differ where sequences are not undone
OURS = re.compile(r"^/api/v1/(groups|events|series|posts|comments|buddies|noticers|invitations|reports|decisions)/")
WRITING = [r for r in routes() if OURS.match(r.pattern) and set(r.methods) - {"GET"}]
THEN = datetime(2001, 2, 3, 4, 5, 6, tzinfo=UTC)
STOLEN = "5f0b2a54-4c0a-4c39-8f8e-7d2c7f3c7f99"
WHEN = [
    "hidden_at", "held_at", "created_at", "closed_at", "left_at", "banned_at", "joined_at", "promoted_at", "edited_at",
    "pinned_at", "revoked_at", "ended_at", "agreed_at", "asked_at", "changed_at", "undone_at", "occurs_on",
]  # fmt: skip
WHO = [
    "owner", "author", "reporter", "closed_by", "set_by", "invited_by", "shared_by", "sent_by", "asked_by", "member",
    "decided_by", "group", "event", "post", "series", "template_owner", "noted_by",
]  # fmt: skip
FIGURES = ["going_count", "next_place", "sequence", "revision", "uses", "cell", "position", "id", "pk"]
WORDS = ["slug", "token_hash", "about_html", "text_html", "excerpt", "outcome", "email", "display_name"]
FLAGS = ["is_staff", "is_superuser", "is_changed_alone", "is_rough", "is_promoted", "is_pinned"]
VOLATILE = re.compile(r"uuid|token|^at$|_at$|file|key|password|hash|^slug$|_until$")


def extras(visitors: Visitors, body: dict[str, Any]) -> dict[str, Any]:
    stranger = visitors.world.cast.stranger
    more: dict[str, Any] = {name: THEN.isoformat() for name in WHEN} | {"uuid": STOLEN, "role": "owner"}
    for name in WHO:
        more |= {name: str(stranger.uuid), f"{name}_id": stranger.pk}
    more |= dict.fromkeys(FIGURES, 31_777) | dict.fromkeys(WORDS, "zqstolen") | dict.fromkeys(FLAGS, True)
    return {name: value for name, value in more.items() if name not in body}


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Return all rows that a request may have written, by table."""
    found = {}
    for label in ("groups", "moderation", "accounts"):
        for model in apps.get_app_config(label).get_models():
            found[model._meta.label] = list(model._base_manager.order_by("pk").values())
    return found


def lasting(rows: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Leave out what is another one every time."""
    return {
        table: [{name: value for name, value in row.items() if not VOLATILE.search(name)} for row in each]
        for table, each in rows.items()
        if table != "accounts.KeptReply"
    }


def stolen_in(rows: dict[str, list[dict[str, Any]]]) -> list[str]:
    marks = {str(THEN), str(THEN.date()), STOLEN, "zqstolen"}
    return [f"{table}.{name}" for table, each in rows.items() for row in each for name, value in row.items()
            if str(value) in marks]  # fmt: skip


def send(visitors: Visitors, door: Door, method: str, kind: str, body: dict[str, Any]) -> tuple[int, Any]:
    """Return the status, and the rows as the request leaves them; it is undone."""
    client = Client(raise_request_exception=False)
    client.cookies[settings.SESSION_COOKIE_NAME] = visitors.sessions[kind]
    with _undone():
        answer = client.generic(method, door.path, **_sent(door, body))  # type: ignore[arg-type]
        return answer.status_code, snapshot()


@pytest.mark.parametrize("route", WRITING, ids=lambda route: route.pattern)
@pytest.mark.parametrize("kind", ["owner", "member"])
def test_what_is_not_asked_for_changes_nothing(visitors: Visitors, route: Any, kind: str) -> None:
    for door in doors(route, visitors.world):
        for method in set(route.methods) - {"GET"}:
            body = body_of(door.route, method, kind, visitors.world)
            if "file" in body:
                continue  # no JSON: pictures take two fields
            if door.route.endswith("/members/<uuid>/"):
                body.setdefault("role", "member")
            plain, after_plain = send(visitors, door, method, kind, body)
            said, after = send(visitors, door, method, kind, body | extras(visitors, body))
            assert said == plain, (door.path, method)
            assert stolen_in(after) == []
            assert lasting(after) == lasting(after_plain), (door.path, method)


def test_control_a_shape_that_takes_one_is_found(visitors: Visitors, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(GroupInput.Meta, "fields", [*GroupInput.Meta.fields, "slug"])
    monkeypatch.setattr(made_fields, "_made", made_fields._made.__wrapped__)
    (route,) = (one for one in WRITING if one.pattern == "/api/v1/groups/<uuid>/")
    door = next(iter(doors(route, visitors.world)))
    body = {"name": "Ferns"}

    _status, after = send(visitors, door, "PATCH", "owner", body | extras(visitors, body))

    assert "groups.Group.slug" in stolen_in(after)


UNSEEN = {
    "/api/v1/groups/<group>/events/": ("greeter", "stranger"),
    "/api/v1/groups/<group>/series/": ("greeter", "stranger"),
    "/api/v1/events/<uuid>/": ("greeter", "stranger"),
    "/api/v1/groups/<group>/plans/": ("template", "hidden_template"),
    "/api/v1/groups/<group>/together/": ("template", "hidden_template"),
    "/api/v1/buddies/": ("person", "stranger"),
    "/api/v1/noticers/": ("friend", "stranger"),
    "/api/v1/reports/": ("about_id", "private_event"),
}
NOBODY = {"template": "no-such-plan"}


@pytest.mark.parametrize("pattern", UNSEEN)
def test_what_one_may_not_see_is_refused_as_absent(visitors: Visitors, pattern: str) -> None:
    column, named = UNSEEN[pattern]
    addresses = visitors.world.addresses()
    hidden = addresses[named] if named in addresses else str(visitors.world.cast.people[named].uuid)
    route = next(one for one in WRITING if one.pattern == pattern)
    door = next(one for one in doors(route, visitors.world) if one.about in {"public", ""})
    who = "stranger" if pattern == "/api/v1/reports/" else "host"
    method = "PATCH" if "PATCH" in route.methods else "POST"
    body = body_of(pattern, method, "host", visitors.world)
    if pattern == "/api/v1/reports/":
        body |= {"about_kind": "event"}

    def answered(value: str) -> tuple[int, str]:
        client = Client(raise_request_exception=False)
        client.cookies[settings.SESSION_COOKIE_NAME] = visitors.sessions[who]
        with _undone():
            answer = client.generic(method, door.path, **_sent(door, body | {column: value}))  # type: ignore[arg-type]
            return answer.status_code, answer.content.decode()

    absent = NOBODY.get(column, STOLEN)
    said, words = answered(hidden)
    never, never_words = answered(absent)
    assert said == never
    assert said in {400, 404}
    assert words.replace(hidden, "x") == never_words.replace(absent, "x")
