"""Whoever greets newcomers has to be there: without them a meeting is not called good for a first time."""

from datetime import datetime, timedelta

from accounts.models import User
from groups.models import Event, Group, Series
from groups.services.rsvps import lock_events
from groups.services.telling import tell_hosts

TOLD_WITHIN = timedelta(days=14)


def step_back(
    *, group: Group, person: User, coming: list[Event] | None = None, greets_series: bool = True, now: datetime
) -> None:
    """Let nobody wait for a greeter who will not come, and tell hosts. The caller has locked the group.

    `coming`: all that the group has before it, where the caller has locked that too. `greets_series`: whether they
    may greet at any series, as the caller has read it under the group's lock.
    """
    if greets_series:
        Series.objects.filter(group=group, greeter=person).update(greeter=None, is_newcomer_friendly=False)
    if coming is None:
        coming = lock_events(Event.objects.filter(group=group, greeter=person).upcoming(now))
    greeted = [event for event in coming if event.greeter_id == person.pk]
    if greeted:
        Event.objects.filter(pk__in=[event.pk for event in greeted]).update(
            greeter=None, is_newcomer_friendly=False, changed_at=now
        )
    if any(event.is_newcomer_friendly for event in greeted):
        tell_hosts(
            group_id=group.pk,
            kind="greeter_gone",
            about_id=str(group.uuid),
            key=f"{group.uuid}:{person.uuid}:{now.isoformat()}",
            expires_at=now + TOLD_WITHIN,
            now=now,
        )
