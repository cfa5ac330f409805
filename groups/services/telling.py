"""Writing down who is to be told that something moved or is off: those who come, may come, or wait in line."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Max

from groups.models import Event, Membership, Rsvp, Series
from notifications.services.outbox import Message, notify, notify_all


def tell_moved(event: Event, *, now: datetime) -> None:
    """Tell each of them that an event is at another time or place; each change anew."""
    _tell_of({event.pk: event}, "event_moved", f":{event.sequence}", now)


def tell_cancelled(events: Iterable[Event], *, now: datetime) -> None:
    """Tell each of them that an event is off, once."""
    _tell_of({event.pk: event for event in events}, "event_cancelled", "", now)


def tell_of_series(series: Series, events: Iterable[Event], *, kind: str, now: datetime) -> None:
    """Tell each of them once, however many of their meetings are meant; which ones, the notice looks up."""
    answers = Rsvp.objects.filter(event__in=list(events)).exclude(status=Rsvp.Status.DECLINED).order_by()
    concerned = answers.values("person", "person__uuid").annotate(ends_at=Max("event__ends_at"))
    notify_all(
        [
            Message(
                person_id=each["person"],
                kind=kind,
                about_id=str(series.uuid),
                occurrence=str(series.revision),
                dedupe_key=f"{kind}:{series.uuid}:{series.revision}:{each['person__uuid']}",
                expires_at=each["ends_at"],
            )
            for each in concerned
        ],
        now=now,
    )


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


def _tell_of(events: dict[int, Event], kind: str, version: str, now: datetime) -> None:
    concerned = Rsvp.objects.filter(event__in=list(events)).exclude(status=Rsvp.Status.DECLINED)
    notify_all(
        [
            Message(
                person_id=answer.person_id,
                kind=kind,
                about_id=str(event.uuid),
                occurrence=str(event.sequence),
                dedupe_key=f"{kind}:{event.uuid}{version}:{answer.person.uuid}",
                expires_at=event.ends_at,
            )
            for answer in concerned.select_related("person")
            for event in [events[answer.event_id]]
        ],
        now=now,
    )
