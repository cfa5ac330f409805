"""A due reminder goes through a real beat, a real broker and a real worker to a real mail server."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from notifications.models import Delivery
from tests.faults.reminder_scene import database_url, make_due
from tests.kit.mail_sink import running_mail_sink

pytestmark = [pytest.mark.worker, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parent.parent.parent
WORKER = ["worker", "--pool", "solo", "--loglevel", "warning", "--without-gossip", "--without-mingle"]
BEAT = ["beat", "--loglevel", "warning", "--pidfile="]


def test_beat_and_worker_deliver_a_due_reminder(tmp_path: Path) -> None:
    with running_mail_sink() as sink, ExitStack() as processes:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "mindmove.settings.dev",
            "DATABASE_URL": database_url(),
            "EMAIL_PORT": str(sink.port),
            "VAR_DIR": str(tmp_path),
            "REDIS_URL": os.environ.get("REDIS_URL", ""),  # given in CI; without it the broker is a folder
        }
        make_due(1, is_planned=False)
        for words in (WORKER, BEAT):
            processes.enter_context(_celery(words, environment))

        mails = sink.wait_for(1, seconds=120)

        assert [mail.subject for mail in mails] == ["It is the time you chose"]
        # Further ticks bring no second copy.
        assert len(sink.wait_for(2, seconds=7)) == 1
        assert Delivery.objects.get(channel="email").state == Delivery.State.SENT


@contextmanager
def _celery(words: list[str], environment: dict[str, str]) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "mindmove", *words]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
