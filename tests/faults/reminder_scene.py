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
    """`lost`: waits no more and never reached the server; `waiting`: may reach it still. `doubled`: reached it twice.
    `told_apart`: twice with different Message-IDs."""

    due: int
    sent: int
    waiting: int
    lost: int
    doubled: int
    told_apart: int
    kills: int
    late: float  # seconds after it was due, the last

    def figures(self) -> dict[str, object]:
        """Return what `bench.faults` prints."""
        counts = {"due": self.due, "lost": self.lost, "doubled": self.doubled, "waiting": self.waiting}
        return counts | {"kills": self.kills, "copies not recognisable": self.told_apart, "late": f"{self.late:.0f} s"}


def make_due(count: int, *, is_planned: bool = True, over: timedelta = timedelta()) -> None:
    """Give `count` people a session cue that came due a minute ago, and put them into the outbox if planned.

    With `over` they come due one after the other from now on, for so long.
    """
    now = datetime.now(UTC)
    # Wherever it is about noon, nobody is in quiet hours, whenever this runs.
    zone = f"Etc/GMT{now.hour - 12:+d}" if now.hour != 12 else "UTC"
    local = (now if over else now - timedelta(minutes=1)).astimezone(ZoneInfo(zone))
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
        [
            Cue(enrollment=enrollment, weekday=local.weekday(), at_time=(local + over * (n / count)).time())
            for n, enrollment in enumerate(enrollments)
        ]
    )
    if is_planned:
        plan_reminders(now=now)


def due_instants() -> dict[str, datetime]:
    """Return address → when its person's cue comes due."""
    cues = Cue.objects.select_related("enrollment__person")
    return {
        cue.enrollment.person.email: datetime.combine(
            cue.enrollment.starts_on + timedelta(days=1), cue.at_time, ZoneInfo(cue.enrollment.person.time_zone)
        )
        for cue in cues
    }


def lateness(column: str) -> list[float]:
    """Return how many seconds after it came due each was planned (`notification__created_at`) or sent (`sent_at`)."""
    due = due_instants()
    rows = Delivery.objects.filter(channel="email").values_list("notification__person__email", column)
    return sorted((at - due[address]).total_seconds() for address, at in rows if at is not None)


def percentile(values: list[float], share: float) -> float:
    """Return the value that so large a share of the sorted ones does not exceed; infinite when there are none."""
    return values[min(int(len(values) * share), len(values) - 1)] if values else float("inf")


def run_senders(sink: MailSink, *, killing: bool, without: tuple[str, ...] = (), seconds: float = 60) -> Outcome:
    """Let the senders work until nothing is pending (or the time is over), and count."""
    with _herd(sink, *(("kill",) if killing else ()), *without) as herd:
        over = time.monotonic() + seconds
        while Delivery.objects.filter(state="pending", channel="email").exists() and time.monotonic() < over:
            time.sleep(0.2)
        time.sleep(0.5)  # a message may be on its way still
        herd.stdin.close()
        kills = int(herd.stdout.readline().split()[-1])
    return _count(sink, kills)


def _count(sink: MailSink, kills: int) -> Outcome:
    copies = Counter(mail.recipients[0] for mail in sink.mails)
    ids = {(mail.recipients[0], mail.message["Message-ID"]) for mail in sink.mails}
    mails = Delivery.objects.filter(channel="email")
    settled = set(mails.exclude(state="pending").values_list("notification__person__email", flat=True))
    return Outcome(
        due=mails.count(),
        sent=len(copies),
        waiting=mails.filter(state="pending").count(),
        lost=len(settled - copies.keys()),
        doubled=sum(1 for count in copies.values() if count > 1),
        told_apart=len(ids) - len(copies),
        kills=kills,
        late=max(lateness("sent_at"), default=0),
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
