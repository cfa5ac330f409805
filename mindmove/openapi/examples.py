"""Examples for the document: each property shows a value it could have; an example is put together from them."""

import re
from typing import Any

type Schema = dict[str, Any]

UUID = "7d0a3b52-6f0e-4d8b-9a50-1f6f6f1c2ab4"
BY_FORMAT: dict[str, Any] = {
    "uuid": UUID,
    "date-time": "2026-06-06T07:30:00Z",
    "date": "2026-06-06",
    "time-local": "18:30:00",
    "uri": "https://mindmove.example/en/",
    "email": "anna@people.example",
    "decimal": "3",
    "binary": "(bytes)",
}
BY_NAME: dict[str, Any] = {
    "name": "Morning Mosses", "display_name": "Anna", "title": "Along the canal", "slug": "morning-mosses",
    "place": "Tiergarten, Berlin", "time_zone": "Europe/Berlin", "language": "en", "languages": "en",
    "quiet_from": "21:30", "quiet_until": "07:00", "rrule": "FREQ=WEEKLY;BYDAY=SA", "cursor": "cD0yMDI2",
    "path": "/api/v1/logs/", "about_kind": "event",
    "template": "ten-minute-walk", "exercise_type": "walking", "mechanism": "behavioural-activation",
    "text": "See you at the lock.", "when_text": "I am home", "then_text": "I walk", "note": "Mild, and quiet.",
    "floor": "To the gate.", "code": "invalid", "status": 400, "detail": "Some of this needs another look.",
    "minutes": 20, "capacity": 12, "guests": 1, "weekday": 1, "score": 7, "grade": "strong",
    "doi_url": "https://doi.org/10.1000/182", "get_help": "/library/get-help/",
}  # fmt: skip
BY_SHAPE: dict[tuple[str, str], Any] = {  # where a name alone does not say it
    ("HelpLine", "url"): "https://findahelpline.com/",
    ("Hit", "url"): "/library/mechanisms/sleep/",
    ("Message", "path"): "/groups/morning-mosses/",
    ("Problem", "type"): "about:blank",
}
DEEPEST = 6


def add_examples(document: Schema) -> None:
    """Give each property of each schema an example, where it has none."""
    for shape, schema in document["components"]["schemas"].items():
        for name, part in schema.get("properties", {}).items():
            if "$ref" not in part and "examples" not in part and _is_simple(part):
                part["examples"] = [BY_SHAPE.get((shape, name)) or example_of(part, document, name=name)]


def _is_simple(part: Schema) -> bool:
    return isinstance(part.get("type"), str | list) and "array" not in part["type"] and "object" not in part["type"]


def example_of(schema: Schema, document: Schema, *, name: str = "", depth: int = 0) -> Any:
    """Return a value that the schema allows."""
    if "$ref" in schema:
        return example_of(document["components"]["schemas"][schema["$ref"].split("/")[-1]], document, depth=depth)
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    if "const" in schema:
        return schema["const"]
    for key in ("allOf", "oneOf", "anyOf"):
        if schema.get(key):
            return example_of(schema[key][0], document, name=name, depth=depth)
    return _of_type(schema, document, name, depth)


def _of_type(schema: Schema, document: Schema, name: str, depth: int) -> Any:
    kinds = schema.get("type", "object")
    kind = next(one for one in ([kinds] if isinstance(kinds, str) else kinds) if one != "null")
    if kind == "array":
        return [] if depth > DEEPEST else [example_of(schema["items"], document, name=name, depth=depth + 1)]
    if kind == "object":
        parts = {} if depth > DEEPEST else schema.get("properties", {})
        return {key: example_of(part, document, name=key, depth=depth + 1) for key, part in parts.items()}
    if kind == "string":
        return _string(schema, name)
    return True if kind == "boolean" else _number(schema, name)


def _string(schema: Schema, name: str) -> Any:
    known = BY_NAME.get(name)
    if isinstance(known, str):
        return known
    text = BY_FORMAT.get(schema.get("format", ""), "A few words")
    if (pattern := schema.get("pattern")) and not re.search(pattern, text):
        text = "morning-mosses"
    return text[: schema.get("maxLength", 200)]


def _number(schema: Schema, name: str) -> Any:
    known = BY_NAME.get(name)
    wish = known if isinstance(known, int) else 3
    return min(max(wish, schema.get("minimum", wish)), schema.get("maximum", wish))
