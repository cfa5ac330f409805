"""Writing down who is to be told that something moved or is off: those who come, may come, or wait in line."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from types import MappingProxyType

from django.db.models import Case, CharField, DateTimeField, Max, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Concat

from accounts.models import User
from core.spelled import Spelled
from groups.models import Event, Membership, Rsvp, Series
from groups.models.events import EventQuerySet
from notifications.services.outbox import Message, notify, notify_found


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


def news_of_move(event: Event, answers: Iterable[Rsvp]) -> list[Message]:
    """Return what tells each of them, whose answers these are, that an event moved; each change anew."""
    return [
        Message(
            person_id=answer.person_id,
            kind="event_moved",
            about_id=str(event.uuid),
            occurrence=str(event.sequence),
            dedupe_key=f"event_moved:{event.uuid}:{event.sequence}:{answer.person.uuid}",
            expires_at=event.ends_at,
        )
        for answer in answers
        if answer.status != Rsvp.Status.DECLINED
    ]


def tell_called_off(
    events: EventQuerySet, *, of_series: Mapping[int, Series] = MappingProxyType({}), now: datetime
) -> None:
    """Tell each who answered that events are off, once each; of those of a series only that the series is.

    `of_series`: key of a series → the one in whose name it is told. The database finds whom to tell what, in one query
    however many they are.
    """

    def said(of: Callable[[Series], str], otherwise: Combinable) -> Case:
        return Case(
            *(When(event__series=key, then=Value(of(one))) for key, one in of_series.items()), default=otherwise
        )

    event = Spelled("event__uuid")
    answers = Rsvp.objects.filter(event__in=events).exclude(status=Rsvp.Status.DECLINED)
    found = answers.annotate(
        kind=said(lambda _one: "series_cancelled", Value("event_cancelled")),
        about=said(lambda one: str(one.uuid), event),
        occurrence=said(lambda one: str(one.revision), Cast("event__sequence", CharField())),
        once=Concat(
            said(
                lambda one: f"series_cancelled:{one.uuid}:{one.revision}:",
                Concat(Value("event_cancelled:"), event, Value(":")),
            ),
            Spelled("person__uuid"),
        ),
    )
    told = found.values_list("person", "kind", "about", "occurrence", "once")
    notify_found(told.annotate(until=Max("event__ends_at")), now=now)


def news_of_series(series: Series, events: Iterable[Event], answers: Iterable[Rsvp]) -> list[Message]:
    """Return what tells each once that meetings moved, however many of theirs; which ones, the notice looks up."""
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
            kind="series_changed",
            about_id=str(series.uuid),
            occurrence=str(series.revision),
            dedupe_key=f"series_changed:{series.uuid}:{series.revision}:{person.uuid}",
            expires_at=until[person.pk],
        )
        for person in people.values()
    ]


def tell_hosts(*, group_id: int, kind: str, about_id: str, key: str, expires_at: datetime, now: datetime) -> None:
    """Tell everybody who hosts the group, once per `key`."""
    hosts = Membership.objects.hosting().filter(group=group_id)
    found = hosts.annotate(
        kind=Value(kind),
        about=Value(about_id),
        occurrence=Value(""),
        once=Concat(Value(f"{kind}:{key}:"), Spelled("person__uuid")),
        until=Value(expires_at, DateTimeField()),
    )
    notify_found(found.values_list("person", "kind", "about", "occurrence", "once", "until"), now=now)


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
