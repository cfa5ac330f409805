"""Sender processes that can be killed at any moment: `python -m tests.faults.sender_herd <protection off>…`.

Loads everything once and forks senders from there, so that a killed one is replaced within milliseconds.
Prints one line when ready, ends when its input closes. The protections can be taken away by name, to
show that the promise depends on each of them.
"""
# ruff: noqa: PLC0415, T201 - a process of its own: it sets Django up itself, and answers on its output

import os
import random
import select
import signal
import sys
import time
from datetime import timedelta
from uuid import uuid4

import django

SENDERS = 3
LEASE = timedelta(seconds=1)
KILL_EVERY = 0.25


def send_forever() -> None:
    """What a worker does, with a short lease so that the test is short too."""
    from core import clock
    from notifications.services.delivery import deliver_due

    while True:
        deliver_due(now=clock.now(), lease=LEASE, batch=5)
        time.sleep(0.05)


def take_away(protection: str) -> None:
    """Switch one protection off in this process."""
    from notifications import rendering
    from notifications.models import Delivery
    from notifications.services import delivery, marks

    if protection == "mark-after-sending":
        begun = marks.begun
        marks.begun = lambda row: (
            begun(row) and Delivery.objects.filter(pk=row.pk).update(state="sent", sent_at=row.next_attempt_at)
        )
    elif protection == "lease":

        def look(*, now, lease, limit):
            return list(Delivery.objects.filter(state="pending").order_by("pk")[:limit])

        def always(row, *, now, lease):
            return Delivery.objects.select_related("notification__person").get(pk=row.pk)

        delivery.claim, marks.renew = look, always
        marks.begun = lambda *_: True
        marks.sent = lambda row, *, now: Delivery.objects.filter(pk=row.pk).update(state="sent", sent_at=now) and "sent"
    elif protection == "same-message-id":
        rendering.message_id_for = lambda *_: f"<{uuid4()}@mindmove.example>"
    else:
        raise SystemExit(f"no such protection: {protection}")


def warm_up() -> None:
    """Load what every sender needs, so that one lives for its work and not for its start."""
    from django.template.loader import get_template

    from mindmove import urls

    for ending in ("subject.txt", "txt", "html"):
        get_template(f"reminders/mail/session_cue.{ending}")
    assert urls.urlpatterns


def start_sender() -> int:
    child = os.fork()
    if child:
        return child
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        send_forever()
    finally:
        os._exit(1)


def main() -> None:
    protections = [word for word in sys.argv[1:] if word != "kill"]
    is_killing = "kill" in sys.argv[1:]
    django.setup()
    for protection in protections:
        take_away(protection)
    warm_up()
    senders = [start_sender() for _ in range(SENDERS)]
    kills = 0
    print("ready", flush=True)
    while not select.select([sys.stdin], [], [], KILL_EVERY)[0]:
        if is_killing:
            victim = random.randrange(SENDERS)
            os.kill(senders[victim], signal.SIGKILL)
            os.waitpid(senders[victim], 0)
            senders[victim] = start_sender()
            kills += 1
    for sender in senders:
        os.kill(sender, signal.SIGKILL)
        os.waitpid(sender, 0)
    print(f"killed {kills}", flush=True)


if __name__ == "__main__":
    main()
