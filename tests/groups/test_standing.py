"""Somebody whose account rests reads and leaves, and does not take part; afterwards everything is as before."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from core.errors import NotPermitted
from groups.models import Event, Group, Membership, Rsvp
from groups.services.events import cancel_event, change_event, create_event
from groups.services.groups import create_group
from groups.services.memberships import join_group, leave_group
from groups.services.rsvps import rsvp
from groups.services.sharing import share_plan
from tests.groups.kit import DECLINED, GOING, MAYBE, make_event
from tests.kit.cast import Cast
from tests.plans.own_kit import own_plan

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def new_group(cast: Cast, person: User, now: datetime) -> object:
    facts = {"name": "Ferns", "kind": "walking", "place": "Here", "time_zone": "Europe/Berlin"}
    return create_group(owner=person, now=now, **facts)


def new_event(cast: Cast, person: User, now: datetime) -> object:
    times = {"starts_at": now + 2 * WEEK, "ends_at": now + 2 * WEEK + timedelta(hours=1)}
    return create_event(group=cast.group, by=person, now=now, title="T", place="P", setting="park", **times)


def other_title(cast: Cast, person: User, now: datetime) -> object:
    return change_event(event=Event.objects.first(), by=person, now=now, title="Other")


def joined(cast: Cast, person: User, now: datetime) -> object:
    Membership.objects.filter(person=person).delete()
    return join_group(group=cast.group, person=person, now=now)


def going(cast: Cast, person: User, now: datetime) -> object:
    return rsvp(event=Event.objects.first(), person=person, answer=GOING, now=now)


def maybe(cast: Cast, person: User, now: datetime) -> object:
    return rsvp(event=Event.objects.first(), person=person, answer=MAYBE, now=now)


def shared(cast: Cast, person: User, now: datetime) -> object:
    return share_plan(group=cast.group, person=person, template=own_plan(person), now=now)


@pytest.mark.parametrize("act", [new_group, new_event, other_title, joined, going, maybe, shared])
def test_taking_part_waits_until_the_rest_is_over(cast: Cast, now: datetime, act: Callable[..., object]) -> None:
    make_event(cast.group, now, starts_at=now + 2 * WEEK, ends_at=now + 2 * WEEK + timedelta(hours=1))
    cast.host.suspended_until = now + WEEK
    cast.host.save()
    with pytest.raises(NotPermitted) as refused:
        act(cast, cast.host, now)
    assert "Tuesday 17 March, 10:00" in str(refused.value.message)
    assert act(cast, cast.host, now + WEEK)


def test_giving_back_calling_off_and_leaving_are_always_possible(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    rsvp(event=event, person=cast.host, answer=GOING, now=now)
    cast.host.suspended_until = now + WEEK
    cast.host.save()
    assert rsvp(event=event, person=cast.host, answer=DECLINED, now=now).status == Rsvp.Status.DECLINED
    cancel_event(event=event, now=now)
    leave_group(group=cast.group, person=cast.host, now=now)
    assert not Membership.objects.current().filter(person=cast.host).exists()


def test_an_answer_under_way_meets_the_suspension_of_a_moment_ago(cast: Cast, now: datetime) -> None:
    """The person was loaded before; what counts is what stands when the event is locked."""
    event = make_event(cast.group, now)
    User.objects.filter(pk=cast.host.pk).update(suspended_until=now + WEEK)
    with pytest.raises(NotPermitted):
        rsvp(event=event, person=cast.host, answer=GOING, now=now)


def test_pages_say_so_beside_the_form(cast: Cast, now: datetime, as_person) -> None:
    User.objects.filter(pk=cast.host.pk).update(suspended_until=now + WEEK)
    facts = {
        "name": "Ferns", "kind": "walking", "place": "Here", "time_zone": "Europe/Berlin", "effort": "easy",
        "visibility": "public", "join_policy": "open",
    }  # fmt: skip
    answer = as_person(cast.host).post(reverse("groups:new_group"), facts)
    assert answer.status_code == 200
    assert answer.content.decode().count("Your account rests until Tuesday 17 March, 10:00") == 2
    assert not Group.objects.filter(name="Ferns").exists()
