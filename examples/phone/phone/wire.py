"""How each edit is told to the server: as a part of a batch. Bodies are those of the generated client."""

from typing import Any
from uuid import UUID

from mindmove_client.models import MethodEnum as Method
from mindmove_client.models import NewAnswerRequest, NewDayRequest, NewLogRequest, PatchedLogChangeRequest
from mindmove_client.models import PartRequest as Part
from mindmove_client.types import UNSET

from phone.store import Edit, Fields, Request

API = "/api/v1"
PAGES = {"bookmark": "bookmarks", "read": "read"}
METHODS = {"make": Method.POST, "change": Method.PATCH, "put": Method.PUT, "delete": Method.DELETE}
# The models are read from what the store kept, so that a word too many or of the wrong kind is found here.
BODIES: dict[tuple[str, str], Any] = {
    ("log", "make"): NewLogRequest,
    ("log", "change"): PatchedLogChangeRequest,
    ("rsvp", "put"): NewAnswerRequest,
    ("day", "put"): NewDayRequest,
}


def part_of(edit: Edit, request: Request) -> Part:
    """Return the edit as `request` puts it."""
    shape = BODIES.get((edit.kind, edit.verb))
    made: Fields = {"uuid": edit.key} if edit.verb == "make" else {}
    return Part(
        id=UUID(request.key),
        method=METHODS[edit.verb],
        path=_path(edit),
        body=shape.from_dict({**request.body, **made}).to_dict() if shape else UNSET,
        if_match=request.if_match or UNSET,
    )


def _path(edit: Edit) -> str:
    match edit.kind, edit.key.split("/"):
        case "log", [uuid]:
            return f"{API}/logs/" if edit.verb == "make" else f"{API}/logs/{uuid}/"
        case "rsvp", [event]:
            return f"{API}/events/{event}/rsvp/"
        case "day", [plan, planned_on]:
            return f"{API}/enrollments/{plan}/days/{planned_on}/"
        case "mark", [sense, kind, slug]:
            return f"{API}/{PAGES[sense]}/{kind}/{slug}/"
    raise ValueError(f"{edit.kind} {edit.key}")
