"""What the API document says cannot be left out of a change is what is missed where nothing is said."""

import json
from collections.abc import Iterator
from typing import Any

from drf_spectacular.generators import SchemaGenerator

from tests.access.test_writes import tries
from tests.access.visits import Visitors

MISSED = "This field is required."


def changes(document: dict[str, Any]) -> Iterator[tuple[str, set[str]]]:
    """Yield the address of each change, as the tests write it, and what it names as needed."""
    for path, operations in document["paths"].items():
        body = operations.get("patch", {}).get("requestBody")
        if body:
            shape = body["content"]["application/json"]["schema"]["$ref"].split("/")[-1]
            needed = document["components"]["schemas"][shape].get("required", [])
            assert body.get("required", False) == bool(needed), path
            yield path.replace("{", "<").replace("}", ">"), set(needed)


def missed(visitors: Visitors) -> dict[str, set[str]]:
    """Return the address of each change, and what is missed when nothing is said."""
    found = {}
    for method, door, who in tries(visitors):
        if method == "PATCH":
            said = json.loads(visitors.send(door, method, who, {}, tag=visitors.tag(door, who)).content or "{}")
            errors = said.get("errors", []) if isinstance(said, dict) else []
            found[door.route] = {error["field"] for error in errors if error["message"] == MISSED}
    return found


def test_what_a_change_needs_is_what_the_document_says(visitors: Visitors) -> None:
    needed = dict(changes(SchemaGenerator().get_schema(request=None, public=True)))

    assert missed(visitors) == needed
    assert {name for names in needed.values() for name in names} == {"since", "role", "kind", "text"}
