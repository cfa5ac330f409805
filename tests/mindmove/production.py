"""Runs the site's commands under the production settings, as a deployment does."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

SECRET_KEY = "0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGHIJKLMNOPQRSTUVWXYZ"
COMPLETE = {
    "DJANGO_SETTINGS_MODULE": "mindmove.settings.production",
    "SECRET_KEY": SECRET_KEY,
    "DATABASE_URL": "postgres://mindmove@127.0.0.1:1/mindmove",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "ALLOWED_HOSTS": "mindmove.example",
    "SITE_ORIGIN": "https://mindmove.example",
    "EMAIL_HOST": "mail.mindmove.example",
}


def run(*command: str, timeout: float = 60, **changes: str | None) -> subprocess.CompletedProcess[str]:
    """Run `python <command>` with the complete environment, changed as told (None: left out)."""
    environment = {"PATH": os.environ["PATH"], **COMPLETE, **changes}
    return subprocess.run(
        [sys.executable, *command],
        cwd=Path(settings.BASE_DIR),
        env={name: value for name, value in environment.items() if value is not None},
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )
