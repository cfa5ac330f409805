"""Joining, leaving, and a group that always has an owner."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from accounts.models import User
from core.errors import DomainError, NotPermitted
from groups.models import AnswerLink, Group, Membership, Role, Rsvp
from groups.services.answer_links import make_link
from groups.services.feed import write_post
from groups.services.memberships import join_group, leave_group, look, take_part
from groups.services.removing import remove_member
from groups.services.rsvps import rsvp
from notifications.models import Notification
from tests.groups.kit import GOING, MAYBE, all_going, assert_seats_are_right, going, line, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def put_out(*, group: Group, person: User, now: datetime) -> None:
    remove_member(group=group, person=person, by=group.owner, now=now)


def test_an_open_group_takes_whoever_comes_once(cast: Cast, now: datetime) -> None:
    first = join_group(group=cast.group, person=cast.stranger, now=now)
    again = join_group(group=cast.group, person=cast.stranger, now=now)
    assert (first.pk, first.role, first.joined_at) == (again.pk, Role.MEMBER, now)


@pytest.mark.parametrize("policy", [Group.JoinPolicy.REQUEST, Group.JoinPolicy.INVITATION])
def test_other_groups_are_not_joined_like_that(cast: Cast, now: datetime, policy: str) -> None:
    Group.objects.update(join_policy=policy)
    with pytest.raises(NotPermitted):
        join_group(group=cast.group, person=cast.stranger, now=now)


def test_a_ban_holds(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        join_group(group=cast.group, person=cast.banned, now=now)


def test_leaving_frees_every_coming_seat_and_leaves_no_answer(cast: Cast, now: datetime) -> None:
    events = [make_event(cast.group, now, capacity=1) for _ in range(2)]
    (waiting,) = make_members(cast.group, 1)
    for event in events:
        all_going(event, [cast.member, waiting], now)
    leave_group(group=cast.group, person=cast.member, now=now)
    assert [going(event) for event in events] == [{waiting}, {waiting}]
    assert not Rsvp.objects.filter(person=cast.member).exists()
    for event in events:
        assert_seats_are_right(event)


def test_leaving_gives_up_the_place_in_line(cast: Cast, now: datetime) -> None:
    event, people = make_event(cast.group, now, capacity=1), make_members(cast.group, 3)
    all_going(event, people, now)
    leave_group(group=cast.group, person=people[1], now=now)
    assert line(event) == [people[2]]


@pytest.mark.parametrize("end", [leave_group, put_out])
def test_who_waited_for_more_seats_than_are_free_keeps_them_from_nobody_any_more(
    cast: Cast, now: datetime, end: Callable[..., None]
) -> None:
    """A seat is kept for who comes with a guest, and is their place's to hand on, too."""
    event, (first, family, last) = (
        make_event(cast.group, now, capacity=3, guests_allowed=1),
        make_members(cast.group, 3),
    )
    all_going(event, [first, cast.host, cast.owner], now)
    rsvp(event=event, person=family, answer=GOING, guests=1, now=now)
    all_going(event, [last], now)
    rsvp(event=event, person=first, answer=MAYBE, now=now)
    assert (going(event), line(event)) == ({cast.host, cast.owner}, [family, last])

    end(group=cast.group, person=family, now=now)

    assert (going(event), line(event)) == ({cast.host, cast.owner, last}, [])
    assert_seats_are_right(event)


@pytest.mark.parametrize("end", [leave_group, put_out])
def test_who_greeted_hears_no_more_of_newcomers_and_hosts_hear_once_that_they_are_gone(
    cast: Cast, now: datetime, end: Callable[..., None]
) -> None:
    card = dict.fromkeys(("where_to_stand", "how_it_goes", "pace", "toilets", "leaving_early"), "Said.")
    greeted = {**card, "is_newcomer_friendly": True, "greeter": cast.member, "capacity": 1}
    events = [make_event(cast.group, now, **greeted) for _ in range(2)]
    other = make_event(cast.group, now, greeter=cast.host)
    (newcomer,) = make_members(cast.group, 1)
    for event in events:
        all_going(event, [cast.member], now)
        rsvp(event=event, person=newcomer, answer=GOING, is_first_time=True, now=now)

    end(group=cast.group, person=cast.member, now=now)

    told = set(Notification.objects.values_list("kind", "person__display_name"))
    assert told == {("seat_promoted", "Walker0"), ("greeter_gone", "Owner"), ("greeter_gone", "Host")}
    gone = Notification.objects.get(kind="greeter_gone", person=cast.host)
    said = f"greeter_gone:{cast.group.uuid}:{cast.member.uuid}:{now.isoformat()}:{cast.host.uuid}"
    assert (gone.dedupe_key, gone.about_id) == (said, str(cast.group.uuid))
    for event in events:
        assert_seats_are_right(event)
        assert (event.greeter, event.is_newcomer_friendly, event.changed_at, going(event)) == (
            None, False, now, {newcomer},
        )  # fmt: skip
    other.refresh_from_db()
    assert other.greeter == cast.host


