"""Parts of the tests' world that look after themselves: each module of this package is one.

A part may define:
- `make(seed) -> dict[str, str]`: create its rows; return what fills addresses, by name,
- `objects(a) -> dict`: route (a pattern) → kind of object → what fills its blanks, as in `tests.access.doors`,
- `bodies(world) -> dict`: route → what somebody who may do it would send, as in `tests.access.bodies`,
- `pages(a, who) -> list[str]`: further pages of a visitor or of a member who hosts,
- `own_pages(a) -> list[str]`: pages about what is the member's alone,
- `secrets(a) -> list[Secret]`: words of its rows, and who may read them.
"""

import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Any

from groups.models import Event, Group
from tests.kit.cast import Cast


@dataclass(frozen=True)
class Secret:
    """A word, the people of the cast who may read it, and the addresses (a pattern) where that is so."""

    word: str
    readers: frozenset[str]
    where: str = ""


@dataclass(frozen=True)
class Seed:
    """What is there before the parts are made. Owner, host and member of the cast are in both groups."""

    cast: Cast
    private_group: Group
    event: Event
    private_event: Event
    now: datetime


@cache
def parts() -> tuple[ModuleType, ...]:
    return tuple(import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__))


def gathered(name: str, *args: Any) -> Iterator[Any]:
    """Yield what each part that defines `name` answers to `args`."""
    for part in parts():
        if hasattr(part, name):
            yield getattr(part, name)(*args)
