"""One answer a person; seats first come, first served; every freed seat goes to the next in line."""

from datetime import datetime, timedelta

import pytest

from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Event, Rsvp
from groups.services.rsvps import rsvp
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


def test_going_takes_a_seat_while_there_is_one(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now, capacity=1)
    answer = rsvp(event=event, person=cast.member, answer=GOING, is_quiet=True, is_first_time=True, now=now)
    assert (answer.status, answer.place, answer.is_quiet, answer.is_first_time) == (GOING, None, True, True)
    assert_seats_are_right(event)


def test_no_limit_means_a_seat_for_everybody(cast: Cast, now: datetime) -> None:
    event, people = make_event(cast.group, now), make_members(cast.group, 5)
    all_going(event, people, now)
    assert going(event) == set(people)


def test_a_full_event_gives_places_in_line(cast: Cast, now: datetime) -> None:
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 4)
    all_going(event, people, now)
    assert line(event) == people[1:]
    third = Rsvp.objects.get(event=event, person=people[3])
    assert Rsvp.objects.position_in_line(third) == 3
    assert Rsvp.objects.with_position().get(pk=third.pk).position == 3


@pytest.mark.parametrize("other", [MAYBE, DECLINED])
def test_who_gives_up_a_seat_lets_the_first_in_line_in(cast: Cast, now: datetime, other: str) -> None:
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 3)
    all_going(event, people, now)
    rsvp(event=event, person=people[0], answer=other, now=now)
    assert (going(event), line(event)) == ({people[1]}, [people[2]])
    notice = Notification.objects.get()
    assert (notice.person, notice.kind, notice.about_id) == (people[1], "seat_promoted", str(event.uuid))
    assert_seats_are_right(event)


def test_who_leaves_the_line_moves_the_others_up_and_nobody_in(cast: Cast, now: datetime) -> None:
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 4)
    all_going(event, people, now)
    rsvp(event=event, person=people[1], answer=DECLINED, now=now)
    assert (going(event), line(event)) == ({people[0]}, [people[2], people[3]])
    assert not Notification.objects.exists()


def test_saying_it_again_keeps_seat_and_place(cast: Cast, now: datetime) -> None:
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 3)
    all_going(event, people, now)
    all_going(event, people, now)
    assert (going(event), line(event)) == ({people[0]}, people[1:])
    assert Rsvp.objects.filter(event=event).count() == 3


def test_coming_back_to_the_line_means_its_end(cast: Cast, now: datetime) -> None:
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 3)
    all_going(event, people, now)
    rsvp(event=event, person=people[1], answer=MAYBE, now=now)
    rsvp(event=event, person=people[1], answer=GOING, now=now)
    assert line(event) == [people[2], people[1]]


def test_a_newcomer_never_passes_the_line_even_beside_a_free_seat(cast: Cast, now: datetime) -> None:
    """Such a state cannot be committed by a service; somebody may still have made it by hand."""
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 3)
    all_going(event, people[:2], now)
    Event.objects.filter(pk=event.pk).update(capacity=2)
    rsvp(event=event, person=people[2], answer=GOING, now=now)
    assert (going(event), line(event)) == ({people[0], people[1]}, [people[2]])


def test_somebody_promoted_twice_is_told_twice(cast: Cast, now: datetime) -> None:
    event, (first, second) = make_event(cast.group, now, capacity=1), make_members(cast.group, 2)
    for _ in range(2):
        all_going(event, [first, second], now)
        rsvp(event=event, person=first, answer=DECLINED, now=now)
        rsvp(event=event, person=second, answer=DECLINED, now=now)
    assert Notification.objects.filter(person=second).count() == 2


def test_over_and_cancelled_events_take_no_answers(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    with pytest.raises(DomainError) as over:
        rsvp(event=event, person=cast.member, answer=GOING, now=event.ends_at)
    Event.objects.update(status=Event.Status.CANCELLED)
    with pytest.raises(DomainError) as cancelled:
        rsvp(event=event, person=cast.member, answer=GOING, now=now)
    assert (over.value.code, cancelled.value.code) == ("event_over", "event_cancelled")


def test_answers_are_taken_until_the_end(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    assert rsvp(event=event, person=cast.member, answer=GOING, now=event.ends_at - timedelta(seconds=1)).pk


@pytest.mark.parametrize("name", ["stranger", "banned", "superuser"])
def test_only_members_get_seats(cast: Cast, now: datetime, name: str) -> None:
    with pytest.raises(NotPermitted):
        rsvp(event=make_event(cast.group, now), person=cast.people[name], answer=GOING, now=now)


def test_nobody_gives_themselves_a_place_in_line(cast: Cast, now: datetime) -> None:
    with pytest.raises(InvalidInput):
        rsvp(event=make_event(cast.group, now), person=cast.member, answer="waitlisted", now=now)
