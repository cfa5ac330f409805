"""`manage.py mail_sink` is a real SMTP server."""

import os
import signal
import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path

from tests.kit.mail_sink import free_port

ROOT = Path(__file__).resolve().parent.parent.parent.parent
RUN = """
import sys
from pathlib import Path
from django.core.management import execute_from_command_line
from django.conf import settings
settings.VAR_DIR = Path(sys.argv.pop())
execute_from_command_line(sys.argv)
"""


def test_mails_are_kept_until_told_to_stop(tmp_path: Path) -> None:
    port = free_port()
    arguments = [sys.executable, "-c", RUN, "mail_sink", "--port", str(port), str(tmp_path)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "mindmove.settings.test"}
    server = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    try:
        assert b"received on" in server.stdout.readline()
        message = EmailMessage()
        message["Subject"], message["From"], message["To"] = "你好", "a@people.example", "b@people.example"
        with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
            smtp.send_message(message)
        started = time.monotonic()
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=10)
    finally:
        server.kill()

    assert time.monotonic() - started < 5
    assert server.returncode == 0
    [kept] = (tmp_path / "mail").glob("*.eml")
    assert b"To: b@people.example" in kept.read_bytes()
