"""People all over the world, a message for each every so often, and the hours at which these left."""

import os
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from notifications import kinds
from notifications.kinds import Content, Kind
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from notifications.services.outbox import Message, notify_all
from tests.notifications.conftest import make_reachable

ZONES = [
    "Pacific/Pago_Pago", "Pacific/Honolulu", "Pacific/Marquesas", "America/Anchorage", "America/Los_Angeles",
    "America/Denver", "America/Chicago", "America/New_York", "America/Halifax", "America/St_Johns",
    "America/Sao_Paulo", "Atlantic/Azores", "Europe/London", "Europe/Berlin", "Africa/Cairo", "Asia/Tehran",
    "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu", "Asia/Shanghai", "Asia/Tokyo", "Australia/Lord_Howe",
    "Pacific/Auckland", "Pacific/Kiritimati",
]  # fmt: skip
BEGINS = datetime(2026, 3, 28, 0, 0, tzinfo=UTC)  # over the night in which Europe's clocks go forward
SPAN = timedelta(hours=48)
EVERY = timedelta(minutes=int(os.environ.get("R7_EVERY", "360")))  # `bench.faults` does 30
TICK = timedelta(minutes=int(os.environ.get("R7_TICK", "60")))
QUIET_FROM, QUIET_UNTIL = time(21, 30), time(7, 0)
KIND = "of_the_simulation"


def live_through(*, travels: bool = False) -> tuple[int, list[tuple[str, datetime]]]:
    """Let two days pass; return how many messages left, and those that left in somebody's quiet hours."""
    content = {"sentences": [{"when_text": "a", "then_text": "b"}]}
    template = "reminders/mail/session_cue"
    kinds.register(Kind(KIND, "A nudge", template, prepare=lambda *_: Content(content, "/"), is_bulk=False))
    people = [make_reachable(f"in-{number}", time_zone=zone) for number, zone in enumerate(ZONES)]
    loud, known, now = [], set[int](), BEGINS
    while now < BEGINS + SPAN:
        if (now - BEGINS) % EVERY < TICK:
            notify_all([Message(one.pk, KIND, "1", f"{one.pk} {now.isoformat()}") for one in people], now=now)
        if travels and now == BEGINS + SPAN / 2:
            for one, zone in zip(people, reversed(ZONES), strict=True):
                User.objects.filter(pk=one.pk).update(time_zone=zone)
        while deliver_due(now=now):
            pass
        sent = Delivery.objects.filter(state="sent", channel="email").exclude(pk__in=known)
        for pk, zone in sent.values_list("pk", "notification__person__time_zone"):
            known.add(pk)
            wall = now.astimezone(ZoneInfo(zone)).time()
            if wall >= QUIET_FROM or wall < QUIET_UNTIL:
                loud.append((zone, now))
        now += TICK
    return len(known), loud


def fates() -> Counter[tuple[str, str]]:
    return Counter(Delivery.objects.filter(channel="email").values_list("state", "reason"))
