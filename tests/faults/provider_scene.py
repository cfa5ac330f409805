"""People whose provider ails among people whose provider is well, all told at the same moment; and how each fares.

Time is simulated between ticks of one sender; what passes within a tick is real, and counts.
"""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

import pytest
from allauth.account.models import EmailAddress

from accounts.models import User
from notifications.models import Delivery
from notifications.services import delivery
from notifications.services.claims import BATCH
from notifications.services.delivery import deliver_due
from notifications.services.outbox import Message, notify_all
from tests.kit.mail_sink import MailSink

EACH = int(os.environ.get("R8_PEOPLE", "24"))  # more than are claimed at once, so that the ailing could fill that
ON_TIME = timedelta(seconds=30)
# `bench.faults` asks for the 30 s that are promised; in CI the machine may be busy, and what passes in a tick is real.
WITHIN = timedelta(seconds=int(os.environ.get("R8_ON_TIME", "120")))
TICK, LATER_TICK = timedelta(seconds=3), timedelta(minutes=2)
CLOSELY = timedelta(minutes=2)  # for so long ticks come as deployed, and then seldom, which saves time
ALL_TRIES = timedelta(hours=3)  # eight tries take two hours, give or take a quarter
WELL, AILING = "well.example", "ailing.example"


@dataclass
class Scene:
    """`due_at`: when everybody was to be told. `tries`: delivery → when each of its tries was noted, in `AILING`."""

    due_at: datetime
    channel: str
    now: datetime
    tries: dict[int, list[datetime]] = field(default_factory=lambda: defaultdict(list))

    def live(self, span: timedelta, *, each: timedelta | None = None) -> None:
        """Let ticks come for so long."""
        until = self.now + span
        while self.now < until:
            started = monotonic()
            deliver_due(now=self.now, channel=self.channel)
            self._note_tries()
            usual = TICK if self.now < self.due_at + CLOSELY else LATER_TICK
            self.now += max(each or usual, timedelta(seconds=monotonic() - started))

    def of(self, domain: str) -> list[Delivery]:
        rows = Delivery.objects.filter(channel=self.channel, notification__person__email__endswith=f"@{domain}")
        return list(rows.select_related("notification__person").order_by("pk"))

    def fates(self) -> dict[tuple[str, str], int]:
        return dict(Counter((row.state, row.reason) for row in self.of(AILING)))

    def unsent(self) -> int:
        return sum(row.sent_at is None for row in self.of(WELL))

    def late(self) -> timedelta:
        """Return how late the last of the well was, who all were told."""
        return max(row.sent_at - self.due_at for row in self.of(WELL))

    def is_on_time(self, within: timedelta = WITHIN) -> bool:
        return self.unsent() == 0 and self.late() <= within

    def figures(self, copies: Iterable[int]) -> dict[str, object]:
        """Return what `bench.faults` prints; `copies`: how often each of the well was reached."""
        counts = list(copies)
        late = f"{self.late().total_seconds():.1f} s" if not self.unsent() else "for good"
        doubled = sum(count > 1 for count in counts)
        ailing = {" ".join(fate).strip(): count for fate, count in self.fates().items()}
        return {"others": EACH, "lost": EACH - len(counts), "doubled": doubled, "late": late, "ailing": ailing}

    def _note_tries(self) -> None:
        for row in self.of(AILING):
            if row.attempts > len(self.tries[row.pk]):
                self.tries[row.pk].append(self.now)


def claim_few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no claim grow beyond what the ailing alone could fill."""
    monkeypatch.setattr(delivery, "LARGEST", BATCH)


def people_of(domain: str, now: datetime) -> list[User]:
    people = User.objects.bulk_create(
        [User(email=f"p{n}@{domain}", time_zone="Europe/Berlin", password="!", welcomed_at=now) for n in range(EACH)]
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people]
    )
    return people


def tell(pairs: Iterable[tuple[User, User]], *, key: str, now: datetime) -> None:
    """Put a message for each into the outbox: one who ails, one who is well, and so on."""
    everybody = [person for pair in pairs for person in pair]
    notify_all([Message(person.pk, "nudge", "1", f"{key}:{person.pk}") for person in everybody], now=now)


def copies_of(sink: MailSink) -> list[int]:
    """Return how many copies each of the well got, for those who got any."""
    return list(Counter(mail.recipients[0] for mail in sink.mails if mail.recipients[0].endswith(WELL)).values())
