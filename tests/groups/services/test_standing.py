"""A group whose owner may not come back goes on with whoever has hosted it longest."""

from datetime import datetime, timedelta

import pytest

from accounts.models import User
from groups.models import Group, Membership, Role
from moderation.ending import give_back_everything
from tests.groups.kit import make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def end(person: User, now: datetime, until: datetime | None = None) -> None:
    if until is None:
        User.objects.filter(pk=person.pk).update(is_active=False, banned_at=now)
    give_back_everything(person=person, until=until, now=now)


def owner_of(group: Group) -> User:
    return Group.objects.select_related("owner").get(pk=group.pk).owner


def test_the_longest_standing_host_takes_over(cast: Cast, now: datetime) -> None:
    (later,) = make_members(cast.group, 1)
    Membership.objects.filter(person=later).update(role=Role.HOST, joined_at=now)
    end(cast.owner, now)
    assert owner_of(cast.group) == cast.host
    assert Membership.objects.get(group=cast.group, person=cast.host).role == Role.OWNER
    assert Membership.objects.get(group=cast.group, person=later).role == Role.HOST


def test_another_owner_comes_before_any_host(cast: Cast, now: datetime) -> None:
    Membership.objects.filter(person=cast.member).update(role=Role.OWNER, joined_at=now)
    end(cast.owner, now)
    assert owner_of(cast.group) == cast.member
    assert Membership.objects.get(group=cast.group, person=cast.host).role == Role.HOST


def test_with_nobody_to_host_it_the_group_keeps_its_owner(cast: Cast, now: datetime) -> None:
    Membership.objects.filter(person=cast.host).update(role=Role.MEMBER)
    end(cast.owner, now)
    assert owner_of(cast.group) == cast.owner


def test_a_rest_hands_nothing_over(cast: Cast, now: datetime) -> None:
    end(cast.owner, now, until=now + timedelta(days=7))
    assert owner_of(cast.group) == cast.owner
    assert Membership.objects.get(group=cast.group, person=cast.host).role == Role.HOST
