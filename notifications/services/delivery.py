"""Sending what is due: claim under a lease, decide, send, mark. In this order, whatever crashes.

Killed before the server took a message: the lease runs out and somebody else sends it. Killed
between that and the mark: it is sent again with the same Message-ID.
"""

import logging
from collections import Counter
from datetime import datetime, timedelta
from time import monotonic
from uuid import uuid4

from django.db import connection, transaction

from notifications.channels.email import EmailLine, Refused, Unreachable
from notifications.decisions import Postpone, Send, decide
from notifications.kinds import Hold
from notifications.letter import Letter
from notifications.models import Delivery
from notifications.rendering import compose, speaking_to
from notifications.services import marks

log = logging.getLogger(__name__)

BATCH = 20
LEASE = timedelta(seconds=60)
TURN = timedelta(seconds=25)


class Stopwatch:
    """The instant given by the caller, and the time that has passed since."""

    def __init__(self, now: datetime) -> None:
        self._now, self._started = now, monotonic()

    @property
    def elapsed(self) -> timedelta:
        return timedelta(seconds=monotonic() - self._started)

    def now(self) -> datetime:
        return self._now + self.elapsed


def deliver_due(*, now: datetime, lease: timedelta = LEASE, batch: int = BATCH) -> Counter[str]:
    """Send everything that is due, in batches, for at most `TURN`; return how many ended how."""
    outcomes: Counter[str] = Counter()
    watch = Stopwatch(now)
    with EmailLine() as line:
        while watch.elapsed < TURN:
            claimed = claim(now=watch.now(), lease=lease, limit=batch)
            if not claimed:
                break
            try:
                for delivery in claimed:
                    outcomes[_deliver(delivery, line=line, watch=watch, lease=lease)] += 1
            except Unreachable as error:
                log.warning("mail server unreachable: %s", error)
                outcomes["unreachable"] += marks.put_back(claimed, now=watch.now())
                break
    return outcomes


def claim(*, now: datetime, lease: timedelta = LEASE, limit: int = BATCH) -> list[Delivery]:
    """Take due deliveries that nobody holds. A lease that ran out belongs to nobody."""
    with transaction.atomic():
        due = Delivery.objects.claimable(now)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        taken = list(due.values_list("pk", flat=True)[:limit])
        mine = uuid4()
        Delivery.objects.filter(pk__in=taken).update(lease_id=mine, leased_until=now + lease)
    return list(Delivery.objects.filter(pk__in=taken, lease_id=mine).order_by("next_attempt_at", "pk"))


def _deliver(claimed: Delivery, *, line: EmailLine, watch: Stopwatch, lease: timedelta) -> str:
    """Decide and send one; return how it ended. Raises Unreachable when no message can be sent."""
    now = watch.now()
    delivery = marks.renew(claimed, now=now, lease=lease)
    if delivery is None:
        return "lost_lease"
    try:
        decided = _decide_and_compose(delivery, now=now)
    except Exception:  # whatever is wrong with one message, the others go on
        log.exception("delivery %s could not be made", delivery.uuid)
        return marks.failed(delivery, reason="error", now=now)
    match decided:
        case Hold(reason):
            return marks.suppressed(delivery, reason=reason)
        case Postpone(until, reason):
            return marks.postponed(delivery, until=until, reason=reason)
        case mail:
            return _send(delivery, mail, line=line, watch=watch)


def _decide_and_compose(delivery: Delivery, *, now: datetime) -> Letter | Hold | Postpone:
    with speaking_to(delivery.notification.person):
        decision = decide(delivery, now=now)
        return compose(delivery, decision) if isinstance(decision, Send) else decision


def _send(delivery: Delivery, mail: Letter, *, line: EmailLine, watch: Stopwatch) -> str:
    line.open()  # before the try is counted: an unreachable server is nobody's failed try
    if not marks.begun(delivery):
        return "lost_lease"
    try:
        line.send(mail)
    except Refused as refusal:
        return marks.failed(delivery, reason=refusal.reason, now=watch.now(), is_final=refusal.is_permanent)
    return marks.sent(delivery, now=watch.now())
