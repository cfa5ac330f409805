"""Somebody leaves while something else is done to the group, and waits for it: what was read before is not believed."""

from collections.abc import Callable
from datetime import datetime
from threading import Event as Signal
from typing import Any

import pytest
from django.db import connection

from core import clock
from groups.models import Group, Membership, Role, Rsvp
from groups.services.events import create_event
from groups.services.groups import change_group
from groups.services.memberships import leave_group, look, take_part
from groups.services.pictures import set_group_picture
from groups.services.removing import ban_member, remove_member
from groups.services.roles import hand_over
from groups.services.rsvps import rsvp
from tests.faults.doors import signed_in
from tests.faults.waiting import answered_once, beside, somebody_waits
from tests.groups.feed_kit import a_picture
from tests.groups.kit import GOING, make_event
from tests.kit.cast import Cast

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

type Done = Callable[[Cast, datetime], object]


def describe(cast: Cast, now: datetime) -> None:
    change_group(group=cast.group, by=cast.host, now=now, name="Evening Mosses", place="There")


def show(cast: Cast, now: datetime) -> None:
    set_group_picture(group=cast.group, person=cast.host, sent=a_picture(), now=now)


def plan(cast: Cast, now: datetime) -> None:
    """A meeting that comes before the others, to which the one who leaves says yes."""
    one = make_event(cast.group, now)
    said = {name: getattr(one, name) for name in ("title", "starts_at", "ends_at", "time_zone", "place", "setting")}
    made = create_event(group=cast.group, now=now, **{**said, "title": "At once"})
    rsvp(event=made, person=cast.member, answer=GOING, now=now)


def put_out(cast: Cast, now: datetime) -> None:
    remove_member(group=cast.group, person=cast.member, by=cast.owner, now=now)


def lead(cast: Cast, now: datetime) -> None:
    hand_over(group=cast.group, to=cast.member, by=cast.owner, now=now)


def ban(cast: Cast, now: datetime) -> None:
    ban_member(group=cast.group, person=cast.member, by=cast.owner, now=now)


def leaving_during(done: Done, cast: Cast) -> Any:
    """Return what the member is answered who leaves while it is done."""
    client, now = signed_in(cast.member), clock.now()
    make_event(cast.group, now)
    left = f"/api/v1/groups/{cast.group.uuid}/leave/"
    return answered_once(lambda: done(cast, now), lambda: client.post(left))


@pytest.mark.parametrize("done", [describe, show, plan, put_out])
def test_the_answer_tells_of_what_was_done_meanwhile(cast: Cast, done: Done) -> None:
    left = leaving_during(done, cast)

    assert left.status_code == 200
    assert left.json() == signed_in(cast.member).get(f"/api/v1/groups/{cast.group.uuid}/").json()
    assert not Membership.objects.current().filter(person=cast.member).exists()
    assert not Rsvp.objects.exists()


def test_who_is_made_the_owner_meanwhile_does_not_leave_the_group_without_one(cast: Cast) -> None:
    left = leaving_during(lead, cast)

    assert (left.status_code, left.json()["code"]) == (409, "last_owner")
    assert Membership.objects.current().get(role=Role.OWNER).person == cast.member
    assert Group.objects.get().owner == cast.member


def test_who_is_banned_meanwhile_stays_so(cast: Cast) -> None:
    left = leaving_during(ban, cast)

    assert left.status_code == 404
    assert Membership.objects.banned().filter(person=cast.member).exists()


def test_who_takes_part_by_answering_and_leaves_at_that_moment(cast: Cast, now: datetime) -> None:
    """They take part by another answer already, so that leaving ends the membership first, and then waits for this."""
    look(group=cast.group, person=cast.stranger, now=now)
    event, is_about_to, may_go_on = make_event(cast.group, now), Signal(), Signal()

    def stop(execute: Any, sql: str, *more: Any) -> Any:
        if sql.startswith('UPDATE "groups_membership"'):
            is_about_to.set()
            may_go_on.wait(10)
        return execute(sql, *more)

    def answer() -> None:
        with connection.execute_wrapper(stop):
            rsvp(event=event, person=cast.stranger, answer=GOING, is_quiet=False, now=now)

    answering, answered = beside(answer)
    assert is_about_to.wait(10)
    take_part(group=cast.group, person=cast.stranger, now=now)
    leaving, left = beside(lambda: leave_group(group=cast.group, person=cast.stranger, now=now))
    is_waiting = somebody_waits(leaving)
    may_go_on.set()

    assert is_waiting
    assert [answered.exception(10), left.exception(10)] == [None, None]
    for thread in (answering, leaving):
        thread.join()
    assert not Membership.objects.current().filter(person=cast.stranger).exists()
    assert not Rsvp.objects.exists()
