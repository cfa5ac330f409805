"""P2: group figures only from five people up, and never such that one person's part can be worked out.

The attacker is a member who reads every figure (page and API) every day, knows the own parts, those of a friend who
helps, and, generously, who added something to which change, only not how much. Each test has its control: with a figure
that moves for anybody (`FEWEST` of one) the same attack finds the part out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from core import clock
from groups import five
from groups.models import Contribution, Goal, Group
from groups.services.goals import count_me_out
from groups.services.memberships import leave_group
from plans.models import SessionLog
from tests.groups.kit import make_members
from tests.groups.together_kit import all_count, at, make_goal, night, note
from tests.kit.cast import Cast

type Part = tuple[int, str]  # of one person, on one day
type Act = Callable[[Goal, User], None]


@pytest.fixture(params=[False, True], ids=["five", "control"])
def naive(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the protection is switched off."""
    if request.param:
        monkeypatch.setattr(five, "FEWEST", 1)
    return bool(request.param)


@dataclass
class Attacker:
    """Reads everything there is to read, and keeps who was in each change."""

    goal: Goal
    accounts: list[User]
    browser: Client
    api: APIClient = field(default_factory=APIClient)
    seen: list[str] = field(default_factory=list)
    changes: list[set[Part]] = field(default_factory=list)
    known: set[int] = field(default_factory=set)

    def night(self, day: int) -> None:
        night(day)
        self.read(day)
        fresh = Contribution.objects.filter(goal=self.goal).exclude(pk__in=self.known)
        parts = {(row.person_id or 0, str(row.local_on)): row.pk for row in fresh}
        self.known |= set(parts.values())
        if parts:
            self.changes.append(set(parts))

    def read(self, day: int) -> None:
        group = self.goal.group
        self.api.force_authenticate(self.accounts[0])
        with clock.frozen_at(at(day)):
            figures = self.api.get(f"/api/v1/groups/{group.uuid}/goals/").json()
            page = self.browser.get(f"/groups/{group.slug}/").content.decode()
        drawn = page.split('class="growing"')[1].split("</figure>")[0]
        self.seen.append(f"{figures} {drawn}")

    def told_apart(self) -> set[int]:
        """Return the people whose part some change tells, once the own parts are taken off it.

        No part is in two changes, so taking one change from another leaves more people in it, not fewer.
        """
        assert len(set().union(*self.changes)) == sum(map(len, self.changes))
        own = {account.pk for account in self.accounts}
        honest = [{person for person, _day in change} - own for change in self.changes]
        return {person for people in honest if len(people) == 1 for person in people}


@pytest.fixture
def group(cast: Cast) -> Group:
    return cast.group


@pytest.fixture
def victim(cast: Cast) -> User:
    return cast.member


def make_attacker(cast: Cast, goal: Goal, as_person: Callable[[User], Client], count: int) -> Attacker:
    accounts = make_members(cast.group, count, prefix="attacker")
    return Attacker(goal, accounts, as_person(accounts[0]))


def test_two_who_know_their_own_parts_join_and_leave_and_learn_nobodys(
    cast: Cast, group: Group, victim: User, as_person: Callable[[User], Client], naive: bool
) -> None:
    goal = make_goal(group, cast.host)
    friends = make_members(group, 5)
    attacker = make_attacker(cast, goal, as_person, 2)
    all_count(goal, [victim, *friends, attacker.accounts[0]])

    for day in range(11):
        note(victim, day, 10 + day)
        for friend in friends[: day % 6]:
            note(friend, day, 7 + day)
        for account in attacker.accounts:
            note(account, day, 1)
        if day % 4 == 1:
            all_count(goal, attacker.accounts[1:], day)
        if day % 4 == 3:
            count_me_out(goal=goal, person=attacker.accounts[1])
        attacker.night(day + 1)

    assert len(attacker.changes) > 1
    assert attacker.told_apart() == ({victim.pk} if naive else set())


