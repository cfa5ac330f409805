"""Making, changing and calling off events."""

from datetime import datetime, timedelta

import pytest

from accounts.models import Block, User
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Event, Membership, Rsvp
from groups.people import people_known_to
from groups.services.events import cancel_event, change_event, create_event
from groups.services.rsvps import rsvp
from notifications.models import Notification
from tests.groups.kit import DECLINED, MAYBE, all_going, assert_seats_are_right, going, line, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def fields(now: datetime, **other: object) -> dict[str, object]:
    starts_at = now + timedelta(days=1)
    base = {"title": "Loop", "place": "Lake", "setting": "water", "effort": "easy", "about": "**Slow**"}
    return {**base, "starts_at": starts_at, "ends_at": starts_at + timedelta(hours=1), **other}


def test_an_event_is_in_the_zone_of_its_group_unless_said_otherwise(cast: Cast, now: datetime) -> None:
    event = create_event(group=cast.group, now=now, **fields(now, greeter=cast.host))
    assert (event.time_zone, event.greeter) == ("Europe/Berlin", cast.host)
    assert event.about_html == "<p><strong>Slow</strong></p>\n"


@pytest.mark.parametrize("field", ["ends_at", "starts_at", "capacity", "greeter"])
def test_what_cannot_be_is_refused_on_its_field(cast: Cast, now: datetime, field: str) -> None:
    day = timedelta(days=1)
    wrong = {
        "ends_at": {"ends_at": now + day},
        "starts_at": {"starts_at": now - 2 * day, "ends_at": now - day},
        "capacity": {"capacity": 0},
        "greeter": {"greeter": cast.stranger},
    }
    with pytest.raises(InvalidInput) as refused:
        create_event(group=cast.group, now=now, **fields(now, **wrong[field]))
    assert refused.value.field == field


def test_more_seats_let_the_line_in(cast: Cast, now: datetime) -> None:
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 4)
    all_going(event, people, now)
    change_event(event=event, now=now, capacity=3)
    assert going(event) == set(people[:3])
    assert Notification.objects.filter(kind="seat_promoted").count() == 2
    change_event(event=event, now=now, capacity=None)
    assert going(event) == set(people)
    assert_seats_are_right(event)


def test_fewer_seats_than_are_going_is_refused_on_the_field(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now, capacity=3)
    all_going(event, make_members(cast.group, 2), now)
    with pytest.raises(InvalidInput) as refused:
        change_event(event=event, now=now, capacity=1, title="Other")
    assert refused.value.field == "capacity"
    assert "2 people are going" in str(refused.value.message)
    event.refresh_from_db()
    assert (event.capacity, event.title) == (3, "River loop")


def test_calling_off_tells_everybody_concerned_once(cast: Cast, now: datetime) -> None:
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 4)
    all_going(event, people[:2], now)
    rsvp(event=event, person=people[2], answer=MAYBE, now=now)
    rsvp(event=event, person=people[3], answer=DECLINED, now=now)
    cancel_event(event=event, now=now)
    cancel_event(event=event, now=now)
    told = Notification.objects.filter(kind="event_cancelled")
    assert {notice.person for notice in told} == set(people[:3])


def test_what_is_cancelled_or_over_stays(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    with pytest.raises(DomainError) as over:
        change_event(event=event, now=event.ends_at, title="x")
    Event.objects.update(status=Event.Status.CANCELLED)
    with pytest.raises(DomainError) as cancelled:
        change_event(event=event, now=now, title="x")
    assert (over.value.code, cancelled.value.code) == ("event_over", "event_cancelled")


def test_more_seats_at_another_time_are_given_and_told_at_once(cast: Cast, now: datetime) -> None:
    """Who gets a seat hears of that and of the new time, until which both are of use."""
    event, people = make_event(cast.group, now, capacity=1, greeter=cast.host), make_members(cast.group, 3)
    all_going(event, people, now)
    Rsvp.objects.filter(person=people[1]).update(is_first_time=True)
    later = event.ends_at + timedelta(days=1)

    change_event(event=event, now=now, by=cast.owner, capacity=2, ends_at=later)

    event.refresh_from_db()
    assert (event.going_count, event.capacity, event.sequence) == (2, 2, 1)
    assert (going(event), line(event)) == (set(people[:2]), people[2:])
    told = Notification.objects.values_list("kind", "person__display_name", "expires_at")
    moved = {("event_moved", person.display_name, later) for person in people}
    lucky = ("seat_promoted", people[1].display_name, later)
    assert set(told) == {*moved, lucky, ("first_time_coming", "Host", later)}


@pytest.mark.parametrize("name", ["blocked", "stranger"])
def test_who_greets_is_found_among_those_of_the_group_whom_the_host_may_know(
    cast: Cast, now: datetime, name: str
) -> None:
    event = make_event(cast.group, now)
    Block.objects.create(blocker=cast.blocked, blocked=cast.host)

    known = people_known_to(cast.host)
    change_event(event=event, now=now, by=cast.host, greeter_among=known.filter(uuid=cast.member.uuid))
    with pytest.raises(InvalidInput) as refused:
        change_event(event=event, now=now, by=cast.host, greeter_among=known.filter(uuid=cast.people[name].uuid))

    assert refused.value.field == "greeter"
    event.refresh_from_db()
    assert event.greeter == cast.member


def test_who_hosts_no_more_names_nobody_who_greets(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    for change in ({"role": "member"}, {"left_at": now}):
        Membership.objects.filter(person=cast.host).update(**change)
        with pytest.raises(NotPermitted):
            change_event(event=event, now=now, by=cast.host, greeter_among=User.objects.filter(pk=cast.member.pk))
