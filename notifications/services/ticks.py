"""Noting that planners and senders are at work, for operators and for whoever stands by."""

from datetime import datetime, timedelta

from notifications.models import Tick

PLANNED = "plan"


def sent_by(channel: str) -> str:
    """Return the name of the tick that sends by this channel."""
    return f"deliver-{channel}"


def note_tick(name: str, *, now: datetime) -> None:
    """Note that it happened now."""
    if not Tick.objects.filter(name=name).update(at=now):
        Tick.objects.bulk_create([Tick(name=name, at=now)], ignore_conflicts=True)


def is_overdue(name: str, *, after: timedelta, now: datetime) -> bool:
    """Whether it has not happened for longer than `after`."""
    return not Tick.objects.filter(name=name, at__gt=now - after).exists()
