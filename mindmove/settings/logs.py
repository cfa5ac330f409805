"""Production logs: one JSON object a line on standard error, with no word about a person."""

from typing import Any


def log_settings(level: str) -> dict[str, Any]:
    """Return Django's `LOGGING`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "core.logs.JsonFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers write to administrators or only while debugging.
            "django": {"handlers": [], "level": level, "propagate": True},
            # A page that is not there or not permitted is an answer, not news; an error is news.
            "django.request": {"level": "ERROR"},
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }
