"""Whoever greets newcomers has to be there: without them a meeting is not called good for a first time."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, OuterRef, TextField, Value, When

from accounts.models import User
from core.gathered import gathered, read
from groups.models import Event, Group, Membership, Series
from groups.models.events import EventQuerySet
from groups.services.rsvps import lock_events
from notifications.services.outbox import Message, notify_all

TOLD_WITHIN = timedelta(days=14)
GREETING = ("greeter", "is_newcomer_friendly", "changed_at")


def step_back(*, group: Group, person: User, now: datetime) -> None:
    """Let nobody wait for a greeter who will not come, and tell hosts. The caller has locked the group."""
    greet_at_no_series(group, person)
    coming = lock_events(with_hosts_to_tell(Event.objects.filter(group=group, greeter=person).upcoming(now), person))
    greeted, news = greet_no_more(group, person, coming, now=now)
    Event.objects.bulk_update(greeted, GREETING)
    notify_all(news, now=now)


def greet_at_no_series(group: Group, person: User) -> None:
    Series.objects.filter(group=group, greeter=person).update(greeter=None, is_newcomer_friendly=False)


def with_hosts_to_tell(events: EventQuerySet, person: User) -> EventQuerySet:
    """Bring with each event of a locked group that counts on the person who `is_to_know` of it: those who host."""
    hosts = Membership.objects.hosting().filter(group=OuterRef("group")).exclude(person=person).order_by("pk")
    counts_on = When(greeter=person, is_newcomer_friendly=True, then=gathered(hosts, "person", "person__uuid"))
    return events.annotate(is_to_know=Case(counts_on, default=Value(""), output_field=TextField()))


def greet_no_more(
    group: Group, person: User, coming: Iterable[Any], *, now: datetime
) -> tuple[list[Event], list[Message]]:
    """Take the person's greeting from locked events (`with_hosts_to_tell`), in memory.

    Return the events, whose `GREETING` is to be saved, and what hosts are to be told: once, however many they are.
    """
    greeted = [event for event in coming if event.greeter_id == person.pk]
    hosts = next((event.is_to_know for event in greeted if event.is_newcomer_friendly), "")
    for event in greeted:
        event.greeter, event.is_newcomer_friendly, event.changed_at = None, False, now
    key = f"greeter_gone:{group.uuid}:{person.uuid}:{now.isoformat()}"
    news = [
        Message(
            person_id=host,
            kind="greeter_gone",
            about_id=str(group.uuid),
            dedupe_key=f"{key}:{UUID(uuid)}",
            expires_at=now + TOLD_WITHIN,
        )
        for host, uuid in read(hosts)
    ]
    return greeted, news
