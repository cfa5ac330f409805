"""Real planners, senders and brokers of one's own, which a test kills, freezes and empties."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tests.faults.reminder_scene import ROOT, database_url
from tests.kit.mail_sink import MailSink, free_port

WORKER = ["worker", "--pool", "solo", "--loglevel", "error", "--without-gossip", "--without-mingle"]
BEAT = ["beat", "--loglevel", "error", "--pidfile="]


@dataclass
class OwnRedis:
    """A broker that nobody else uses."""

    port: int
    process: subprocess.Popen[bytes]

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def say(self, *words: str) -> str:
        command = ["redis-cli", "-p", str(self.port), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=10).stdout.strip()


@contextmanager
def own_redis(port: int = 0) -> Iterator[OwnRedis]:
    port = port or free_port()
    command = ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    redis = OwnRedis(port, subprocess.Popen(command, cwd=settings.VAR_DIR, stdout=subprocess.DEVNULL))
    try:
        assert until(lambda: _answers(redis), seconds=20), "redis-server does not answer"
        yield redis
    finally:
        redis.process.send_signal(signal.SIGCONT)
        redis.process.kill()
        redis.process.wait()


@contextmanager
def celery(*words: str, redis_url: str, sink: MailSink, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a worker or a beat against this broker and mail server; `more` is environment."""
    command = [sys.executable, "-m", "celery", "-A", "mindmove", *words]
    with running(command, redis_url=redis_url, sink=sink, **more) as process:
        yield process


@contextmanager
def running(command: list[str], *, redis_url: str, sink: MailSink, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mindmove.settings.dev",
        "DATABASE_URL": database_url(),
        "DATABASE_POOL": "0",
        "EMAIL_PORT": str(sink.port),
        "VAR_DIR": str(settings.VAR_DIR),
        "REDIS_URL": redis_url,
        **more,
    }
    process = subprocess.Popen(command, cwd=Path(ROOT), env=environment)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def until(holds: Callable[[], object], *, seconds: float) -> bool:
    """Wait until it holds; False when it never does."""
    over = time.monotonic() + seconds
    while time.monotonic() < over:
        if holds():
            return True
        time.sleep(0.2)
    return bool(holds())


def _answers(redis: OwnRedis) -> bool:
    try:
        return redis.say("ping") == "PONG"
    except subprocess.SubprocessError:
        return False