def test_a_host_who_greeted_and_is_put_out_is_not_told_that_they_are_gone(cast: Cast, now: datetime) -> None:
    card = dict.fromkeys(("where_to_stand", "how_it_goes", "pace", "toilets", "leaving_early"), "Said.")
    make_event(cast.group, now, **card, is_newcomer_friendly=True, greeter=cast.host)

    put_out(group=cast.group, person=cast.host, now=now)

    assert set(Notification.objects.values_list("kind", "person__display_name")) == {("greeter_gone", "Owner")}


def test_what_is_over_stays_as_it_was(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now, capacity=1)
    all_going(event, [cast.member], now)
    leave_group(group=cast.group, person=cast.member, now=now + timedelta(days=3))
    assert going(event) == {cast.member}


def test_leaving_and_coming_back_starts_as_a_member(cast: Cast, now: datetime) -> None:
    leave_group(group=cast.group, person=cast.host, now=now)
    leave_group(group=cast.group, person=cast.host, now=now)
    assert join_group(group=cast.group, person=cast.host, now=now).role == Role.MEMBER


def test_the_last_owner_cannot_leave(cast: Cast, now: datetime) -> None:
    with pytest.raises(DomainError) as refused:
        leave_group(group=cast.group, person=cast.owner, now=now)
    assert refused.value.code == "last_owner"
    Membership.objects.filter(group=cast.group, person=cast.host).update(role=Role.OWNER)
    leave_group(group=cast.group, person=cast.owner, now=now)
    assert Membership.objects.current().get(group=cast.group, role=Role.OWNER).person == cast.host


def test_who_looks_is_seen_by_hosts_alone_until_they_take_part(cast: Cast, now: datetime) -> None:
    look(group=cast.group, person=cast.stranger, now=now)

    def seen_by(viewer: User) -> bool:
        return Membership.objects.visible_to(viewer).filter(person=cast.stranger).exists()

    assert [seen_by(person) for person in (cast.host, cast.stranger, cast.member)] == [True, True, False]
    with pytest.raises(NotPermitted):
        write_post(group=cast.group, person=cast.stranger, text="Hello", now=now)
    take_part(group=cast.group, person=cast.stranger, now=now)
    assert seen_by(cast.member)
    assert write_post(group=cast.group, person=cast.stranger, text="Hello", now=now)


def test_looking_changes_nothing_for_who_is_in(cast: Cast, now: datetime) -> None:
    look(group=cast.group, person=cast.member, now=now)
    assert not Membership.objects.get(person=cast.member).is_looking


def test_who_looked_leaves_without_a_trace(cast: Cast, now: datetime) -> None:
    look(group=cast.group, person=cast.stranger, now=now)
    leave_group(group=cast.group, person=cast.stranger, now=now)
    assert not Membership.objects.filter(person=cast.stranger).exists()


def test_taking_part_is_for_who_is_in(cast: Cast, now: datetime) -> None:
    for person in (cast.stranger, cast.banned):
        with pytest.raises(NotPermitted):
            take_part(group=cast.group, person=person, now=now)


@pytest.mark.parametrize("policy", [Group.JoinPolicy.REQUEST, Group.JoinPolicy.INVITATION])
def test_only_open_groups_are_looked_at_like_that(cast: Cast, now: datetime, policy: str) -> None:
    Group.objects.update(join_policy=policy)
    with pytest.raises(NotPermitted):
        look(group=cast.group, person=cast.stranger, now=now)


def test_leaving_leaves_no_trace(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    all_going(event, [cast.member], now)
    make_link(event=event, person=cast.member, message=cast.member.uuid, now=now)
    assert AnswerLink.objects.usable(now).exists()
    leave_group(group=cast.group, person=cast.member, now=now)
    assert not Notification.objects.exists(), "nobody is told"
    assert not Membership.objects.visible_to(cast.owner).filter(person=cast.member).exists()
    assert not Rsvp.objects.visible_to(cast.owner).filter(person=cast.member).exists()
    assert not AnswerLink.objects.usable(now).exists()


def test_nobody_joins_a_closed_group(cast: Cast, now: datetime) -> None:
    Group.objects.update(closed_at=now)
    with pytest.raises(NotPermitted):
        join_group(group=cast.group, person=cast.stranger, now=now)
