"""Knocking at every door as every kind of person."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.cache import cache
from django.db import transaction
from django.test import Client

from tests.access.routes import Route
from tests.kit.world import World

KINDS = ["anonymous", "stranger", "applicant", "member", "blocked", "host", "owner", "banned", "editor", "superuser"]


@dataclass(frozen=True)
class Door:
    """One concrete address to try: a route with its blanks filled in by `about`."""

    route: str
    about: str
    path: str


def doors(route: Route, world: World) -> Iterator[Door]:
    """Yield the addresses of a route: one, or one for a public and one for a hidden object."""
    for about, values in _variants(route.pattern, world):
        path = re.sub(r"<(\w+)>", lambda blank, values=values: str(values[blank[1]]), route.pattern)
        yield Door(route.pattern, about, path)


def _variants(pattern: str, world: World) -> list[tuple[str, dict[str, object]]]:
    a = world.addresses()
    key = _row(pattern, world)
    person = {"id": key, "object_id": key, "pk": key}
    for regex, variants in [
        (
            r"^/(api/v1/)?groups/",
            {
                "public": {"slug": a["group"], "uuid": a["event"]},
                "private": {"slug": a["private_group"], "uuid": a["private_event"]},
            },
        ),
        (r"^/api/v1/events/", {"public": {"uuid": a["event"]}, "private": {"uuid": a["private_event"]}}),
        (r"^/(api/v1/|library/)needs?/|^/library/start/", {"": {"slug": a["need"]}}),
        (
            r"^/(library/mine|api/v1/(bookmarks|read))/",
            {
                "published": {"kind": "mechanism", "slug": a["mechanism"]},
                "draft": {"kind": "mechanism", "slug": a["draft"]},
            },
        ),
        (
            r"^/(api/v1/|library/)mechanisms?/",
            {
                "published": {"slug": a["mechanism"], "form": "bib"},
                "draft": {"slug": a["draft"], "form": "bib"},
            },
        ),
        (
            r"^/(api/v1/)?(plan-templates|plans)/",
            {
                "": {"slug": a["template"], "uuid": a["enrollment"]},
            },
        ),
    ]:
        if re.match(regex, pattern) and "<" in pattern:
            return [(about, {**person, **values}) for about, values in variants.items()]
    return [("", {**person, **_others(pattern, a)})]


def _row(pattern: str, world: World) -> int:
    """Return the key of a row that an address of the admin speaks of; where there is none, one that is absent."""
    rows = {
        "accounts/user": world.cast.member,
        "groups/group": world.cast.group,
        "groups/event": world.event,
        "library/citation": world.citation,
        "library/mechanism": world.mechanism,
        "library/need": world.need,
        "notifications/delivery": world.delivery,
        "plans/plantemplate": world.template,
    }
    return next((row.pk for name, row in rows.items() if pattern.startswith(f"/admin/{name}/")), 987_654_321)


def _others(pattern: str, a: dict[str, str]) -> dict[str, object]:
    own = a["log"] if "log" in pattern else a["enrollment"]
    return {
        "uuid": own,
        "slug": a["mechanism"],
        "key": a["citation"],
        "code": "uk",
        "step": "language",
        "token": "not-a-token",
        "form": "ris",
        "app_label": "library",
        "content_type_id": 1,
        "url": "nowhere",
    }


def answer(door: Door, method: str, kind: str, world: World) -> str:
    """Return the status, and for a redirect to sign-in the word `login`; leave no trace."""
    with _undone():
        client = Client(raise_request_exception=False)
        if kind != "anonymous":
            client.force_login(world.cast.people[kind], backend="django.contrib.auth.backends.ModelBackend")
        response = client.generic(method, door.path, data="{}" if _is_json(door) else "", content_type=_type(door))
    location = response.headers.get("Location", "")
    return "login" if response.status_code == 302 and "login" in location else str(response.status_code)


@contextmanager
def _undone() -> Iterator[None]:
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _is_json(door: Door) -> bool:
    return door.path.startswith(("/api/", "/_allauth/"))


def _type(door: Door) -> str:
    return "application/json" if _is_json(door) else "application/x-www-form-urlencoded"
