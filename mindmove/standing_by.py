"""Waiting between two looks, cut short by the signal to stop."""

from __future__ import annotations

import signal
from threading import Event


class Rest:
    def __init__(self) -> None:
        self._over = Event()

    @classmethod
    def until_told(cls) -> Rest:
        """Return one that is over when the process is told to stop (SIGTERM, SIGINT)."""
        rest = cls()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: rest.end())
        return rest

    @property
    def is_over(self) -> bool:
        return self._over.is_set()

    def take(self, seconds: float | None = None) -> None:
        """Wait so long, or (None) until told to stop."""
        self._over.wait(seconds)

    def end(self) -> None:
        self._over.set()
