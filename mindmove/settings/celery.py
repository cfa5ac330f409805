"""How Celery reaches its broker: Redis when given, otherwise files on this machine."""

from pathlib import Path
from typing import Any


def celery_settings(*, redis_url: str, var_dir: Path) -> dict[str, Any]:
    """Return the ``CELERY_*`` settings; results are never kept, so there is no result backend."""
    settings: dict[str, Any] = {
        "CELERY_TASK_IGNORE_RESULT": True,
        "CELERY_TIMEZONE": "UTC",
        "CELERY_ENABLE_UTC": True,
        "CELERY_TASK_ACKS_LATE": True,
        "CELERY_WORKER_PREFETCH_MULTIPLIER": 1,
        "CELERY_WORKER_HIJACK_ROOT_LOGGER": False,
        "CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP": True,
        "CELERY_BEAT_SCHEDULE_FILENAME": str(var_dir / "celery" / "beat-schedule"),
    }
    if redis_url:
        return settings | {
            "CELERY_BROKER_URL": redis_url,
            "CELERY_BROKER_TRANSPORT_OPTIONS": {
                "socket_timeout": 5,
                "socket_connect_timeout": 1,
                "visibility_timeout": 60,
            },
        }
    broker_dir = var_dir / "celery" / "queue"
    control_dir = var_dir / "celery" / "control"
    for folder in (broker_dir, control_dir):
        folder.mkdir(parents=True, exist_ok=True)
    return settings | {
        "CELERY_BROKER_URL": "filesystem://",
        "CELERY_BROKER_TRANSPORT_OPTIONS": {
            "data_folder_in": str(broker_dir),
            "data_folder_out": str(broker_dir),
            "control_folder": str(control_dir),
        },
    }
