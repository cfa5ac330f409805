"""How Celery reaches its broker: Redis when given, otherwise files on this machine.

A message in the broker is only a tick ("look what is due"); what is due stands in the database. So
ticks are acknowledged early, expire soon, and the broker may be wiped at any moment (docs/decisions/0018).
"""

from pathlib import Path
from typing import Any


def celery_settings(*, redis_url: str, var_dir: Path) -> dict[str, Any]:
    """Return the ``CELERY_*`` settings; results are never kept, so there is no result backend."""
    settings: dict[str, Any] = {
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TIMEZONE": "UTC",
        "CELERY_ENABLE_UTC": True,
        "CELERY_TASK_ACKS_LATE": False,
        "CELERY_TASK_REJECT_ON_WORKER_LOST": False,
        "CELERY_TASK_SOFT_TIME_LIMIT": 45,
        "CELERY_TASK_TIME_LIMIT": 55,
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        "CELERY_WORKER_MAX_TASKS_PER_CHILD": 1000,
        "CELERY_WORKER_MAX_MEMORY_PER_CHILD": 300_000,  # KiB
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
        "CELERY_WORKER_SEND_TASK_EVENTS": False,
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_BROKER_CONNECTION_MAX_RETRIES": None,  # never give up on the broker
        "CELERY_TASK_PUBLISH_RETRY": False,  # the next tick comes soon
        # Ticks need no memory, so beat keeps no file.
        "CELERY_BEAT_SCHEDULER": "celery.beat:Scheduler",
    }
    if redis_url:
        return settings | {
            "CELERY_BROKER_URL": redis_url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": {
                "socket_timeout": 2,
                "socket_connect_timeout": 1,
                "health_check_interval": 10,
                "visibility_timeout": 60,
            },
        }
    return settings | _files(var_dir / "celery")


def _files(folder: Path) -> dict[str, Any]:
    queue, control = folder / "queue", folder / "control"
    for needed in (queue, control):
        needed.mkdir(parents=True, exist_ok=True)
    return {
        "CELERY_BROKER_URL": "filesystem://localhost",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(queue),
            "data_folder_out": str(queue),
            "control_folder": str(control),
        },
    }
