"""The kinds of message. Apps above register theirs; this app only knows how to deliver them.

A kind decides at send time, from current data, whether the message still makes sense.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from core.errors import Text

if TYPE_CHECKING:
    from notifications.models import Notification


@dataclass(frozen=True)
class Hold:
    """The message is not sent, for this reason (a stable code, e.g. `already_done`)."""

    reason: str


@dataclass(frozen=True)
class Content:
    """What the templates need. Never health detail: no mood, rating, plan title or note.

    `path` is the address the message leads to; `prepare` runs under the recipient's language and zone.
    """

    context: dict[str, Any]
    path: str


@dataclass(frozen=True)
class Kind:
    """`template` names `templates/<template>.subject.txt`, `.txt` and `.html`.

    `is_bulk`: carries a one-click unsubscribe link and counts against the weekly budget.
    `waits_for_morning`: held during quiet hours; the others say something that cannot wait.
    `why`: a sentence for the receipt, why somebody gets this. `held`: the kind's own reasons of
    `Hold`, each as a sentence for the receipt.
    """

    name: str
    label: Text
    template: str
    prepare: Callable[[Notification, datetime], Content | Hold]
    is_bulk: bool = True
    waits_for_morning: bool = True
    why: Text = ""
    held: Mapping[str, Text] = field(default_factory=dict)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Make a kind known; called from `AppConfig.ready` of the app that owns it."""
    _kinds[kind.name] = kind


def find(name: str) -> Kind | None:
    """Return the kind, or None when no app here owns it (any more)."""
    return _kinds.get(name)


def get(name: str) -> Kind:
    """Return the kind, or raise KeyError."""
    return _kinds[name]


def all_kinds() -> list[Kind]:
    """Return every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]
