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
    from notifications.services import claims, marks

    if protection == "mark-after-sending":
        usual = marks.move_on

        def too_early(sent, begun, *, now, lease):
            marked = usual(sent, begun, now=now, lease=lease)
            Delivery.objects.filter(pk=begun and begun.pk).update(state="sent", sent_at=now)
            return marked

        marks.move_on = too_early
    elif protection == "lease":

        def look(*, now, lease, limit, channel, **_):
            return list(Delivery.objects.filter(state="pending", channel=channel).order_by("pk")[:limit])

        def all_ours(rows):
            return list(Delivery.objects.filter(pk__in=[row.pk for row in rows]).select_related("notification__person"))

        def always(sent, begun, *, now, lease):
            Delivery.objects.filter(pk=sent and sent.pk).update(state="sent", sent_at=now)
            return {row.pk for row in (sent, begun) if row}

        claims.claim, claims.still_ours, marks.move_on = look, all_ours, always
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
