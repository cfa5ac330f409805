"""Signs of life of the worker and of beat, for health checks: a file that is touched while they work.

Nothing is written unless `LIVENESS_FILE` names the file. A check then asks how old it is, which costs
a millisecond; asking Celery itself would start a second Python each time.
"""

import os
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.beat import PersistentScheduler

SECONDS = 5.0


def touch() -> None:
    """Touch the file that `LIVENESS_FILE` names, if any."""
    if name := os.environ.get("LIVENESS_FILE"):
        Path(name).touch()


class WorkerLiveness(bootsteps.StartStopStep):
    """Touches the file from the worker's own loop, which stands still while the broker is away."""

    requires = ("celery.worker.components:Timer",)

    def start(self, parent: Any) -> None:
        touch()
        parent.timer.call_repeatedly(SECONDS, touch)


class LiveScheduler(PersistentScheduler):
    """Beat's usual scheduler; each look at the table touches the file."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        touch()
        return min(super().tick(*args, **kwargs), SECONDS)
