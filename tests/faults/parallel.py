"""Many people at once, each on a thread with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection

type Act = Callable[[], object]


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
