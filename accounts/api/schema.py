"""What every unsafe operation of the API has in common, written once into its document."""

from typing import Any

from accounts.once import HEADER, LONGEST, UNSAFE

PROBLEM = {"content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}
KEY = {
    "in": "header",
    "name": HEADER,
    "required": False,
    "description": (
        "A name of your own for this request, such as a UUID. Sent again with the same body within a day, it has no "
        "second effect and gets the first reply, marked `Idempotent-Replayed`; of posts and answers, as they are now. "
        "With another body it is refused (422); while the first is being worked on, too (409, `Retry-After`)."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": LONGEST, "pattern": "^[ -~]+$"},
}
REFUSALS = {"400": "", "409": "", "422": "The key was used for another request."}


def with_keys(result: dict[str, Any], generator: object, **_: object) -> dict[str, Any]:
    """Add the key to every unsafe operation (a hook of drf-spectacular)."""
    for operations in result["paths"].values():
        for method, operation in operations.items():
            if method.upper() in UNSAFE:
                operation.setdefault("parameters", []).append(KEY)
                for status, words in REFUSALS.items():
                    operation["responses"].setdefault(status, {**PROBLEM, "description": words})
    return result
