"""What waited for the morning goes out as one message: for one person, by one channel, to one device.

One delivery, the lead, carries the others, which are `merged_into` it: nobody claims them any more, so whoever holds
the lead's lease holds them all. They share its fate, and its Message-ID, also when it is tried again.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef

from accounts.services.people import lock_people
from notifications.models import Delivery
from notifications.models.outbox import DeliveryQuerySet
from notifications.rendering import message_id_for
from notifications.services import marks
from notifications.services.marks import FREE, WAITED

MERGED = "merged"
MOST = 20  # told in one message


def carrying(leads: Collection[Delivery]) -> set[int]:
    """Return those of the deliveries that carry others. In the inbox each stands by itself."""
    merging = [lead for lead in leads if lead.channel != Delivery.Channel.INBOX]
    carried = Delivery.objects.waiting().filter(merged_into__in=merging)
    return {lead for lead in carried.values_list("merged_into", flat=True) if lead is not None}


def companies(leads: Collection[Delivery], *, carrying: set[int], now: datetime) -> dict[int, list[Delivery]]:
    """Return lead → what goes with it, for those few that carry others or find some that waited like them."""
    waited = [lead for lead in leads if _may_take(lead)]
    asked = carrying | (_alike(waited, now) if waited else set())
    found = {lead.pk: gather(lead, now=now) for lead in leads if lead.pk in asked}
    return {lead: others for lead, others in found.items() if others}


def gather(lead: Delivery, *, now: datetime) -> list[Delivery]:
    """Return what goes with the delivery, which is ours and due; what others have claimed and not begun is taken."""
    with transaction.atomic():
        lock_people([lead.notification.person_id])
        if not marks.is_ours(lead):
            return []
        if _may_take(lead) and not carried_by(lead).exists():
            _take(lead, now)
        return list(carried_by(lead).select_related("notification__person").order_by("created_at", "pk"))


def carried_by(lead: Delivery) -> DeliveryQuerySet:
    return Delivery.objects.waiting().filter(merged_into=lead)


def begun(lead: Delivery) -> None:
    """Note the try with each, and a mail's Message-ID, which stays theirs whoever leads the next one."""
    carried = {"message_id": message_id_for(lead)} if lead.channel == Delivery.Channel.EMAIL else {}
    carried_by(lead).update(attempts=F("attempts") + 1, **carried)


def told(lead: Delivery) -> None:
    """Mark those that were told with the lead."""
    carried_by(lead).update(state=Delivery.State.SUPPRESSED, reason=MERGED)


@transaction.atomic
def failed(lead: Delivery, *, carries: bool, **how: Any) -> str:
    """Mark the try as failed (`marks.failed`); what is given up is given up with all that it carries."""
    outcome = marks.failed(lead, **how)
    if outcome == "dead" and carries:
        carried_by(lead).update(state=Delivery.State.DEAD, reason=how["reason"])
    return outcome


@transaction.atomic
def held(lead: Delivery, *, reason: str, carries: bool, now: datetime) -> str:
    """Hold the lead back; of those that it carries, the next one leads."""
    if carries:
        _hand_over(lead, now)
    return marks.suppressed(lead, reason=reason)


@transaction.atomic
def postponed(lead: Delivery, *, until: datetime, reason: str, carries: bool, now: datetime) -> str:
    """Let the lead wait; of those that it carries, the next one leads."""
    if carries:
        _hand_over(lead, now)
    return marks.postponed(lead, until=until, reason=reason)


def dropped(delivery: Delivery, *, reason: str) -> None:
    """Hold one back that was to go with another."""
    one = Delivery.objects.waiting().filter(pk=delivery.pk)
    one.update(merged_into=None, state=Delivery.State.SUPPRESSED, reason=reason)


def dropped_from(lead: Delivery, *, kinds: Collection[str], reason: str) -> None:
    """Hold back those of these kinds that were to go with the lead."""
    some = carried_by(lead).filter(notification__kind__in=kinds)
    some.update(merged_into=None, state=Delivery.State.SUPPRESSED, reason=reason)


def put_off(delivery: Delivery, *, until: datetime) -> None:
    """Let one that was to go with another wait again, by itself."""
    Delivery.objects.waiting().filter(pk=delivery.pk).update(merged_into=None, next_attempt_at=until)


def _hand_over(lead: Delivery, now: datetime) -> None:
    """Let the next one lead, as the lead itself is not sent; it is due at once."""
    lock_people([lead.notification.person_id])
    heir = carried_by(lead).order_by("created_at", "pk").first()
    if heir is not None and marks.is_ours(lead):
        Delivery.objects.filter(pk=heir.pk).update(merged_into=None, next_attempt_at=now)
        carried_by(lead).update(merged_into=heir)


def _may_take(lead: Delivery) -> bool:
    return lead.channel != Delivery.Channel.INBOX and lead.reason == WAITED and not lead.attempts


def _free(channel: str, now: datetime) -> DeliveryQuerySet:
    """Return what waited for the morning and was never begun: a copy of that must stay recognisable."""
    waited = Delivery.objects.waiting().filter(reason=WAITED, attempts=0, merged_into=None)
    return waited.filter(channel=channel, next_attempt_at__lte=now)


def _alike(waited: Sequence[Delivery], now: datetime) -> set[int]:
    """Return those beside which something else waits for the same person and device."""
    people = {lead.notification.person_id for lead in waited}
    rows = _free(waited[0].channel, now).filter(notification__person__in=people)
    beside: dict[tuple[int, int | None], set[int]] = defaultdict(set)
    for pk, person, device in rows.values_list("pk", "notification__person_id", "subscription_id"):
        beside[person, device].add(pk)
    return {lead.pk for lead in waited if beside[lead.notification.person_id, lead.subscription_id] - {lead.pk}}


def _take(lead: Delivery, now: datetime) -> None:
    """Put all that waited like it under the lead."""
    alike = _free(lead.channel, now).filter(
        notification__person=lead.notification.person_id, subscription=lead.subscription_id
    )
    leads = Exists(Delivery.objects.filter(merged_into=OuterRef("pk")))
    found = alike.exclude(pk=lead.pk).exclude(leads).order_by("created_at", "pk").values_list("pk", flat=True)
    Delivery.objects.waiting().filter(pk__in=list(found[: MOST - 1]), attempts=0).update(merged_into=lead, **FREE)
