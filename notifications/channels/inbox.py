"""The inbox in the app: what was decided is there, and nothing is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from notifications.channels import Outcome, Taken
from notifications.decisions import Send
from notifications.models import Delivery


class InboxLine:
    is_down = False

    def __init__(self, now: datetime) -> None: ...

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...

    def compose(self, delivery: Delivery, sends: Sequence[Send]) -> None: ...

    def is_open(self, parcel: None) -> bool:
        return True

    def open(self, parcel: None) -> None: ...

    def hand_over(self, parcel: None) -> Outcome:
        return Taken()
