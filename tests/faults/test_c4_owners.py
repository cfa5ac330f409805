"""C4: a group always has an owner, even when the last two leave, step down or hand over at the same moment."""

from collections.abc import Callable
from datetime import datetime

import pytest

from accounts.models import User
from core.errors import DomainError
from groups.models import Group, Membership, Role
from groups.models.groups import GroupQuerySet
from groups.services.memberships import leave_group
from groups.services.roles import give_role, hand_over
from tests.faults.parallel import Act, all_at_once
from tests.kit.cast import make_group, make_person

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ROUNDS = 100
type Way = Callable[[Group, User, datetime], Act]


def a_round(owners: list[User], number: int, now: datetime, way: Way) -> tuple[Group, list[object]]:
    """Let both owners go at once, in their `way`; return the group, and what each was told."""
    group = make_group(slug=f"group-{number}", owner=owners[0])
    Membership.objects.bulk_create(Membership(group=group, person=owner, role=Role.OWNER) for owner in owners)
    answers = all_at_once([way(group, owner, now) for owner in owners])
    group.refresh_from_db()
    return group, answers


def owners_left(group: Group) -> set[int]:
    return set(Membership.objects.current().filter(group=group, role=Role.OWNER).values_list("person", flat=True))


def leaving(group: Group, owner: User, now: datetime) -> Act:
    return lambda: leave_group(group=group, person=owner, now=now)


def stepping_down(group: Group, owner: User, now: datetime) -> Act:
    return lambda: give_role(group=group, person=owner, role=Role.MEMBER, by=owner, now=now)


def refusals(answers: list[object]) -> list[type]:
    return [type(answer) for answer in answers if isinstance(answer, Exception)]


@pytest.fixture
def owners(db: None) -> list[User]:
    return [make_person("one"), make_person("two")]


@pytest.mark.parametrize("way", [leaving, stepping_down])
def test_the_last_two_owners_go_at_once(owners: list[User], now: datetime, way: Way) -> None:
    for number in range(ROUNDS):
        group, answers = a_round(owners, number, now, way)
        assert owners_left(group) == {group.owner_id}
        assert refusals(answers) == [DomainError]


def test_handing_over_to_somebody_who_leaves_at_that_moment(owners: list[User], now: datetime) -> None:
    owner, heir = owners
    for number in range(ROUNDS):
        group = make_group(slug=f"group-{number}", owner=owner)
        Membership.objects.create(group=group, person=owner, role=Role.OWNER)
        Membership.objects.create(group=group, person=heir)
        answers = all_at_once([handing_over(group, owner, heir, now), leaving(group, heir, now)])
        group.refresh_from_db()
        assert owners_left(group) == {group.owner_id}
        assert len(refusals(answers)) == 1


def handing_over(group: Group, owner: User, heir: User, now: datetime) -> Act:
    return lambda: hand_over(group=group, to=heir, by=owner, now=now)


@pytest.mark.parametrize("way", [leaving, stepping_down])
def test_control_without_the_lock_a_group_loses_both(
    owners: list[User], now: datetime, monkeypatch: pytest.MonkeyPatch, way: Way
) -> None:
    monkeypatch.setattr(GroupQuerySet, "select_for_update", lambda self, **_: self)
    assert set() in [owners_left(a_round(owners, number, now, way)[0]) for number in range(ROUNDS)]