def test_four_who_add_nothing_do_not_make_five(
    cast: Cast, group: Group, victim: User, as_person: Callable[[User], Client], naive: bool
) -> None:
    goal = make_goal(group, cast.host)
    attacker = make_attacker(cast, goal, as_person, 4)
    all_count(goal, [victim, *attacker.accounts])

    for day in range(5):
        note(victim, day, 30)
        attacker.night(day + 1)

    assert (attacker.told_apart() == {victim.pk}) is naive
    assert (len(set(attacker.seen)) > 1) is naive


def test_four_who_each_add_a_known_part_learn_what_five_cannot_hide_and_only_roughly(
    cast: Cast, group: Group, victim: User, as_person: Callable[[User], Client]
) -> None:
    """What five cannot give: four accounts in one hand leave one unknown part. It is said in whole half hours."""
    goal = make_goal(group, cast.host)
    attacker = make_attacker(cast, goal, as_person, 4)
    all_count(goal, [victim, *attacker.accounts])
    for person in [victim, *attacker.accounts]:
        note(person, 0, 1 if person in attacker.accounts else 44)

    attacker.night(2)

    goal.refresh_from_db()
    assert attacker.told_apart() == {victim.pk}
    assert (goal.shown_total, goal.reached) == (48, 30)


def _edit(goal: Goal, victim: User) -> None:
    SessionLog.objects.filter(person=victim).update(minutes=1)


def _delete(goal: Goal, victim: User) -> None:
    SessionLog.objects.filter(person=victim).delete()


def _note_late(goal: Goal, victim: User) -> None:
    note(victim, 1, 77)


def _stop(goal: Goal, victim: User) -> None:
    count_me_out(goal=goal, person=victim)


def _leave(goal: Goal, victim: User) -> None:
    leave_group(group=goal.group, person=victim, now=at(7))


def _erase(goal: Goal, victim: User) -> None:
    victim.delete()


AFTERWARDS = [_edit, _delete, _note_late, _stop, _leave, _erase]


def _seen_in_two_worlds(cast: Cast, as_person: Callable[[User], Client], afterwards: Act) -> list[list[str]]:
    """Return what is read in each of two worlds, in which victim and friend change parts: 20 and 50 minutes."""
    seen = []
    for victims, friends in [(20, 50), (50, 20)]:
        with transaction.atomic():
            seen.append(_read_in_a_world(cast, as_person, victims, friends, afterwards))
            transaction.set_rollback(True)
    return seen


@pytest.mark.parametrize("afterwards", AFTERWARDS)
def test_all_that_is_read_is_the_same_whichever_of_two_people_did_more(
    cast: Cast, as_person: Callable[[User], Client], afterwards: Act
) -> None:
    one, other = _seen_in_two_worlds(cast, as_person, afterwards)

    assert one == other
    assert len(set(one)) > 1, "something was shown at all"


def test_control_a_running_total_tells_who_did_more(
    cast: Cast, as_person: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(five, "FEWEST", 1)

    one, other = _seen_in_two_worlds(cast, as_person, _stop)

    assert one != other


def _read_in_a_world(
    cast: Cast, as_person: Callable[[User], Client], victims: int, friends: int, afterwards: Act
) -> list[str]:
    """Return what is read in a week; then the victim does something about what was shown, and two more days pass."""
    goal = make_goal(cast.group, cast.host)
    Goal.objects.filter(pk=goal.pk).update(uuid="5f0b2a54-4c0a-4c39-8f8e-7d2c7f3c7f10")
    goal.refresh_from_db()
    victim, friend, *others = User.objects.get(pk=cast.member.pk), *make_members(cast.group, 4)
    attacker = make_attacker(cast, goal, as_person, 2)
    all_count(goal, [victim, friend, *others, *attacker.accounts])
    noted = {1: [(victim, victims)], 3: [(friend, friends)], 4: [(other, 20) for other in others]}
    for day in range(9):
        for person, minutes in [(attacker.accounts[0], 5), *noted.get(day, [])]:
            note(person, day, minutes)
        attacker.night(day + 1)
        if attacker.changes and day == 6:
            afterwards(goal, victim)
    return attacker.seen
