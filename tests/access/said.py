"""One thing to send that says all there is to say at a door, or that brings most about."""

from dataclasses import dataclass

from tests.access.bodies import Body


@dataclass(frozen=True)
class Said:
    """One thing to send, and who sends it. `name` says what is particular about it."""

    name: str
    method: str
    path: str
    body: Body
    who: str = "member"
