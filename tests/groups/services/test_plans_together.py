"""A plan followed together: proposed by a host, each with a copy of their own, and steps said of five or more."""

from datetime import time

import pytest

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import GroupPlan, GroupPlanShare
from groups.services.plans_together import end_group_plan, follow_along, leave_along, set_group_plan
from groups.services.sharing import share_plan
from plans.models import PlanTemplate
from plans.services.enrollments import follow_plan
from tests.groups.kit import make_members
from tests.groups.together_kit import FIRST, at, night, note
from tests.kit.cast import Cast
from tests.plans.kit import make_plan, sessions_of
from tests.plans.own_kit import own_plan


@pytest.fixture
def plan(cast: Cast) -> PlanTemplate:
    return make_plan()


@pytest.fixture
def together(cast: Cast, plan: PlanTemplate) -> GroupPlan:
    return set_group_plan(group=cast.group, person=cast.host, template=plan, starts_on=FIRST, now=at(0))


def follow(person: User, together: GroupPlan) -> GroupPlanShare:
    words = {"when_text": "I am home", "then_text": "I walk"}
    mine = follow_plan(
        person=person, template=together.template, starts_on=FIRST, cues=[(1, time(9))], now=at(0), **words
    )
    return follow_along(group_plan=together, person=person, enrollment=mine, now=at(0))


def test_only_who_hosts_proposes_and_ends(cast: Cast, plan: PlanTemplate, together: GroupPlan) -> None:
    with pytest.raises(NotPermitted):
        set_group_plan(group=cast.group, person=cast.member, template=plan, starts_on=FIRST, now=at(0))
    with pytest.raises(NotPermitted):
        end_group_plan(group_plan=together, person=cast.member, now=at(1))


def test_a_members_own_plan_is_followed_together_once_it_is_shared(cast: Cast) -> None:
    own = own_plan(cast.host)
    with pytest.raises(InvalidInput):
        set_group_plan(group=cast.group, person=cast.host, template=own, starts_on=FIRST, now=at(0))

    share_plan(group=cast.group, person=cast.host, template=own, now=at(0))
    together = set_group_plan(group=cast.group, person=cast.host, template=own, starts_on=FIRST, now=at(0))

    share = follow(cast.member, together)
    assert share.enrollment.template.owner == cast.member
    assert share.enrollment.template.copied_from == own


def test_another_plan_or_somebody_elses_is_not_followed_along(cast: Cast, together: GroupPlan) -> None:
    share = follow(cast.member, together)
    words = {"when_text": "I am home", "then_text": "I walk"}
    other = follow_plan(
        person=cast.host, template=make_plan("other"), starts_on=FIRST, cues=[(1, time(9))], now=at(0), **words
    )

    with pytest.raises(InvalidInput):
        follow_along(group_plan=together, person=cast.host, enrollment=other, now=at(0))
    with pytest.raises(NotPermitted):
        follow_along(group_plan=together, person=cast.host, enrollment=share.enrollment, now=at(0))


def test_leaving_it_keeps_the_plan(cast: Cast, together: GroupPlan) -> None:
    share = follow(cast.member, together)

    leave_along(group_plan=together, person=cast.member)

    share.enrollment.refresh_from_db()
    assert share.enrollment.is_active
    assert not GroupPlanShare.objects.exists()


def test_steps_are_said_once_five_have_noted_some_and_never_twice(cast: Cast, together: GroupPlan) -> None:
    people = make_members(cast.group, 5)
    shares = [follow(person, together) for person in people]
    step = sessions_of(together.template)[0]
    for share in shares[:4]:
        note(share.person, 0, 15, enrollment=share.enrollment, session=step, created_at=at(0, 20))
    night(1)
    together.refresh_from_db()
    assert together.steps is None

    log = note(people[4], 1, 15, enrollment=shares[4].enrollment, session=step, created_at=at(1, 20))
    night(2)
    log.delete()
    night(3)

    together.refresh_from_db()
    assert together.steps == 5
    assert together.shown_steps == 5


def test_who_ended_it_cannot_be_followed(cast: Cast, together: GroupPlan) -> None:
    share = follow(cast.member, together)
    end_group_plan(group_plan=together, person=cast.host, now=at(1))

    with pytest.raises(DomainError, match="plan_ended"):
        follow_along(group_plan=together, person=cast.member, enrollment=share.enrollment, now=at(1))
