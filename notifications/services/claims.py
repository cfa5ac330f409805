"""Which waiting messages a sender takes, and in which order. A lease that ran out belongs to nobody.

What has become stale is held back first, many at once and without asking anybody's mail server. Then comes what
cannot wait, then the freshest: after an outage those who are due now get theirs on time, and the backlog is worked
off behind them from its useful end. The other way round everybody would be late until the backlog is gone.
"""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet

from notifications import kinds
from notifications.models import Delivery
from notifications.services import marks
from notifications.services.marks import FREE

BATCH, LARGEST = 20, 200  # as much as goes out in a second: what a dead sender held comes a lease later
LEASE = timedelta(seconds=60)
STALE_AT_ONCE = 1000
EMAIL = Delivery.Channel.EMAIL


def batches(
    tell_time: Callable[[], datetime],
    *,
    lease: timedelta = LEASE,
    tell_size: Callable[[], int] = lambda: BATCH,
    channel: str = EMAIL,
) -> Iterator[list[Delivery]]:
    """Yield what is due in batches until nothing is; each is claimed, as large as is told, when it is asked for."""
    for is_urgent in (True, False):
        while claimed := claim(now=tell_time(), lease=lease, limit=tell_size(), is_urgent=is_urgent, channel=channel):
            yield claimed


def claim(
    *, now: datetime, lease: timedelta = LEASE, limit: int = BATCH, is_urgent: bool = False, channel: str = EMAIL
) -> list[Delivery]:
    """Take due deliveries that nobody holds, of one channel; `is_urgent`: only what cannot wait."""
    due = Delivery.objects.claimable(now).filter(channel=channel)
    if is_urgent:
        due = due.filter(notification__kind__in=[kind.name for kind in kinds.all_kinds() if not kind.waits_for_morning])
    mine = uuid4()
    with transaction.atomic():
        taken = list(_unlocked(due).values_list("pk", flat=True)[:limit])
        if not taken:
            return []
        Delivery.objects.filter(pk__in=taken).update(lease_id=mine, leased_until=now + lease, has_place=False)
    return list(Delivery.objects.filter(pk__in=taken, lease_id=mine).order_by("-next_attempt_at", "pk"))


def still_ours(claimed: Sequence[Delivery]) -> list[Delivery]:
    """Return those that wait still under our lease, in their order, loaded fresh with their people and devices."""
    fresh = marks.all_ours(claimed).filter(merged_into=None)
    known = fresh.select_related("notification__person", "subscription__session")
    found = {one.pk: one for one in known.defer("subscription__session__session_data")}
    return [found[one.pk] for one in claimed if one.pk in found]


def hold_stale(*, now: datetime, channel: str = EMAIL) -> int:
    """Hold back what would come too late to be of use; return how many. What carries others is decided one by one."""
    carries = Exists(Delivery.objects.filter(merged_into=OuterRef("pk")))
    stale = Delivery.objects.claimable(now).filter(~carries, channel=channel, notification__expires_at__lte=now)
    count, is_more = 0, True
    while is_more:
        with transaction.atomic():
            taken = list(_unlocked(stale).values_list("pk", flat=True)[:STALE_AT_ONCE])
            if taken:
                held = {"state": Delivery.State.SUPPRESSED, "reason": "expired"}
                Delivery.objects.filter(pk__in=taken).update(**held, **FREE)
        count += len(taken)
        is_more = len(taken) == STALE_AT_ONCE
    return count


def _unlocked(due: QuerySet[Delivery]) -> QuerySet[Delivery]:
    """Lock the rows, past those that somebody else has locked; SQLite has one writer at a time anyway."""
    can_skip = connection.features.has_select_for_update_skip_locked
    return due.select_for_update(skip_locked=True, of=("self",)) if can_skip else due
