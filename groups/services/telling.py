"""Writing down who is to be told that something moved or is off: those who come, may come, or wait in line."""

from collections.abc import Iterable
from datetime import datetime

from accounts.models import User
from groups.models import Event, Membership, Rsvp, Series
from notifications.services.outbox import Message, notify, notify_all


def answers_to(events: Iterable[Event]) -> list[Rsvp]:
    """Return all answers to the events, each with its person; one who says no is not told."""
    return list(Rsvp.objects.filter(event__in=list(events)).select_related("person").order_by("pk"))


def lines_among(events: Iterable[Event], answers: Iterable[Rsvp]) -> dict[int, list[Rsvp]]:
    """Return event → those who wait for it, first come first; `answers` are all to these events."""
    lines: dict[int, list[Rsvp]] = {event.pk: [] for event in events}
    for answer in sorted(answers, key=lambda each: each.place or 0):
        if answer.event_id in lines and answer.status == Rsvp.Status.WAITLISTED:
            lines[answer.event_id].append(answer)
    return lines


def tell_moved(event: Event, answers: Iterable[Rsvp], *, now: datetime) -> None:
    """Tell each of them, whose answers these are, that an event is at another time or place; each change anew."""
    notify_all(_news_of([event], answers, "event_moved", f":{event.sequence}"), now=now)


def tell_cancelled(event: Event, *, now: datetime) -> None:
    """Tell each of them that an event is off, once."""
    notify_all(news_of_cancelled([event], answers_to([event])), now=now)


def news_of_cancelled(events: Iterable[Event], answers: Iterable[Rsvp]) -> list[Message]:
    """Return what tells each of them that an event is off, once."""
    return _news_of(events, answers, "event_cancelled", "")


def news_of_series(series: Series, events: Iterable[Event], answers: Iterable[Rsvp], *, kind: str) -> list[Message]:
    """Return what tells each once, however many of their meetings are meant; which ones, the notice looks up."""
    ends = {event.pk: event.ends_at for event in events}
    people: dict[int, User] = {}
    until: dict[int, datetime] = {}
    for answer in answers:
        if answer.event_id in ends and answer.status != Rsvp.Status.DECLINED:
            people[answer.person_id] = answer.person
            until[answer.person_id] = max(ends[answer.event_id], until.get(answer.person_id, ends[answer.event_id]))
    return [
        Message(
            person_id=person.pk,
            kind=kind,
            about_id=str(series.uuid),
            occurrence=str(series.revision),
            dedupe_key=f"{kind}:{series.uuid}:{series.revision}:{person.uuid}",
            expires_at=until[person.pk],
        )
        for person in people.values()
    ]


def tell_hosts(*, group_id: int, kind: str, about_id: str, key: str, expires_at: datetime, now: datetime) -> None:
    """Tell everybody who hosts the group, once per `key`."""
    hosts = Membership.objects.hosting().filter(group=group_id).select_related("person")
    notify_all(
        [
            Message(
                person_id=host.person_id,
                kind=kind,
                about_id=about_id,
                dedupe_key=f"{kind}:{key}:{host.person.uuid}",
                expires_at=expires_at,
            )
            for host in hosts
        ],
        now=now,
    )


def tell_of_role(membership: Membership, *, now: datetime) -> None:
    """Tell somebody of a role that was given to them, once a day each."""
    person, role = membership.person, membership.role
    notify(
        person=person,
        kind="role_given",
        about_id=str(membership.uuid),
        occurrence=role,
        dedupe_key=f"role_given:{membership.uuid}:{role}:{now:%Y-%m-%d}",
        now=now,
    )


def _news_of(events: Iterable[Event], answers: Iterable[Rsvp], kind: str, version: str) -> list[Message]:
    known = {event.pk: event for event in events}
    return [
        Message(
            person_id=answer.person_id,
            kind=kind,
            about_id=str(event.uuid),
            occurrence=str(event.sequence),
            dedupe_key=f"{kind}:{event.uuid}{version}:{answer.person.uuid}",
            expires_at=event.ends_at,
        )
        for answer in answers
        if answer.event_id in known and answer.status != Rsvp.Status.DECLINED
        for event in [known[answer.event_id]]
    ]
