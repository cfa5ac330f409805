"""The first page that apps ask for, whose query is prepared, is what the usual query finds."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from accounts.models import Block, User
from core.prepared import NotThatPlain, Prepared
from core.visibility import presenting
from groups.api.serializers import EventSerializer
from groups.finding import SOONEST_FIRST, Wish, find_events, soonest_events
from groups.models import Event, Membership, Rsvp
from tests.kit.world import World


def usual(person: User, most: int, now: datetime) -> list[Any]:
    return list(find_events(person, Wish(), now=now).order_by(*SOONEST_FIRST)[:most])


def shown(events: list[Any]) -> list[Any]:
    with presenting():
        return list(EventSerializer(events, many=True).data)


@pytest.mark.django_db
def test_everybody_gets_what_the_usual_query_finds(world: World, now: datetime) -> None:
    events = list(Event.objects.order_by("pk"))
    people = list(User.objects.order_by("pk"))
    full = events[0]
    full.greeter = world.cast.host
    full.save()
    Block.objects.create(blocker=world.cast.host, blocked=world.cast.stranger)
    Rsvp.objects.filter(event=full).delete()
    for place, person in enumerate(people[:4], start=1):
        Rsvp.objects.create(event=full, person=person, status="waitlisted", place=place)

    for most in (1, 2, 21):
        for person in people:
            assert shown(soonest_events(person, most=most, now=now)) == shown(usual(person, most, now))

    lines = [
        event["my_answer"]["position"]
        for person in people
        for event in shown(usual(person, 21, now))
        if event["my_answer"] and event["uuid"] == str(full.uuid)
    ]
    greeters = {event["greeter"] for person in people for event in shown(usual(person, 21, now))}
    assert {1, 2} <= set(lines)
    assert {None, str(world.cast.host)} <= greeters
    assert len({len(usual(person, 21, now)) for person in people}) > 1


@pytest.mark.django_db
def test_who_joins_or_is_sent_out_in_between_sees_it_at_once(world: World, now: datetime) -> None:
    stranger, private = world.cast.stranger, world.private_event
    assert private not in soonest_events(stranger, most=21, now=now)

    membership = Membership.objects.create(group=private.group, person=stranger)
    assert private in soonest_events(stranger, most=21, now=now)

    membership.banned_at = now
    membership.save()
    assert private not in soonest_events(stranger, most=21, now=now)
    assert soonest_events(stranger, most=21, now=now + timedelta(days=10_000)) == []


def test_a_query_that_reckons_with_a_value_cannot_be_prepared() -> None:
    reckons = Prepared(lambda now: Event.objects.filter(ends_at__gt=now - timedelta(hours=1)), now=datetime)
    forgets = Prepared(lambda **_viewer: Event.objects.filter(capacity=None), viewer=int)
    brings = Prepared(lambda viewer: Event.objects.filter(group=viewer).prefetch_related("rsvps"), viewer=int)
    for query in (reckons, forgets, brings):
        with pytest.raises(NotThatPlain):
            query._write(1, "default")


@pytest.mark.django_db
def test_the_list_of_the_api_asks_three_times_and_says_what_a_narrowed_one_says(
    world: World, as_person: Any, django_assert_num_queries: Any
) -> None:
    client = as_person(world.cast.member)
    path, all_kinds = "/api/v1/events/", {"words": ""}
    client.get(path)
    with django_assert_num_queries(3):  # the session, the person, the events
        plain = client.get(path).json()
    assert plain["results"] == client.get(path, all_kinds).json()["results"]
    assert plain["results"]

    page = client.get(path, {"page_size": 1}).json()
    seen = [*page["results"]]
    while page["next"]:
        page = client.get(page["next"]).json()
        seen += page["results"]
    assert seen == plain["results"]
