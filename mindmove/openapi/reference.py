"""The document, laid out for reading: rooms, their operations, and what goes in and comes out (pure)."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from mindmove.openapi.examples import example_of
from mindmove.openapi.words import room_title

type Schema = dict[str, Any]

CHINESE = "zh-hans"
VALUES_AGAIN = re.compile(r"(?:^|\n\n)\* `")  # a list of the values, which are told beside the field


@dataclass(frozen=True)
class Field:
    """A parameter, or a property of what is sent or answered."""

    name: str
    kind: str
    values: tuple[str, ...] = ()
    about: str = ""
    is_required: bool = False
    place: str = ""


@dataclass(frozen=True)
class Reply:
    status: str
    about: str
    kind: str = ""
    fields: tuple[Field, ...] = ()
    example: str = ""


@dataclass(frozen=True)
class Operation:
    name: str
    method: str
    path: str
    title: str
    about: str
    is_open: bool
    parameters: tuple[Field, ...]  # without what all operations have in common
    body: tuple[Field, ...]
    body_type: str
    example: str
    replies: tuple[Reply, ...]
    refusals: tuple[Reply, ...]


@dataclass(frozen=True)
class Room:
    tag: str
    title: str
    operations: tuple[Operation, ...]


def rooms(document: Schema, language: str) -> list[Room]:
    """Return every room in the order of the document, with titles in `language`."""
    found: dict[str, list[Operation]] = {tag["name"]: [] for tag in document["tags"]}
    for path, operations in document["paths"].items():
        for method, said in operations.items():
            found[said["tags"][0]].append(_operation(document, path, method, said, language))
    return [Room(tag, room_title(tag, language), tuple(operations)) for tag, operations in found.items()]


def _operation(document: Schema, path: str, method: str, said: Schema, language: str) -> Operation:
    body_type, body = _first(said.get("requestBody", {}))
    schema = body.get("schema", {})
    title = str(said.get("x-summary-zh-hans", said["summary"]) if language == CHINESE else said["summary"])
    replies = [_reply(document, status, answer) for status, answer in said["responses"].items()]
    return Operation(
        name=said["operationId"],
        method=method.upper(),
        path=path,
        title=title,
        about=said["description"],
        is_open={} in said.get("security", []),
        parameters=tuple(_parameter(document, one) for one in said.get("parameters", []) if "$ref" not in one),
        body=tuple(_fields(document, schema)),
        body_type=body_type,
        example=_example(document, schema) if body_type == "application/json" else "",
        replies=tuple(reply for reply in replies if reply.status < "400"),
        refusals=tuple(reply for reply in replies if reply.status >= "400"),
    )


def _parameter(document: Schema, said: Schema) -> Field:
    kind, values = _kind(document, said.get("schema", {}))
    return Field(said["name"], kind, values, said.get("description", ""), said.get("required", False), said["in"])


def _reply(document: Schema, status: str, answer: Schema) -> Reply:
    answer = _resolved(document, answer)
    media, content = _first(answer)
    schema = content.get("schema", {})
    if status >= "400":
        return Reply(status, answer["description"])
    example = _example(document, schema) if schema and media == "application/json" else ""
    return Reply(status, answer["description"], media, tuple(_fields(document, schema)), example)


def _first(part: Schema) -> tuple[str, Schema]:
    """Return the first media type that a body comes in, with its shape."""
    nothing: tuple[str, Schema] = ("", {})
    return next(iter(part.get("content", {}).items()), nothing)


def _example(document: Schema, schema: Schema) -> str:
    return json.dumps(example_of(schema, document), indent=2, ensure_ascii=False)


def _resolved(document: Schema, part: Schema) -> Schema:
    """Follow a reference (`#/components/…`) to what it stands for."""
    while "$ref" in part:
        target: Any = document
        for step in part["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        part = target
    return part


def _fields(document: Schema, schema: Schema) -> Iterator[Field]:
    schema = _resolved(document, schema)
    if schema.get("type") == "array":
        schema = _resolved(document, schema["items"])
    shapes = [_resolved(document, one) for one in schema.get("oneOf", [])] or [schema]
    properties = {name: part for shape in shapes for name, part in shape.get("properties", {}).items()}
    for name, part in properties.items():
        kind, values = _kind(document, part)
        about = VALUES_AGAIN.split(part.get("description", ""))[0]
        is_required = all(name in shape.get("required", []) for shape in shapes)
        yield Field(name, kind, values, about, is_required)


def _kind(document: Schema, part: Schema) -> tuple[str, tuple[str, ...]]:
    """Return the type in a few letters, and the values where they can be counted."""
    name = part["$ref"].split("/")[-1] if "$ref" in part else ""
    part = _resolved(document, part)
    if "enum" in part:
        return "string", tuple(str(value) for value in part["enum"] if value not in {"", None})
    for key in ("allOf", "oneOf", "anyOf"):
        if part.get(key):
            found = [_kind(document, one) for one in part[key]]
            return " | ".join(dict.fromkeys(kind for kind, _ in found)), tuple(v for _, values in found for v in values)
    kinds = part.get("type", "object")
    text = " | ".join([kinds] if isinstance(kinds, str) else kinds)
    if "array" in text:
        inner, values = _kind(document, part["items"])
        return f"{inner}[]", values
    if "object" in text:
        return name or "object", ()
    return f"{text} ({part['format']})" if "format" in part else text, ()
