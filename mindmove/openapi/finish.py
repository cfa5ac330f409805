"""What the document says beside the shapes: words, errors, what all operations share (drf-spectacular's hook)."""

from http import HTTPStatus
from typing import Any

from accounts.app_versions import HEADER, MINIMUM
from core.app_names import NAME, VERSION
from mindmove.openapi.codes import codes
from mindmove.openapi.examples import add_examples
from mindmove.openapi.words import room_title, words

type Operation = dict[str, Any]

SAFE = {"get", "head", "options"}
PROBLEM = {"$ref": "#/components/schemas/Problem"}
SAID = {
    "400": "What was sent needs another look; `errors` names the fields.",
    "401": "No credential, or one that is over.",
    "403": "The caller may see this, and not do that.",
    "404": "Nothing there, or nothing that the caller may know of.",
    "406": "No such media type is offered.",
    "409": "It no longer goes: the code says why.",
    "410": "The caller took it away before; or what it builds on counts no more, and it begins again.",
    "412": "It has changed since the caller read it; nothing has been changed.",
    "413": "More than is taken.",
    "415": "Send `application/json`.",
    "422": "The key was used for another request.",
    "426": "This version of the app is too old; `MindMove-App-Minimum` names the oldest that goes on.",
    "428": "Say in `If-Match` what this is a change of.",
    "429": "A little slower, please; `Retry-After` says when.",
}
LIMITS = {
    "RateLimit-Policy": {
        "description": "How much is answered in how many seconds, to a token, a person or (visitors) an address.",
        "schema": {"type": "string"},
        "example": '"person";q=600;w=60',
    },
    "RateLimit": {
        "description": "How much is left (`r`), and in how many seconds it is all there again (`t`).",
        "schema": {"type": "string"},
        "example": '"person";r=598;t=42',
    },
}
LANGUAGE = {
    "in": "header",
    "name": "Accept-Language",
    "required": False,
    "description": "The language of texts and refusals, English or Chinese; left out, that of the caller's settings.",
    "schema": {"type": "string"},
    "example": "zh-Hans",
}
APP = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": "Name and version of the app. One that the operator calls too old is told so (426).",
    "schema": {"type": "string", "pattern": f"^{NAME}/{VERSION}$"},
    "example": "mindmove-phone/1.4.2",
}
MINIMUM_APP = {
    "description": "The oldest version of this app that goes on.",
    "schema": {"type": "string"},
    "example": "1.4",
}
SHARED = {one["name"]: one for one in (LANGUAGE, APP)}
RETRY_AFTER = {"description": "Seconds to wait.", "schema": {"type": "integer"}}


def finished(result: dict[str, Any], generator: object, **_: object) -> dict[str, Any]:
    """Put into words what drf-spectacular left open."""
    components = result["components"]
    components["headers"] = {"Retry-After": RETRY_AFTER, MINIMUM: MINIMUM_APP, **LIMITS}
    components["parameters"] = SHARED
    components["responses"] = {f"Problem{status}": _problem(status, said) for status, said in SAID.items()}
    for path, operations in result["paths"].items():
        for method, operation in operations.items():
            _describe(operation, words()["operations"])
            _refuse(operation, method, path)
            shared = [{"$ref": f"#/components/parameters/{name}"} for name in SHARED]
            operation.setdefault("parameters", []).extend(shared)
    tags = sorted(
        {tag for operations in result["paths"].values() for one in operations.values() for tag in one["tags"]}
    )
    result["tags"] = [{"name": tag, "description": room_title(tag, "en")} for tag in tags]
    _say_wall_clock(components["schemas"])
    _leave_bounds_to_choices(components["schemas"])
    result["x-problem-codes"] = codes()
    add_examples(result)
    return result


def _say_wall_clock(part: Any) -> None:
    """Name times of day for what they are: without a zone (`time-local`), where `time` wants one."""
    if isinstance(part, dict):
        if part.get("format") == "time":
            part |= {"format": "time-local", "pattern": r"^\d{2}:\d{2}(:\d{2}(\.\d+)?)?$"}
        for inner in part.values():
            _say_wall_clock(inner)
    elif isinstance(part, list):
        for inner in part:
            _say_wall_clock(inner)


def _leave_bounds_to_choices(schemas: dict[str, Any]) -> None:
    """Leave out how large a number the database could hold where a list says which there are."""
    for schema in schemas.values():
        for part in schema.get("properties", {}).values():
            if "allOf" in part:
                part.pop("minimum", None)
                part.pop("maximum", None)


def _describe(operation: Operation, known: dict[str, list[str]]) -> None:
    first = operation.get("description", "").split("\n")[0].split(". ")[0].rstrip(".")
    operation["summary"] = known.get(operation["operationId"], [first])[0]
    if operation["operationId"] in known:
        operation["x-summary-zh-hans"] = known[operation["operationId"]][1]


def _refuse(operation: Operation, method: str, path: str) -> None:
    """Name every way in which it may say no, each with problem details."""
    answers = operation["responses"]
    also = {"400", "406", "426", "429", *([] if {} in operation.get("security", []) else ["401", "403"])}
    if "{" in path or any(one["name"] == "cursor" for one in operation.get("parameters", [])):
        also.add("404")
    if method not in SAFE:
        also |= {"401", "403", "409", "413", "422"}
    if "requestBody" in operation:
        also.add("415")
    for status in sorted({*also, *answers}):
        if status in SAID:
            answers[status] = {"$ref": f"#/components/responses/Problem{status}"}
        elif "$ref" not in answers[status]:
            answers[status]["description"] = answers[status].get("description") or HTTPStatus(int(status)).phrase
    operation["responses"] = dict(sorted(answers.items()))


def _problem(status: str, said: str) -> dict[str, Any]:
    example = {
        "type": "about:blank", "title": HTTPStatus(int(status)).phrase, "status": int(status),
        "code": EXAMPLES.get(status, "not_possible"), "detail": said,
    }  # fmt: skip
    told = {"409": ["Retry-After"], "426": [MINIMUM], "429": ["Retry-After", *LIMITS]}.get(status, [])
    headers = {name: {"$ref": f"#/components/headers/{name}"} for name in told}
    return {
        "description": said,
        "headers": headers,
        "content": {"application/problem+json": {"schema": PROBLEM, "example": example}},
    }


EXAMPLES = {
    "400": "invalid", "401": "not_authenticated", "403": "permission_denied", "404": "not_found",
    "406": "not_acceptable", "409": "event_over", "410": "gone", "412": "precondition_failed",
    "413": "too_large", "415": "unsupported_media_type", "422": "key_taken", "426": "app_too_old",
    "428": "precondition_required", "429": "throttled",
}  # fmt: skip
