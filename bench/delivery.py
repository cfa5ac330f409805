"""How fast one worker sends, beside a bare loop that claims rows and hands the same bytes to the same mail server.

    DATABASE_URL=postgres://… .venv/bin/python -m bench.delivery [--messages 3000] [--rounds 3] [--profile]

Exits with 1 when delivery reaches less than half of the bare loop. Runs in a database of its own.
"""

from __future__ import annotations

import argparse
import cProfile
import os
import pstats
import smtplib
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter, process_time
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.dev")

import django

django.setup()

from django.conf import settings
from django.db import connection

from accounts.models import User
from bench.rows import own_database
from notifications.channels import Answer, Taken
from notifications.channels.email import EmailLine
from notifications.models import Delivery, Notification
from notifications.services import delivery as sending
from notifications.services.claims import claim
from plans.models import Cue
from tests.faults.reminder_scene import make_due


def put_back() -> None:
    Delivery.objects.update(
        state="pending", sent_at=None, attempts=0, lease_id=None, leased_until=None, unsubscribe_hash="",
        message_id="", next_attempt_at=datetime.now(UTC),
    )  # fmt: skip


def some_bytes() -> tuple[str, bytes]:
    """Return an address and a mail just as delivery makes it."""
    caught: list = []

    def catch(_line: EmailLine, mail: Any) -> Answer:
        caught.append(mail)
        return Taken

    usual, EmailLine.hand_over = EmailLine.hand_over, catch
    try:
        sending.deliver_due(now=datetime.now(UTC))
    finally:
        EmailLine.hand_over = usual
    return caught[0].to[0], caught[0].message().as_bytes()


@dataclass(frozen=True)
class Pace:
    """`rate`: messages in a second. `own`: milliseconds that this process computed for each; others disturb it less."""

    rate: float
    own: float

    @classmethod
    def of(cls, send: Callable[[], int]) -> Pace:
        put_back()
        started, own = perf_counter(), process_time()
        count = send()
        return cls(count / (perf_counter() - started), (process_time() - own) / count * 1000)

    @classmethod
    def median(cls, paces: list[Pace]) -> Pace:
        return cls(*(statistics.median(getattr(pace, name) for pace in paces) for name in ("rate", "own")))


def bare(port: int, address: str, source: bytes) -> int:
    count = 0
    with smtplib.SMTP("127.0.0.1", port) as line:
        while claimed := claim(now=datetime.now(UTC)):
            for _row in claimed:
                line.sendmail("hello@mindmove.example", [address], source)
            taken = [row.pk for row in claimed]
            count += Delivery.objects.filter(pk__in=taken).update(state="sent", sent_at=datetime.now(UTC))
    return count


def delivering(messages: int) -> int:
    sent = 0
    while sent < messages:
        outcomes = sending.deliver_due(now=datetime.now(UTC))
        assert set(outcomes) <= {"sent", "put_back"}, outcomes  # a turn is over after a while
        sent += outcomes["sent"]
    return sent


def measure(port: int, messages: int, rounds: int, *, is_profiled: bool) -> float:
    make_due(messages)
    User.objects.update(weekly_message_budget=50)
    assert Cue.objects.count() == Notification.objects.count() == messages
    address, source = some_bytes()
    bare_paces, our_paces = [], []
    for _round in range(rounds):
        bare_paces.append(Pace.of(lambda: bare(port, address, source)))
        our_paces.append(Pace.of(lambda: delivering(messages)))
    if is_profiled:
        put_back()
        profile = cProfile.Profile(process_time)
        profile.runcall(delivering, messages)
        pstats.Stats(profile).sort_stats("cumulative").print_stats(45)
    loop, ours = Pace.median(bare_paces), Pace.median(our_paces)
    print(
        f"{connection.vendor}: bare loop {loop.rate:.0f}/s, one worker {ours.rate:.0f}/s: {ours.rate / loop.rate:.2f} "
        f"(at least 0.5); computing alone takes {loop.own:.2f} ms a message, and {ours.own:.2f} ms; "
        f"a million takes one worker {1e6 / ours.rate / 3600:.1f} h, four {1e6 / ours.rate / 4 / 3600:.1f} h"
    )
    return ours.rate / loop.rate


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=3000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    command = [sys.executable, "-m", "bench.smtp_sink"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sink, own_database():
        port = int(sink.stdout.readline())
        settings.MAILERS["default"]["OPTIONS"] |= {"host": "127.0.0.1", "port": port}
        settings.DEBUG = False
        try:
            ratio = measure(port, options.messages, options.rounds, is_profiled=options.profile)
        finally:
            sink.terminate()
    return 1 if ratio < 0.5 else 0


if __name__ == "__main__":
    sys.exit(main())
