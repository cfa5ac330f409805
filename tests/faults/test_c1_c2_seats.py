"""C1 and C2: never more going than seats, and nobody passes the line, however many come at once.

Each promise is shown beside its control: the same run without the event's lock breaks it.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import cycle

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from core import clock
from groups.models import Event, Membership, Rsvp
from groups.models.events import EventQuerySet
from groups.services.memberships import join_group, leave_group
from groups.services.rsvps import rsvp
from notifications.models import Notification
from tests.faults.parallel import Act, all_at_once
from tests.groups.kit import GOING, MAYBE, going, line, make_event, make_members
from tests.kit.cast import make_group

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

PEOPLE, SEATS, ROUNDS = 60, 10, 5


def by_page(event: Event, person: User) -> Act:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    address = reverse("groups:rsvp", args=[event.group.slug, event.uuid])
    return lambda: client.post(address, {"answer": GOING}).status_code


def by_api(event: Event, person: User) -> Act:
    client = APIClient()
    client.force_authenticate(person)
    return lambda: client.put(f"/api/v1/events/{event.uuid}/rsvp/", {"answer": GOING}).status_code


def from_maybe(event: Event, person: User) -> Act:
    rsvp(event=event, person=person, answer=MAYBE, now=clock.now())
    return by_page(event, person)


DOORS: list[Callable[[Event, User], Act]] = [by_page, by_api, from_maybe]


def a_round(people: list[User], number: int) -> tuple[Event, list[object]]:
    """Let everybody say "going" at once through mixed doors; return the event and the answers."""
    group = make_group(slug=f"group-{number}")
    Membership.objects.bulk_create(Membership(group=group, person=person) for person in people)
    event = make_event(group, clock.now(), capacity=SEATS)
    acts = [door(event, person) for door, person in zip(cycle(DOORS), people, strict=False)]
    return event, all_at_once(acts)


def promise_holds(event: Event, answers: list[object]) -> bool:
    event.refresh_from_db()
    places = list(Rsvp.objects.filter(event=event).in_line().values_list("place", flat=True))
    return (
        set(answers) <= {200, 302}
        and len(going(event)) == event.going_count == SEATS
        and places == list(range(1, PEOPLE - SEATS + 1))
    )


@pytest.fixture
def people(db: None) -> list[User]:
    return make_members(make_group(slug="everybody"), PEOPLE)


def test_sixty_at_once_on_ten_seats(people: list[User]) -> None:
    for number in range(ROUNDS):
        event, answers = a_round(people, number)
        assert promise_holds(event, answers), answers


@pytest.fixture
def without_protection(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take away the row lock, and the check constraint that would stop the worst of it."""
    monkeypatch.setattr(EventQuerySet, "select_for_update", lambda self, **_: self)
    [within] = [c for c in Event._meta.constraints if c.name == "event_within_capacity"]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Event, within)
    yield
    Event.objects.all().delete()
    with connection.schema_editor() as editor:
        editor.add_constraint(Event, within)


def test_control_without_the_lock_the_promise_breaks(people: list[User], without_protection: None) -> None:
    assert not all(promise_holds(*a_round(people, number)) for number in range(ROUNDS))


def test_leavers_and_newcomers_at_once_keep_the_line(now: datetime) -> None:
    """Forty wait and ten go; fifteen of those in line or on a seat leave while fifteen newcomers arrive."""
    group = make_group()
    people = make_members(group, 50)
    newcomers = make_members(make_group(slug="elsewhere"), 15, prefix="newcomer")
    event = make_event(group, now, capacity=SEATS)
    for person in people:
        rsvp(event=event, person=person, answer=GOING, now=now)
    leavers = [*people[:8], *people[20:27]]

    def leaving(person: User) -> Act:
        return lambda: leave_group(group=group, person=person, now=now)

    def arriving(person: User) -> Act:
        join_group(group=group, person=person, now=now)
        return lambda: rsvp(event=event, person=person, answer=GOING, now=now)

    answers = all_at_once([*map(leaving, leavers), *map(arriving, newcomers)])

    assert [a for a in answers if isinstance(a, Exception)] == []
    stayed = [person for person in people if person not in leavers]
    assert going(event) == set(stayed[:SEATS])
    waiting = line(event)
    assert waiting[: len(stayed) - SEATS] == stayed[SEATS:]
    assert set(waiting[len(stayed) - SEATS :]) == set(newcomers)
    told = Notification.objects.filter(kind="seat_promoted").values_list("person", flat=True)
    promoted = Rsvp.objects.filter(event=event, promoted_at__isnull=False).values_list("person", flat=True)
    assert set(promoted) <= set(told)
    assert len(told) == len(set(told))
