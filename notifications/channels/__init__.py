"""The ways to reach somebody that others carry. Each is a line, open for a turn: compose, open, announce, hand over.

A new one is a class of this shape, named in `notifications.services.delivery`, and a line in `notifications.reach`.
The inbox is none: what was decided is in it as soon as it is marked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

if TYPE_CHECKING:
    from notifications.decisions import Send
    from notifications.models import Delivery


class Unreachable(Exception):
    """Whoever carries the messages does not answer or does not let us in: nobody's message is at fault."""


@dataclass(frozen=True)
class Taken:
    """It was taken; from here on it is the carrier's."""


@dataclass(frozen=True)
class Refused:
    """It was not taken. `is_final`: trying again is of no use. `wait`: how long the carrier asks for, at least."""

    reason: str
    is_final: bool = False
    wait: timedelta = timedelta()


@dataclass(frozen=True)
class Gone:
    """Nobody is there any more, and never will be: the device is forgotten."""

    reason: str


type Outcome = Taken | Refused | Gone
type Answer = Callable[[], Outcome]  # waits for it


class Line[Parcel](Protocol):
    """One way, for the length of a turn. `is_down`: nothing more can be sent over it in this turn."""

    is_down: bool

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def compose(self, delivery: Delivery, sends: Sequence[Send]) -> Parcel:
        """Return what is handed over, of several sends as one. Runs under `speaking_to(person)` and reaches nobody."""
        ...

    def is_open(self, parcel: Parcel) -> bool:
        """Whether `open` has nothing to do, and so takes no time."""
        ...

    def open(self, parcel: Parcel) -> None:
        """Connect, before the try is counted. Raises Unreachable."""
        ...

    def announce(self, parcel: Parcel) -> None:
        """Say that it comes, where that can be said beforehand, and do not wait for an answer. Raises Unreachable."""
        ...

    def call_off(self) -> None:
        """Hand over nothing of what was announced."""
        ...

    def hand_over(self, parcel: Parcel) -> Answer:
        """Let it go. What came of it is asked afterwards, and before anything else is announced or handed over."""
        ...
