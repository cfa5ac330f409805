"""A goal together: set by a host, one at a time; parts count by their person's word alone, and what was shown stays."""

from datetime import timedelta

import pytest

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Attendance, Contribution, Goal, GoalShare, Group, Membership, Role
from groups.services.goals import close_goal, count_me_in, count_me_out, set_goal
from groups.services.memberships import leave_group
from tests.groups.kit import make_event, make_members
from tests.groups.together_kit import FIRST, all_count, at, make_goal, night, note
from tests.kit.cast import Cast, make_group


@pytest.fixture
def goal(cast: Cast) -> Goal:
    return make_goal(cast.group, cast.host)


def shown(goal: Goal) -> int:
    goal.refresh_from_db()
    return goal.shown_total


def test_only_who_hosts_sets_and_ends_a_goal(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        make_goal(cast.group, cast.member)
    goal = make_goal(cast.group, cast.host)
    with pytest.raises(NotPermitted):
        close_goal(goal=goal, person=cast.member, now=at(1))


def test_one_goal_at_a_time(cast: Cast, goal: Goal) -> None:
    with pytest.raises(DomainError, match="goal_running"):
        make_goal(cast.group, cast.host)

    close_goal(goal=goal, person=cast.host, now=at(0))

    assert make_goal(cast.group, cast.host).pk != goal.pk


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"unit": "moods"}, "unit"),
        ({"target": 0}, "target"),
        ({"starts_on": FIRST - timedelta(days=1)}, "starts_on"),
        ({"ends_on": FIRST - timedelta(days=1)}, "ends_on"),
    ],
)
def test_what_a_goal_must_be(cast: Cast, change: dict[str, object], field: str) -> None:
    values = {"title": "Lake", "unit": "minutes", "target": 60, "starts_on": FIRST, "ends_on": FIRST}

    with pytest.raises(InvalidInput) as refused:
        set_goal(group=cast.group, person=cast.host, now=at(0), **{**values, **change})  # type: ignore[arg-type]

    assert refused.value.field == field


def test_a_part_counts_towards_one_goal_at_a_time(cast: Cast, goal: Goal) -> None:
    other = make_group(slug="ferns")
    for person, role in [(cast.host, Role.HOST), (cast.member, Role.MEMBER)]:
        Membership.objects.create(group=other, person=person, role=role)
    second = make_goal(other, cast.host)
    count_me_in(goal=goal, person=cast.member, now=at(0))

    with pytest.raises(DomainError, match="counts_elsewhere"):
        count_me_in(goal=second, person=cast.member, now=at(0))

    count_me_out(goal=goal, person=cast.member)
    count_me_in(goal=second, person=cast.member, now=at(0))
    assert GoalShare.objects.get(person=cast.member).goal == second


def test_nothing_counts_before_the_person_says_so(cast: Cast, goal: Goal) -> None:
    people = make_members(cast.group, 6)
    all_count(goal, people[:5])
    all_count(goal, people[5:], day=3)
    for person in people:
        note(person, 1, 30)

    night(3)
    night(9)

    assert shown(goal) == 5 * 30


def test_nothing_is_shown_below_five_and_a_day_counts_once(cast: Cast, goal: Goal) -> None:
    people = make_members(cast.group, 5)
    all_count(goal, people)
    for person in people[:4]:
        note(person, 0, 30)
    night(2)
    assert goal.reached is None
    assert shown(goal) == 0

    note(people[4], 1, 10)
    night(3)
    night(3)
    night(4)

    assert shown(goal) == 4 * 30 + 10
    assert goal.reached == 120


def test_who_leaves_takes_their_name_off_and_leaves_the_total(cast: Cast, goal: Goal) -> None:
    people = make_members(cast.group, 5)
    all_count(goal, people)
    for person in people:
        note(person, 0, 30)
    night(2)

    count_me_out(goal=goal, person=people[0])
    leave_group(group=cast.group, person=people[1], now=at(3))
    people[2].delete()
    night(4)

    assert shown(goal) == 150
    assert Contribution.objects.filter(goal=goal, person=None).count() == 3
    assert set(GoalShare.objects.filter(goal=goal).values_list("person", flat=True)) == {people[3].pk, people[4].pk}


def test_who_comes_back_counts_no_day_twice(cast: Cast, goal: Goal) -> None:
    people = make_members(cast.group, 5)
    all_count(goal, people)
    for person in people:
        note(person, 0, 30)
    night(2)

    count_me_out(goal=goal, person=people[0])
    count_me_in(goal=goal, person=people[0], now=at(2, 5))
    for person in people:
        note(person, 2, 10)
    night(4)

    assert shown(goal) == 150 + 50


def test_what_is_unshown_when_it_ends_never_is(cast: Cast) -> None:
    goal = make_goal(cast.group, cast.host, days=2)
    people = make_members(cast.group, 5)
    all_count(goal, people)
    for person in people:
        note(person, 1, 30)
        note(person, 2, 500)
    night(3)
    assert shown(goal) == 150

    night(4)

    assert goal.closed_at is None
    night(5)
    assert shown(goal) == 150
    assert goal.closed_at is not None
    assert not GoalShare.objects.exists()


def test_time_outdoors_is_what_was_noted_outdoors(cast: Cast) -> None:
    goal = make_goal(cast.group, cast.host, unit="outdoors")
    people = make_members(cast.group, 5)
    all_count(goal, people)
    for person in people:
        note(person, 0, 30, setting="green")
        note(person, 0, 99, setting="home")

    night(2)

    assert shown(goal) == 150


def test_turn_outs_are_those_of_the_group(cast: Cast) -> None:
    goal = make_goal(cast.group, cast.host, unit="turn_outs", target=10)
    people = make_members(cast.group, 5)
    all_count(goal, people)
    event = make_event(cast.group, at(0), starts_at=at(0, 18), ends_at=at(0, 19))
    elsewhere = make_event(make_group(slug="ferns"), at(0), starts_at=at(0, 18), ends_at=at(0, 19))
    for person in people:
        Attendance.objects.create(event=event, person=person)
        Attendance.objects.create(event=elsewhere, person=person)

    night(2)

    assert shown(goal) == 5


def test_whoever_is_suspended_does_not_begin_to_count(cast: Cast, goal: Goal) -> None:
    User.objects.filter(pk=cast.member.pk).update(suspended_until=at(9))

    with pytest.raises(NotPermitted):
        count_me_in(goal=goal, person=User.objects.get(pk=cast.member.pk), now=at(0))


def test_it_is_counted_at_night_where_the_group_is(cast: Cast, goal: Goal) -> None:
    Group.objects.filter(pk=cast.group.pk).update(time_zone="Pacific/Auckland")
    people = make_members(cast.group, 5)
    all_count(goal, people)
    for person in people:
        note(person, 0, 30)

    night(5)

    assert shown(goal) == 0
