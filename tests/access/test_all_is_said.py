"""What may be said to the API is said somewhere in these tests, so that what it asks of the database is counted."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from drf_spectacular.generators import SchemaGenerator

from tests.access.bodies import body_of
from tests.access.in_full import Sayings
from tests.access.routes import document
from tests.access.test_writes import REFUSED
from tests.access.visits import Visitors

type Schema = dict[str, Any]

UNSAID: dict[str, set[str]] = {}  # door → what nobody says of it; say why


def asked_for() -> dict[str, set[str]]:
    """Return door → the names of all that it takes, as the API document states them for JSON."""
    shapes = SchemaGenerator().get_schema(request=None, public=True)["components"]["schemas"]
    return {
        f"{method.upper()} {pattern}": set(names_in(content["application/json"]["schema"], shapes))
        for pattern, operations in document().items()
        for method, operation in operations.items()
        if "application/json" in (content := _content_of(operation))
    }


def _content_of(operation: Any) -> Schema:
    found: Schema = operation.get("requestBody", {}).get("content", {}) if isinstance(operation, dict) else {}
    return found


def names_in(schema: Schema, shapes: Schema, within: str = "") -> Iterator[str]:
    """Yield the name of each property, with those that it lies in."""
    if "$ref" in schema:
        schema = shapes[schema["$ref"].split("/")[-1]]
    for part in [*schema.get("allOf", []), *schema.get("oneOf", []), *schema.get("anyOf", [])]:
        yield from names_in(part, shapes, within)
    if "items" in schema:
        yield from names_in(schema["items"], shapes, within)
    for name, shape in schema.get("properties", {}).items():
        yield within + name
        yield from names_in(shape, shapes, f"{within}{name}.")


def names_said(said: object, within: str = "") -> Iterator[str]:
    """Yield the names of what is said, likewise."""
    for part in said if isinstance(said, list) else ():
        yield from names_said(part, within)
    for name, value in said.items() if isinstance(said, dict) else ():
        yield within + name
        yield from names_said(value, f"{within}{name}.")


def door_of(method: str, path: str) -> str:
    """Return the door that this address is one of: the one with the fewest blanks."""
    patterns = sorted(document(), key=lambda pattern: pattern.count("<"))
    return f"{method} {next(one for one in patterns if re.fullmatch(re.sub('<[^>]+>', '[^/]+', one), path))}"


def test_all_that_a_door_takes_is_said(visitors: Visitors) -> None:
    unsaid = asked_for()
    for door, names in unsaid.items():
        method, pattern = door.split()
        if door not in REFUSED:
            names -= set(names_said(body_of(pattern, method, "member", visitors.world)))
    for said in Sayings(visitors.world).all():
        if (door := door_of(said.method, said.path)) in unsaid:
            unsaid[door] -= set(names_said(said.body))

    assert {door: names for door, names in unsaid.items() if names} == UNSAID


@pytest.mark.parametrize("door", ["PATCH /api/v1/me/messages/settings/", "POST /api/v1/own-plans/"])
def test_control_what_lies_within_is_asked_for(door: str) -> None:
    within = {name.split(".")[0] for name in asked_for()[door] if "." in name}

    assert within in ({"switches"}, {"schedule"})
