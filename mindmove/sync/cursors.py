"""The cursor: how far a device has read in the shadow of its person. Devices keep it as it is.

It holds nothing secret, and nobody gains by making one up: it counts only in the shadow that it names.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound

from accounts.shadow import Clock
from core.errors import Gone

LONGEST = 200
FORM = re.compile(r"1\.([0-9a-f]{32})\.(\d{1,18})\.(\d{1,18})\.([01])")


@dataclass(frozen=True)
class Cursor:
    """A place in a shadow. `base`: where that stood when the device began from nothing; `waits`: more is there."""

    epoch: UUID
    position: int
    base: int
    waits: bool = False

    def __str__(self) -> str:
        words = f"1.{self.epoch.hex}.{self.position}.{self.base}.{int(self.waits)}"
        return urlsafe_b64encode(words.encode()).decode().rstrip("=")

    def at(self, position: int, *, waits: bool) -> Self:
        return replace(self, position=position, waits=waits)

    def check(self, clock: Clock | None) -> None:
        """Raise Gone when it is of another shadow, or something that it was not told of may be forgotten."""
        is_of_this = clock is not None and clock.epoch == self.epoch and self.position <= clock.position
        if clock is None or not is_of_this or max(self.position, self.base) < clock.pruned_position:
            raise Gone("sync_restart", _("Too much has changed since then. Ask again without a cursor."))


def read(text: str) -> Cursor:
    """Return what a cursor says. One that nobody was given leads nowhere (404)."""
    try:
        words = urlsafe_b64decode(text[:LONGEST] + "=" * (-len(text) % 4)).decode("ascii")
    except (Error, ValueError) as error:
        raise NotFound from error
    found = FORM.fullmatch(words)
    if found is None:
        raise NotFound
    return Cursor(UUID(found[1]), int(found[2]), int(found[3]), waits=found[4] == "1")
