"""Putting somebody out, for now or for good, and letting them come back."""

from datetime import datetime

import pytest

from accounts.models import User
from accounts.services.blocks import block
from core.errors import NotPermitted
from groups.models import AnswerLink, Group, Membership, Post, Role, Rsvp
from groups.roles import bans_seen_by
from groups.services.answer_links import make_link
from groups.services.memberships import join_group
from groups.services.removing import ban_member, lift_ban, remove_member
from notifications.models import Notification
from tests.groups.kit import all_going, going, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def is_in(group: Group, person: User) -> bool:
    return Membership.objects.current().filter(group=group, person=person).exists()


@pytest.mark.parametrize("put_out", [remove_member, ban_member])
def test_whoever_is_put_out_gives_back_seats_and_links(cast: Cast, now: datetime, put_out) -> None:
    event = make_event(cast.group, now, capacity=1)
    (waiting,) = make_members(cast.group, 1)
    all_going(event, [cast.member, waiting], now)
    make_link(event=event, person=cast.member, message=cast.member.uuid, now=now)
    put_out(group=cast.group, person=cast.member, by=cast.host, now=now)
    assert not is_in(cast.group, cast.member)
    assert going(event) == {waiting}
    assert not Rsvp.objects.filter(person=cast.member).exists()
    assert not AnswerLink.objects.usable(now).exists()
    assert not Notification.objects.filter(person=cast.member).exists()


def test_whoever_was_removed_may_come_back(cast: Cast, now: datetime) -> None:
    remove_member(group=cast.group, person=cast.member, by=cast.host, now=now)
    remove_member(group=cast.group, person=cast.member, by=cast.host, now=now)
    assert Group.objects.visible_to(cast.member).filter(pk=cast.group.pk).exists()
    assert join_group(group=cast.group, person=cast.member, now=now).role == Role.MEMBER


def test_for_whoever_is_banned_the_group_never_existed(cast: Cast, now: datetime) -> None:
    Post.objects.create(group=cast.group, author=cast.member, text="Hello", text_html="<p>Hello</p>")
    ban_member(group=cast.group, person=cast.member, by=cast.host, now=now)
    assert not Group.objects.visible_to(cast.member).filter(pk=cast.group.pk).exists()
    assert not Post.objects.visible_to(cast.owner).exists()
    with pytest.raises(NotPermitted):
        join_group(group=cast.group, person=cast.member, now=now)


def test_a_lifted_ban_opens_the_door_and_puts_nobody_in(cast: Cast, now: datetime) -> None:
    lift_ban(group=cast.group, person=cast.banned, by=cast.host, now=now)
    assert Group.objects.visible_to(cast.banned).filter(pk=cast.group.pk).exists()
    assert not is_in(cast.group, cast.banned)
    join_group(group=cast.group, person=cast.banned, now=now)
    assert is_in(cast.group, cast.banned)


@pytest.mark.parametrize(
    ("by", "about"), [("host", "owner"), ("member", "host"), ("stranger", "member"), ("host", "host")]
)
def test_who_puts_nobody_out(cast: Cast, now: datetime, by: str, about: str) -> None:
    with pytest.raises(NotPermitted):
        ban_member(group=cast.group, person=cast.people[about], by=cast.people[by], now=now)
    assert is_in(cast.group, cast.people[about])


def test_hosts_leave_hosts_alone_and_owners_do_not(cast: Cast, now: datetime) -> None:
    (other,) = make_members(cast.group, 1)
    Membership.objects.filter(person=other).update(role=Role.HOST)
    with pytest.raises(NotPermitted):
        remove_member(group=cast.group, person=other, by=cast.host, now=now)
    remove_member(group=cast.group, person=other, by=cast.owner, now=now)
    assert not is_in(cast.group, other)


def test_only_hosts_lift_a_ban(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        lift_ban(group=cast.group, person=cast.banned, by=cast.member, now=now)


def test_bans_are_known_to_hosts_alone_and_a_block_holds_there_too(cast: Cast, now: datetime) -> None:
    assert [ban.person for ban in bans_seen_by(cast.host, cast.group)] == [cast.banned]
    assert not bans_seen_by(cast.member, cast.group).exists()
    assert not bans_seen_by(cast.stranger, cast.group).exists()
    block(person=cast.banned, other=cast.host)
    assert not bans_seen_by(cast.host, cast.group).exists()
    assert bans_seen_by(cast.owner, cast.group).exists()
