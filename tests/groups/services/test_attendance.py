"""Who was there: said by oneself or by a host, taken back, and never a row for who was not."""

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from core.errors import DomainError
from groups.models import Attendance, Event, Membership, Rsvp
from groups.services.attendance import note_attendance, take_back, was_there
from groups.services.events import cancel_event
from tests.groups.kit import all_going, make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    """Return an event that began half an hour ago, to which member and host said going."""
    event = make_event(cast.group, now)
    all_going(event, [cast.member, cast.host], now)
    starts_at = now - timedelta(minutes=30)
    Event.objects.filter(pk=event.pk).update(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    event.refresh_from_db()
    return event


def there(event: Event) -> dict[User, bool]:
    """Return who was there, and whether a host said so."""
    rows = Attendance.objects.filter(event=event).select_related("person")
    return {row.person: row.is_said_by_host for row in rows}


def test_one_says_so_and_takes_it_back(cast: Cast, event: Event, now: datetime) -> None:
    for _again in range(2):
        was_there(event=event, person=cast.member, now=now)
    assert there(event) == {cast.member: False}
    take_back(event=event, person=cast.member)
    assert there(event) == {}


def test_a_host_notes_who_came_and_who_came_without_answering(cast: Cast, event: Event, now: datetime) -> None:
    note_attendance(event=event, host=cast.host, came=[cast.member, cast.owner], now=now)
    assert there(event) == {cast.member: True, cast.owner: True}
    note_attendance(event=event, host=cast.owner, came=[cast.blocked], taken_back=[cast.owner], now=now)
    assert there(event) == {cast.member: True, cast.blocked: True}


def test_what_somebody_said_themselves_no_host_takes_back(cast: Cast, event: Event, now: datetime) -> None:
    note_attendance(event=event, host=cast.host, came=[cast.member], now=now)
    was_there(event=event, person=cast.member, now=now)
    note_attendance(event=event, host=cast.host, came=[], taken_back=[cast.member], now=now)
    assert there(event) == {cast.member: False}
    take_back(event=event, person=cast.member)
    assert there(event) == {}


def test_what_a_host_noted_each_takes_back_for_themselves(cast: Cast, event: Event, now: datetime) -> None:
    note_attendance(event=event, host=cast.host, came=[cast.member], now=now)
    take_back(event=event, person=cast.member)
    assert there(event) == {}


def test_who_answered_and_left_since_was_there_all_the_same(cast: Cast, event: Event, now: datetime) -> None:
    Membership.objects.filter(person=cast.member).update(left_at=now)
    note_attendance(event=event, host=cast.host, came=[cast.member], now=now)
    assert there(event) == {cast.member: True}


def test_nobody_from_outside(cast: Cast, event: Event, now: datetime) -> None:
    with pytest.raises(DomainError, match="not_of_the_group"):
        note_attendance(event=event, host=cast.host, came=[cast.member, cast.stranger], now=now)
    with pytest.raises(DomainError, match="not_a_member"):
        was_there(event=event, person=cast.stranger, now=now)
    assert there(event) == {}


def test_not_before_it_begins_and_not_when_called_off(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    for code, begin in [("not_begun", None), ("event_cancelled", cancel_event)]:
        if begin:
            begin(event=event, now=now)
        with pytest.raises(DomainError, match=code):
            was_there(event=event, person=cast.member, now=now)
        with pytest.raises(DomainError, match=code):
            note_attendance(event=event, host=cast.host, came=[cast.member], now=now)


def test_who_is_suspended_says_nothing_and_may_take_back(cast: Cast, event: Event, now: datetime) -> None:
    was_there(event=event, person=cast.member, now=now)
    User.objects.filter(pk=cast.member.pk).update(suspended_until=now + timedelta(days=1))
    cast.member.refresh_from_db()
    with pytest.raises(DomainError, match="suspended"):
        was_there(event=event, person=cast.member, now=now)
    take_back(event=event, person=cast.member)
    assert there(event) == {}


def test_each_sees_their_own_and_hosts_see_all(cast: Cast, event: Event, now: datetime) -> None:
    note_attendance(event=event, host=cast.host, came=[cast.member, cast.owner], now=now)
    seen = {name: Attendance.objects.visible_to(person).count() for name, person in cast.people.items()}
    assert {name: n for name, n in seen.items() if n} == {"owner": 2, "host": 2, "member": 1}


def test_nothing_is_kept_of_who_stayed_at_home(cast: Cast, event: Event, now: datetime) -> None:
    before = list(Rsvp.objects.order_by("pk").values())
    note_attendance(event=event, host=cast.host, came=[cast.host], now=now)
    assert there(event) == {cast.host: True}
    assert list(Rsvp.objects.order_by("pk").values()) == before
