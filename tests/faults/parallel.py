"""Many people at once, each on a thread with a connection of its own."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

from django.db import connection

type Act = Callable[[], object]
BREATH = 0.005


def unhurried(act: Act) -> Act:
    """Return the act with a breath, of `BREATH` seconds at most, before each statement, so that others come between."""

    def wait(execute: Any, *statement: Any) -> Any:
        sleep(random.uniform(0, BREATH))
        return execute(*statement)

    def slowly() -> object:
        with connection.execute_wrapper(wait):
            return act()

    return slowly


def all_at_once(acts: list[Act]) -> list[object]:
    """Start every act at the same moment; return what each answered, or the error it ended with."""
    gate = Barrier(len(acts))

    def run(act: Act) -> object:
        gate.wait()
        try:
            return act()
        except Exception as error:  # noqa: BLE001 - the error is the answer
            return error
        finally:
            connection.close()

    # All threads share this one process, so they wait longer for a connection than requests would.
    usual, connection.pool.timeout = connection.pool.timeout, 60
    try:
        with ThreadPoolExecutor(len(acts)) as threads:
            return list(threads.map(run, acts))
    finally:
        connection.pool.timeout = usual
