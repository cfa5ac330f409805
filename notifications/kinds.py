"""The kinds of message. Apps above register theirs; this app only knows how to deliver them.

A kind decides at send time, from current data, whether the message still makes sense.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.errors import Text

if TYPE_CHECKING:
    from core.models import Addressed
    from notifications.models import Notification

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hold:
    """The message is not sent, for this reason (a stable code, e.g. `already_done`)."""

    reason: str


@dataclass(frozen=True)
class Later:
    """Not now, for this reason, and perhaps at `until`: the kind is asked again then."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Content:
    """What the templates need. Never health detail: no mood, rating, plan title or note.

    `path` is the address the message leads to, `about` the row that an app shows instead, where it is about one that
    the recipient may know of; `prepare` runs under the recipient's language and zone.
    """

    context: dict[str, Any]
    path: str
    about: Addressed | None = None


type Prepare = Callable[[Notification, datetime], Content | Hold | Later]
type Gather = Callable[[Sequence[Notification], datetime], Prepare]


@dataclass(frozen=True)
class Kind:
    """`template` names `templates/<template>.subject.txt`, `.txt` and `.html`.

    `gather`: reads for many messages at once what they need, speaks no language, and returns the `prepare` of
    these, which asks nothing more. Without it each is asked alone.
    `is_bulk`: carries a one-click unsubscribe link and counts against the weekly budget.
    `stops_in_one_click`: carries that link too, and does not count.
    `waits_for_morning`: held during quiet hours; the others say something that cannot wait.
    `is_owed`: what somebody must be told about themselves; it cannot be turned off and reaches closed accounts too.
    `is_nudge`: an invitation that may be let pass; it comes rarer to who lets it pass (`backing_off`).
    `why`: a sentence for the receipt, why somebody gets this. `held`: the kind's own reasons of
    `Hold`, each as a sentence for the receipt.
    """

    name: str
    label: Text
    template: str
    prepare: Prepare
    gather: Gather | None = None
    is_bulk: bool = True
    stops_in_one_click: bool = False
    waits_for_morning: bool = True
    is_owed: bool = False
    is_nudge: bool = False
    why: Text = ""
    held: Mapping[str, Text] = field(default_factory=dict)

    @property
    def is_urgent(self) -> bool:
        """Whether it comes at any hour, and while a person wants no reminders."""
        return self.is_owed or not self.waits_for_morning


def alone(gather: Gather) -> Prepare:
    """Return the `prepare` of a kind that gathers, for a single message."""
    return lambda notification, now: gather([notification], now)(notification, now)


_kinds: dict[str, Kind] = {}
_reading: ContextVar[bool] = ContextVar("reading", default=False)


@contextmanager
def reading() -> Iterator[None]:
    """Mark the block as reading again what was told: `prepare` looks, and makes nothing."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def is_reading() -> bool:
    """Whether a message is read again, so that no link is made for it."""
    return _reading.get()


def register(kind: Kind) -> None:
    """Make a kind known; called from `AppConfig.ready` of the app that owns it."""
    _kinds[kind.name] = kind


def find(name: str) -> Kind | None:
    """Return the kind, or None when no app here owns it (any more)."""
    return _kinds.get(name)


def get(name: str) -> Kind:
    """Return the kind, or raise KeyError."""
    return _kinds[name]


def preparing(notifications: Iterable[Notification], now: datetime) -> dict[str, Prepare]:
    """Return kind → its `prepare` for these messages, with what many of a kind need read at once."""
    by_kind: dict[str, list[Notification]] = defaultdict(list)
    for notification in notifications:
        by_kind[notification.kind].append(notification)
    return {name: _prepare_of(_kinds[name], some, now) for name, some in by_kind.items() if name in _kinds}


def _prepare_of(kind: Kind, some: Sequence[Notification], now: datetime) -> Prepare:
    if kind.gather is None:
        return kind.prepare
    try:
        return kind.gather(some, now)
    except Exception:  # one of them may be at fault: each is asked alone, and the others go on
        log.exception("messages of the kind %s could not be looked up together", kind.name)
        return kind.prepare


def choosable() -> list[Kind]:
    """Return the kinds that a person may turn off, by name."""
    return [kind for kind in all_kinds() if not kind.is_owed]


def all_kinds() -> list[Kind]:
    """Return every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
