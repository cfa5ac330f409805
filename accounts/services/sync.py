"""What a person's devices have been told is written here: under a lock on the person's clock, so that positions grow
in the order in which they can be read.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from accounts.models import SyncClock, SyncEntry, User
from accounts.shadow import UNKNOWN, Name, Shadow, Told

REMEMBERED_FOR = timedelta(days=90)  # that something is gone
AT_A_TIME = 500


def note_differences(*, person: User, look: Callable[[], Shadow], now: datetime) -> Shadow:
    """Give each difference the next position; return the shadow as it is then.

    `look` is asked within the lock: it sees what whoever held the lock before has written, and everything that was
    committed until then.
    """
    with transaction.atomic():
        clock, _is_new = SyncClock.objects.visible_to(person).select_for_update().get_or_create(person=person)
        shadow = look()
        fresh = {
            name: Told(version, clock.position + place)
            for place, (name, version) in enumerate(shadow.differences().items(), start=1)
        }
        _write(person, fresh, now)
        if fresh:
            clock.position += len(fresh)
            clock.save(update_fields=["position"])
        return Shadow(clock=clock.known, now=shadow.now, told={**shadow.told, **fresh})


def tell_again(*, person: User, names: Iterable[Name]) -> None:
    """Forget how these read when they were told: they changed on the way out."""
    mine = SyncEntry.objects.visible_to(person).filter(gone_at=None)
    for kind, key in names:
        mine.filter(kind=kind, key=key).update(version=UNKNOWN)


def forget_shadows() -> int:
    """Let every device begin again (410): what it was told may be of another database. Return of how many people."""
    with transaction.atomic():
        people = SyncClock.objects.all().delete()[0]
        SyncEntry.objects.all().delete()
        return people


def forget_what_is_gone(*, now: datetime) -> int:
    """Delete entries of what has been gone long enough; cursors from before then count no more."""
    before = now - REMEMBERED_FOR
    return sum(_forget(person, before) for person in SyncEntry.objects.whose_are_old(before).iterator(AT_A_TIME))


def _forget(person: User, before: datetime) -> int:
    with transaction.atomic():
        clock = SyncClock.objects.visible_to(person).select_for_update().get()
        old = SyncEntry.objects.visible_to(person).filter(gone_at__lt=before)
        last = old.aggregate(last=Max("position"))["last"] or 0
        clock.pruned_position = max(clock.pruned_position, last)
        clock.save(update_fields=["pruned_position"])
        return old.delete()[0]


def _write(person: User, fresh: dict[Name, Told], now: datetime) -> None:
    rows = [
        SyncEntry(
            person_id=person.pk,
            kind=kind,
            key=key,
            version=told.version,
            position=told.position,
            gone_at=now if told.is_gone else None,
        )
        for (kind, key), told in fresh.items()
    ]
    SyncEntry.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["person", "kind", "key"],
        update_fields=["version", "position", "gone_at"],
    )
