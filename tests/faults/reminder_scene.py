"""Many people whose reminder is due, a mail server, and senders that get killed."""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import connection

from accounts.models import User
from notifications.models import Delivery
from plans.models import Cue, Enrollment, PlanTemplate
from reminders.services.planning import plan_reminders
from tests.kit.mail_sink import MailSink

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True)
class Outcome:
    """`lost`: never reached the server. `doubled`: reached it twice. `told_apart`: twice with different Message-IDs."""

    sent: int
    lost: int
    doubled: int
    told_apart: int
    kills: int


def make_due(count: int, *, is_planned: bool = True) -> None:
    """Give `count` people a session cue that came due a minute ago, and put them into the outbox if planned."""
    now = datetime.now(UTC)
    # Wherever it is about noon, nobody is in quiet hours, whenever this runs.
    zone = f"Etc/GMT{now.hour - 12:+d}" if now.hour != 12 else "UTC"
    local = (now - timedelta(minutes=1)).astimezone(ZoneInfo(zone))
    template = PlanTemplate.objects.create(slug="a-plan", title="A plan", weeks=1, sessions_min=1, sessions_max=1)
    people = User.objects.bulk_create(
        [User(email=f"p{n}@people.example", time_zone=zone, password="!", welcomed_at=now) for n in range(count)]
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people]
    )
    enrollments = Enrollment.objects.bulk_create(
        [
            Enrollment(
                person=person,
                template=template,
                starts_on=local.date() - timedelta(days=1),
                created_at=now - timedelta(days=1),
                when_text="it is noon",
                then_text="walk",
            )
            for person in people
        ]
    )
    Cue.objects.bulk_create(
        [Cue(enrollment=enrollment, weekday=local.weekday(), at_time=local.time()) for enrollment in enrollments]
    )
    if is_planned:
        plan_reminders(now=now)


def run_senders(sink: MailSink, *, killing: bool, without: tuple[str, ...] = (), seconds: float = 60) -> Outcome:
    """Let the senders work until nothing is pending (or the time is over), and count."""
    with _herd(sink, *(("kill",) if killing else ()), *without) as herd:
        over = time.monotonic() + seconds
        while Delivery.objects.filter(state="pending").exists() and time.monotonic() < over:
            time.sleep(0.2)
        time.sleep(0.5)  # a message may be on its way still
        herd.stdin.close()
        kills = int(herd.stdout.readline().split()[-1])
    return _count(sink, kills)


def _count(sink: MailSink, kills: int) -> Outcome:
    copies = Counter(mail.recipients[0] for mail in sink.mails)
    ids = {(mail.recipients[0], mail.message["Message-ID"]) for mail in sink.mails}
    expected = set(User.objects.values_list("email", flat=True))
    return Outcome(
        sent=len(copies),
        lost=len(expected - copies.keys()),
        doubled=sum(1 for count in copies.values() if count > 1),
        told_apart=len(ids) - len(copies),
        kills=kills,
    )


@contextmanager
def _herd(sink: MailSink, *words: str) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "mindmove.settings.dev",
        "DATABASE_URL": database_url(),
        "EMAIL_PORT": str(sink.port),
        "VAR_DIR": str(settings.VAR_DIR),
    }
    command = [sys.executable, "-m", "tests.faults.sender_herd", *words]
    herd = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        herd.stdout.readline()  # ready
        yield herd
    finally:
        herd.stdin.close()
        herd.wait(timeout=20)


def database_url() -> str:
    """Return the address of the test database, for other processes."""
    here = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{here['NAME']}"
    return f"postgres://{here['USER']}:{here['PASSWORD']}@{here['HOST']}:{here['PORT'] or 5432}/{here['NAME']}"
