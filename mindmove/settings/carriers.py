"""Who carries messages: a mail server or a provider's API, and the push services of browsers."""

import json
from typing import Any

import environ

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # as operators name it; ours does the same faster
OF_BROWSERS = ["fcm.googleapis.com", "*.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"]


def mailers(env: environ.Env, backend: str) -> dict[str, dict[str, Any]]:
    """Return `MAILERS`: SMTP, or another backend with its options, e.g. one of anymail with `{"api_key": "…"}`."""
    if backend != SMTP_BACKEND:
        return {"default": {"BACKEND": backend, "OPTIONS": json.loads(env.str("EMAIL_OPTIONS", default="") or "{}")}}
    options = {
        "host": env.str("EMAIL_HOST", default="127.0.0.1"),
        "port": env.int("EMAIL_PORT", default=1025),
        "username": env.str("EMAIL_HOST_USER", default=""),
        "password": env.str("EMAIL_HOST_PASSWORD", default=""),
        "use_tls": env.bool("EMAIL_USE_TLS", default=False),
        "timeout": 10,
    }
    return {"default": {"BACKEND": "core.smtp.EmailBackend", "OPTIONS": options}}
