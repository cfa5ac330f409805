"""C4: a group always has an owner, even when the last two leave at the same moment."""

from datetime import datetime

import pytest

from accounts.models import User
from core.errors import DomainError
from groups.models import Group, Membership, Role
from groups.models.groups import GroupQuerySet
from groups.services.memberships import leave_group
from tests.faults.parallel import Act, all_at_once
from tests.kit.cast import make_group, make_person

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ROUNDS = 100


def a_round(owners: list[User], number: int, now: datetime) -> tuple[int, list[object]]:
    """Let both owners leave at once; return how many owners are left, and what each was told."""
    group = make_group(slug=f"group-{number}")
    Membership.objects.bulk_create(Membership(group=group, person=owner, role=Role.OWNER) for owner in owners)
    answers = all_at_once([leaving(group, owner, now) for owner in owners])
    return Membership.objects.current().filter(group=group, role=Role.OWNER).count(), answers


def leaving(group: Group, owner: User, now: datetime) -> Act:
    return lambda: leave_group(group=group, person=owner, now=now)


@pytest.fixture
def owners(db: None) -> list[User]:
    return [make_person("one"), make_person("two")]


def test_two_last_owners_leave_at_once(owners: list[User], now: datetime) -> None:
    for number in range(ROUNDS):
        left, answers = a_round(owners, number, now)
        assert left == 1
        refused = [answer for answer in answers if answer is not None]
        assert [type(answer) for answer in refused] == [DomainError]


def test_control_without_the_lock_a_group_loses_both(
    owners: list[User], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(GroupQuerySet, "select_for_update", lambda self, **_: self)
    assert 0 in [a_round(owners, number, now)[0] for number in range(ROUNDS)]
