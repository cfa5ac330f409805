"""One act beside another, that has to wait for its end: on a thread, with a connection of its own."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from time import monotonic, sleep

from django.db import connection, transaction

PATIENCE = 60  # seconds: a lock is waited for at once, but where the machine is very busy


def beside[T](act: Callable[[], T]) -> tuple[Thread, Future[T]]:
    """Start an act on a thread of its own; return that, and how the act ends."""
    ended: Future[T] = Future()

    def run() -> None:
        try:
            ended.set_result(act())
        except Exception as error:  # noqa: BLE001 - the error is how it ended
            ended.set_exception(error)
        finally:
            connection.close()  # however it ended: the pool has few, and every test after this wants one

    thread = Thread(target=run)
    thread.start()
    return thread, ended


def answered_once[T](done: Callable[[], object], waiting: Callable[[], T]) -> T:
    """Return what is answered to an act that comes while something else is being done, and has to wait for its end."""
    with transaction.atomic():
        done()
        thread, answered = beside(waiting)
        is_waiting = somebody_waits(thread)
    answer = answered.result(PATIENCE)
    assert is_waiting, answer
    return answer


def somebody_waits(thread: Thread) -> bool:
    """Return once a statement of the thread waits for a lock, or it is over without."""
    over = monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while monotonic() < over and thread.is_alive():
            # A transaction goes on seeing the sessions that there were when it first asked; the thread opens one after.
            cursor.execute("SELECT pg_stat_clear_snapshot()")
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0]:
                return True
            sleep(0.02)
    return False
