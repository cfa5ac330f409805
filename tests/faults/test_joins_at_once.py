"""Somebody joins a group with an answer, and waits while something is done to it: what is true after that counts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from accounts.models import User
from accounts.services.standing import rest
from core import clock
from groups.models import Event, Group, Membership, Rsvp
from groups.services.answers import join_and_answer
from groups.services.events import cancel_event
from groups.services.groups import change_group
from groups.services.memberships import lock_group
from groups.services.removing import ban_member
from groups.services.rsvps import lock_event, rsvp
from groups.services.standing import give_back_seats_of
from tests.faults.doors import signed_in
from tests.faults.parallel import all_at_once
from tests.faults.waiting import answered_once, beside, somebody_waits
from tests.groups.kit import GOING, assert_seats_are_right, make_event
from tests.kit.cast import Cast

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

type Done = Callable[[Cast, Event, datetime], object]
type Joins = Callable[[User, Event], Callable[[], Any]]


@pytest.fixture
def now() -> datetime:
    return clock.now()


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now, capacity=1, greeter=cast.host)


def by_api(person: User, event: Event) -> Callable[[], Any]:
    client = signed_in(person)
    said = {"answer": GOING, "is_first_time": True, "joins": True}
    return lambda: client.put(f"/api/v1/events/{event.uuid}/rsvp/", said, format="json")


def by_page(person: User, event: Event) -> Callable[[], Any]:
    found = Event.objects.select_related("group").get(pk=event.pk)
    return lambda: join_and_answer(event=found, person=person, answer=GOING, now=clock.now())


def takes_requests(cast: Cast, event: Event, now: datetime) -> None:
    change_group(group=cast.group, by=cast.owner, now=now, join_policy="request")


def hides(cast: Cast, event: Event, now: datetime) -> None:
    change_group(group=cast.group, by=cast.owner, now=now, visibility="private")


def calls_off(cast: Cast, event: Event, now: datetime) -> None:
    cancel_event(event=event, by=cast.owner, now=now)


def bans(cast: Cast, event: Event, now: datetime) -> None:
    ban_member(group=cast.group, person=cast.member, by=cast.owner, now=now)


def lets_rest(cast: Cast, event: Event, now: datetime) -> None:
    until = now + timedelta(days=9)
    rest(person=User.objects.get(pk=cast.member.pk), until=until)
    give_back_seats_of(cast.member, until, now)


@pytest.mark.parametrize(
    ("done", "code"), [(takes_requests, "not_open"), (hides, "not_found"), (calls_off, "event_cancelled")]
)
def test_who_may_not_come_in_any_more_is_not_in(cast: Cast, event: Event, now: datetime, done: Done, code: str) -> None:
    answer: Any = answered_once(lambda: done(cast, event, now), by_api(cast.stranger, event))

    assert answer.json()["code"] == code
    assert not Membership.objects.filter(person=cast.stranger).exists()
    assert not Rsvp.objects.exists()


@pytest.mark.parametrize(("done", "code"), [(bans, "cannot_join"), (lets_rest, "suspended")])
def test_who_was_in_and_may_not_come_any_more_gets_no_seat(
    cast: Cast, event: Event, now: datetime, done: Done, code: str
) -> None:
    answer: Any = answered_once(lambda: done(cast, event, now), by_api(cast.member, event))

    assert (answer.status_code, answer.json()["code"]) == (403, code)
    assert not Rsvp.objects.exists()


def test_a_seat_that_is_taken_meanwhile_is_not_given_twice(cast: Cast, event: Event, now: datetime) -> None:
    takes: Done = lambda *_: rsvp(event=event, person=cast.member, answer=GOING, now=now)  # noqa: E731
    answer: Any = answered_once(lambda: takes(cast, event, now), by_api(cast.stranger, event))

    assert (answer.json()["status"], answer.json()["position"]) == ("waitlisted", 1)
    assert_seats_are_right(event)


def test_on_two_phones_at_once_it_is_once(cast: Cast, event: Event) -> None:
    answers: Any = all_at_once([by_api(cast.stranger, event) for _ in range(2)])

    assert [(answer.status_code, answer.json()["status"]) for answer in answers] == [(200, GOING)] * 2
    assert Membership.objects.filter(person=cast.stranger).count() == 1
    assert_seats_are_right(event)


@pytest.mark.parametrize("joins", [by_api, by_page])
def test_it_waits_for_the_group_first_as_who_leaves_does(cast: Cast, event: Event, joins: Joins) -> None:
    """With the event's lock in hand while it waits for the group, whoever has that and wants the event had to fail."""
    act = joins(cast.stranger, event)
    with transaction.atomic():
        lock_group(cast.group)
        thread, joined = beside(act)
        is_waiting = somebody_waits(thread)
        lock_event(event)
    thread.join()

    assert (is_waiting, joined.exception(10)) == (True, None)
    assert Rsvp.objects.get().status == GOING


@pytest.mark.parametrize("joins", [by_api, by_page])
def test_it_has_the_group_while_it_waits_for_the_event(cast: Cast, event: Event, joins: Joins) -> None:
    act = joins(cast.stranger, event)
    with transaction.atomic():
        lock_event(event)
        thread, joined = beside(act)
        is_waiting = somebody_waits(thread)
        free = Group.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=cast.group.pk)
        is_free = bool(list(free))
    thread.join()

    assert (is_waiting, is_free, joined.exception(10)) == (True, False, None)
