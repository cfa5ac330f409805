"""Events and answers for the tests of groups."""

from datetime import datetime, timedelta

from accounts.models import User
from groups.models import Event, Group, Membership, Rsvp
from groups.services.rsvps import rsvp
from tests.kit.cast import make_person

GOING, MAYBE, DECLINED = "going", "maybe", "declined"


def make_event(group: Group, now: datetime, **fields: object) -> Event:
    """Return an event of one hour, two days after `now`."""
    starts_at = now + timedelta(days=2)
    defaults: dict[str, object] = {
        "title": "River loop",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "time_zone": group.time_zone,
        "place": "Rose garden",
        "setting": Event.Setting.PARK,
        "effort": Group.Effort.EASY,
    }
    return Event.objects.create(group=group, **{**defaults, **fields})


def make_members(group: Group, count: int, prefix: str = "walker") -> list[User]:
    people = [make_person(f"{prefix}{n}") for n in range(count)]
    Membership.objects.bulk_create(Membership(group=group, person=person) for person in people)
    return people


def all_going(event: Event, people: list[User], now: datetime) -> None:
    for person in people:
        rsvp(event=event, person=person, answer=GOING, now=now)


def going(event: Event) -> set[User]:
    return {answer.person for answer in Rsvp.objects.filter(event=event).going().select_related("person")}


def line(event: Event) -> list[User]:
    return [answer.person for answer in Rsvp.objects.filter(event=event).in_line().select_related("person")]


def assert_seats_are_right(event: Event) -> None:
    """Assert what is true of an open event at every commit."""
    event.refresh_from_db()
    assert event.going_count == sum(answer.seats for answer in Rsvp.objects.filter(event=event).going())
    assert event.capacity is None or event.going_count <= event.capacity
    first = Rsvp.objects.filter(event=event).in_line().first()
    if first is not None and event.seats_left is not None:
        assert first.seats > event.seats_left, "seats are free, and the first in line waits for them"
    assert first is None or event.capacity is not None
