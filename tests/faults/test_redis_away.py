"""Promise R3, the part of requests: with Redis away or frozen the site serves, sign-in included."""

import json
import os
import socket
import subprocess
import sys

import pytest

from tests.faults.reminder_scene import ROOT, database_url
from tests.kit.world import World

pytestmark = pytest.mark.django_db(transaction=True)
NOBODY_ANSWERS = "redis://127.0.0.1:1/0"
AS_ALWAYS = {"home": 200, "library": 200, "login": 302, "rsvp": 302, "log": 302, "today": 200}


def a_day(redis_url: str, *words: str) -> dict[str, int]:
    """Visit the site in a process of its own, under development settings with this Redis; return the answers."""
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mindmove.settings.dev",
        "DATABASE_URL": database_url(),
        "REDIS_URL": redis_url,
    }
    command = [sys.executable, "-m", "tests.faults.without_redis", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_a_day_without_redis(world: World) -> None:
    assert a_day(NOBODY_ANSWERS) == AS_ALWAYS


def test_no_request_talks_to_a_redis_that_is_frozen(world: World) -> None:
    with socket.create_server(("127.0.0.1", 0)) as frozen:  # takes connections, and never says a word
        frozen.setblocking(False)

        assert a_day(f"redis://127.0.0.1:{frozen.getsockname()[1]}/0") == AS_ALWAYS

        with pytest.raises(BlockingIOError):
            frozen.accept()


def test_control_with_the_cache_in_redis_nobody_signs_in(world: World) -> None:
    assert a_day(NOBODY_ANSWERS, "redis-cache")["login"] == 500
