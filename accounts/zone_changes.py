"""Who wants to know that somebody lives by another clock from now on. Apps above register here when they start."""

from collections.abc import Callable

from accounts.models import User

_listeners: list[Callable[[User], None]] = []


def on_zone_change(listener: Callable[[User], None]) -> None:
    """Call `listener` with each person whose zone changes, in the transaction that changes it."""
    if listener not in _listeners:
        _listeners.append(listener)


def announce(person: User) -> None:
    """Tell everybody who registered."""
    for listener in _listeners:
        listener(person)
