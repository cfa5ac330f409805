"""Who gives which role to whom, and a group that is handed over."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from core.errors import DomainError, NotPermitted
from groups.models import Group, Membership, Role
from groups.services.roles import give_role, hand_over
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
OWNER, HOST, MODERATOR, MEMBER = Role.OWNER, Role.HOST, Role.MODERATOR, Role.MEMBER


def role_of(group: Group, person: User) -> str:
    return Membership.objects.current().get(group=group, person=person).role


@pytest.mark.parametrize("role", [OWNER, HOST, MODERATOR])
def test_owners_give_every_role(cast: Cast, now: datetime, role: str) -> None:
    give_role(group=cast.group, person=cast.member, role=role, by=cast.owner, now=now)
    assert role_of(cast.group, cast.member) == role


def test_hosts_name_moderators_and_nobody_above(cast: Cast, now: datetime) -> None:
    give_role(group=cast.group, person=cast.member, role=MODERATOR, by=cast.host, now=now)
    for role in (HOST, OWNER):
        with pytest.raises(NotPermitted):
            give_role(group=cast.group, person=cast.member, role=role, by=cast.host, now=now)
    assert role_of(cast.group, cast.member) == MODERATOR


@pytest.mark.parametrize("by", ["member", "stranger", "banned"])
def test_nobody_else_gives_roles(cast: Cast, now: datetime, by: str) -> None:
    with pytest.raises(NotPermitted):
        give_role(group=cast.group, person=cast.blocked, role=MODERATOR, by=cast.people[by], now=now)


def test_nobody_deposes_an_owner(cast: Cast, now: datetime) -> None:
    give_role(group=cast.group, person=cast.host, role=OWNER, by=cast.owner, now=now)
    with pytest.raises(NotPermitted):
        give_role(group=cast.group, person=cast.owner, role=MEMBER, by=cast.host, now=now)
    assert role_of(cast.group, cast.owner) == OWNER


def test_an_owner_steps_down_while_another_is_there(cast: Cast, now: datetime) -> None:
    with pytest.raises(DomainError) as refused:
        give_role(group=cast.group, person=cast.owner, role=HOST, by=cast.owner, now=now)
    assert refused.value.code == "last_owner"
    give_role(group=cast.group, person=cast.host, role=OWNER, by=cast.owner, now=now)
    give_role(group=cast.group, person=cast.owner, role=MEMBER, by=cast.owner, now=now)
    cast.group.refresh_from_db()
    assert (cast.group.owner, role_of(cast.group, cast.owner)) == (cast.host, MEMBER)


def test_a_closed_account_is_no_other_owner(cast: Cast, now: datetime) -> None:
    give_role(group=cast.group, person=cast.host, role=OWNER, by=cast.owner, now=now)
    User.objects.filter(pk=cast.host.pk).update(is_active=False)
    with pytest.raises(DomainError):
        give_role(group=cast.group, person=cast.owner, role=MEMBER, by=cast.owner, now=now)


def test_stepping_down_is_open_to_whoever_rests(cast: Cast, now: datetime) -> None:
    User.objects.filter(pk=cast.host.pk).update(suspended_until=now.replace(year=now.year + 1))
    cast.host.refresh_from_db()
    with pytest.raises(NotPermitted):
        give_role(group=cast.group, person=cast.member, role=MODERATOR, by=cast.host, now=now)
    give_role(group=cast.group, person=cast.host, role=MEMBER, by=cast.host, now=now)
    assert role_of(cast.group, cast.host) == MEMBER


def test_whoever_only_looks_has_no_role(cast: Cast, now: datetime) -> None:
    Membership.objects.filter(person=cast.member).update(is_looking=True)
    with pytest.raises(NotPermitted):
        give_role(group=cast.group, person=cast.member, role=HOST, by=cast.owner, now=now)
    with pytest.raises(DomainError):
        hand_over(group=cast.group, to=cast.member, by=cast.owner, now=now)


def test_handing_over_leaves_a_host(cast: Cast, now: datetime) -> None:
    group = hand_over(group=cast.group, to=cast.member, by=cast.owner, now=now)
    assert (group.owner, role_of(group, cast.member), role_of(group, cast.owner)) == (cast.member, OWNER, HOST)
    with pytest.raises(NotPermitted):
        hand_over(group=cast.group, to=cast.owner, by=cast.owner, now=now)


def test_only_an_owner_hands_over(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotPermitted):
        hand_over(group=cast.group, to=cast.member, by=cast.host, now=now)


def test_the_database_knows_no_group_without_an_owner(cast: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Group.objects.update(owner=None)
