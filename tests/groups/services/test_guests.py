"""Guests take seats of their own; whoever brings them waits for all of them, and passes nobody."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from core.errors import DomainError, InvalidInput
from groups.models import Event, Rsvp
from groups.services.answers import fill_kept_seats
from groups.services.events import change_event
from groups.services.memberships import leave_group
from groups.services.rsvps import KEPT_UNTIL, rsvp, withdraw
from notifications.models import Notification
from tests.groups.kit import (
    DECLINED,
    GOING,
    MAYBE,
    all_going,
    assert_seats_are_right,
    going,
    line,
    make_event,
    make_members,
)
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def come(event: Event, person: object, guests: int | None, now: datetime) -> Rsvp:
    return rsvp(event=event, person=person, answer=GOING, guests=guests, now=now)  # type: ignore[arg-type]


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now, capacity=4, guests_allowed=2)


def test_guests_take_seats(cast: Cast, event: Event, now: datetime) -> None:
    come(event, cast.member, 2, now)
    event.refresh_from_db()
    assert (event.going_count, event.seats_left) == (3, 1)


def test_a_party_waits_for_seats_for_all_and_nobody_passes_it(cast: Cast, event: Event, now: datetime) -> None:
    first, party, single = make_members(cast.group, 3)
    come(event, first, 2, now)
    assert come(event, party, 1, now).status == Rsvp.Status.WAITLISTED
    assert come(event, single, 0, now).status == Rsvp.Status.WAITLISTED  # one seat is free, and kept
    come(event, first, 1, now)  # one guest fewer: two seats are free
    assert (going(event), line(event)) == ({first, party}, [single])
    assert_seats_are_right(event)


def test_who_is_first_is_told_once_that_seats_are_kept(cast: Cast, event: Event, now: datetime) -> None:
    first, party, single = make_members(cast.group, 3)
    come(event, first, 2, now)
    come(event, party, 1, now)
    come(event, single, 0, now)
    notice = Notification.objects.get()
    assert (notice.person, notice.kind) == (party, "seats_kept")


def test_fewer_guests_may_mean_a_seat_at_once(cast: Cast, event: Event, now: datetime) -> None:
    first, party = make_members(cast.group, 2)
    come(event, first, 2, now)
    come(event, party, 1, now)
    mine = come(event, party, 0, now)
    assert (mine.status, mine.place, mine.promoted_at) == (GOING, None, None)
    assert not Notification.objects.filter(kind="seat_promoted").exists()  # they read it on the page
    assert_seats_are_right(event)


def test_more_guests_get_free_seats_and_never_pass_the_line(cast: Cast, event: Event, now: datetime) -> None:
    first, second = make_members(cast.group, 2)
    come(event, first, 0, now)
    assert come(event, first, 2, now).guests == 2
    come(event, second, 1, now)  # in line: one seat is free, two are needed
    come(event, first, 0, now)  # so that both have what they asked for, and one seat is free again
    third = make_members(cast.group, 1, "third")[0]
    come(event, third, 1, now)
    with pytest.raises(DomainError) as refused:
        come(event, first, 2, now)
    assert refused.value.code == "no_room_for_guests"
    assert (Rsvp.objects.get(person=first).guests, going(event), line(event)) == (0, {first, second}, [third])
    assert_seats_are_right(event)


def test_who_waits_adds_no_guests_and_keeps_the_place(cast: Cast, event: Event, now: datetime) -> None:
    first, second = make_members(cast.group, 2)
    come(event, first, 2, now)
    come(event, second, 1, now)
    with pytest.raises(DomainError):
        come(event, second, 2, now)
    assert Rsvp.objects.get(person=second).guests == 1


@pytest.mark.parametrize(("guests", "code"), [(3, "too_many_guests"), (-1, "too_many_guests")])
def test_no_more_guests_than_allowed(cast: Cast, event: Event, now: datetime, guests: int, code: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        come(event, cast.member, guests, now)
    assert (refused.value.code, refused.value.field) == (code, "guests")


def test_no_more_guests_than_there_are_seats_at_all(cast: Cast, now: datetime) -> None:
    with pytest.raises(InvalidInput):
        come(make_event(cast.group, now, capacity=2, guests_allowed=2), cast.member, 2, now)
    with pytest.raises(InvalidInput) as refused:
        come(make_event(cast.group, now), cast.member, 1, now)
    assert refused.value.code == "no_guests"


def test_allowing_fewer_guests_sends_nobody_away(cast: Cast, event: Event, now: datetime) -> None:
    come(event, cast.member, 2, now)
    Event.objects.update(guests_allowed=0)
    assert come(event, cast.member, None, now).guests == 2
    assert come(event, cast.member, 1, now).guests == 1
    with pytest.raises(InvalidInput):
        come(event, cast.member, 2, now)


def test_saying_it_again_without_a_word_of_guests_keeps_them(cast: Cast, event: Event, now: datetime) -> None:
    come(event, cast.member, 1, now)
    assert come(event, cast.member, None, now).guests == 1


@pytest.mark.parametrize("other", [MAYBE, DECLINED])
def test_who_waits_no_more_gets_no_seat_and_those_for_whom_one_was_kept_back_do(
    cast: Cast, event: Event, now: datetime, other: str
) -> None:
    first, second, third = make_members(cast.group, 3)
    come(event, first, 1, now)
    come(event, second, 2, now)
    come(event, third, 0, now)
    assert line(event) == [second, third]
    rsvp(event=event, person=second, answer=other, now=now)
    assert (going(event), line(event), Rsvp.objects.get(person=second).status) == ({first, third}, [], other)
    assert_seats_are_right(event)


@pytest.mark.parametrize("other", [MAYBE, DECLINED])
def test_the_seats_of_guests_are_given_back_too(cast: Cast, event: Event, now: datetime, other: str) -> None:
    first, second, third = make_members(cast.group, 3)
    come(event, first, 2, now)
    all_going(event, [second, third], now)
    rsvp(event=event, person=first, answer=other, now=now)
    assert going(event) == {second, third}
    assert Rsvp.objects.get(person=first).guests == 0
    assert_seats_are_right(event)


def test_withdrawing_forgets_the_answer_and_frees_the_seats(cast: Cast, event: Event, now: datetime) -> None:
    first, second = make_members(cast.group, 2)
    come(event, first, 2, now)
    come(event, second, 2, now)
    for _ in range(2):
        withdraw(event=event, person=first, now=now)
    assert going(event) == {second}
    assert not Rsvp.objects.filter(person=first).exists()


@pytest.mark.parametrize("goes", [withdraw, leave_group])
def test_a_party_that_goes_from_the_line_lets_those_behind_it_in(
    cast: Cast, event: Event, now: datetime, goes: Callable[..., None]
) -> None:
    first, party, single = make_members(cast.group, 3)
    come(event, first, 2, now)
    come(event, party, 1, now)
    come(event, single, 0, now)  # one seat is free, and kept for the party
    goes(person=party, now=now, **({"event": event} if goes is withdraw else {"group": cast.group}))
    assert (going(event), line(event)) == ({first, single}, [])
    assert_seats_are_right(event)


def test_an_answer_tells_its_place_in_line(cast: Cast, event: Event, now: datetime) -> None:
    first, party, single, late, last = make_members(cast.group, 5)
    come(event, first, 2, now)
    assert [come(event, person, 1, now).position for person in (party, single)] == [1, 2]  # a seat is free, and kept
    change_event(event=event, now=now, capacity=3)
    assert [come(event, person, 0, now).position for person in (late, single, last)] == [3, 2, 4]  # none is free
    assert (come(event, first, 0, now).position, come(event, late, 0, now).position) == (None, 2)


def test_a_party_for_which_there_will_never_be_room_holds_nobody_up(cast: Cast, event: Event, now: datetime) -> None:
    first, party, single = make_members(cast.group, 3)
    come(event, first, 1, now)
    come(event, party, 2, now)  # three seats together
    change_event(event=event, now=now, capacity=2)
    come(event, single, 0, now)
    come(event, first, 0, now)
    assert (going(event), line(event)) == ({first, single}, [party])
    assert not Notification.objects.filter(person=party).exclude(kind="seats_kept").exists()


def test_within_a_day_kept_seats_go_to_the_next_they_are_enough_for(cast: Cast, event: Event, now: datetime) -> None:
    first, party, single, late = make_members(cast.group, 4)
    come(event, first, 2, now)
    come(event, party, 1, now)
    come(event, single, 0, now)
    soon = event.starts_at - KEPT_UNTIL
    assert fill_kept_seats(now=soon - timedelta(seconds=1)) == 0
    assert (fill_kept_seats(now=soon), fill_kept_seats(now=soon)) == (1, 0)
    assert (going(event), line(event)) == ({first, single}, [party])
    assert Notification.objects.get(kind="seat_promoted").person == single
    come(event, late, 0, soon)
    come(event, first, 1, soon)  # one seat: the party needs two, the newcomer waited behind it
    assert (going(event), line(event)) == ({first, single, late}, [party])
