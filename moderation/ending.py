"""What apps above take back when somebody may not take part for a while, or any more: their seats, say."""

from collections.abc import Callable
from datetime import datetime

from accounts.models import User

type GiveBack = Callable[[User, datetime | None, datetime], None]

_hooks: list[GiveBack] = []


def on_ending(give_back: GiveBack) -> None:
    """Call `give_back(person, until, now)` in the transaction that suspends (until then) or bans (None) somebody."""
    if give_back not in _hooks:
        _hooks.append(give_back)


def give_back_everything(*, person: User, until: datetime | None, now: datetime) -> None:
    for hook in _hooks:
        hook(person, until, now)
