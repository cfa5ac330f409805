"""A shared plan is seen by fellow members, for as long as they are, and what came of it stays everybody's own."""

from collections.abc import Callable
from datetime import datetime, time

import pytest

from accounts.models import Block, User
from core.errors import InvalidInput, NotPermitted
from groups.models import Group, Membership, PlanShare
from groups.services.memberships import leave_group
from groups.services.sharing import share_plan, take_back
from groups.sharing import shareable_by, shares_seen_by
from plans.models import Enrollment, PlanTemplate
from plans.services.enrollments import follow_plan
from plans.services.own import close_plan
from tests.kit.cast import Cast, make_group
from tests.plans.kit import make_plan
from tests.plans.own_kit import own_plan

INSIDE = {"owner", "host", "member"}


@pytest.fixture
def plan(cast: Cast) -> PlanTemplate:
    return own_plan(cast.member)


@pytest.fixture
def share(cast: Cast, plan: PlanTemplate, now: datetime) -> PlanShare:
    """Member's own plan, shown to the group."""
    return share_plan(group=cast.group, person=cast.member, template=plan, now=now)


def follow(person: User, plan: PlanTemplate, now: datetime) -> Enrollment:
    words = {"when_text": "I am home", "then_text": "I walk"}
    return follow_plan(person=person, template=plan, starts_on=now.date(), cues=[(1, time(9))], now=now, **words)


def who_sees(cast: Cast, share: PlanShare) -> set[str]:
    """Return the names of those who see the share; whoever sees it sees the plan, and nobody else does."""
    asked = {name: User.objects.get(pk=person.pk) for name, person in cast.people.items()}
    share_seen = {n for n, p in asked.items() if PlanShare.objects.visible_to(p).filter(pk=share.pk).exists()}
    plans = PlanTemplate.objects.filter(pk=share.template_id)
    plan_seen = {name for name, person in asked.items() if plans.visible_to(person).exists()}
    owner = {name for name, person in asked.items() if person.pk == share.template.owner_id}
    assert plan_seen == share_seen | owner
    return share_seen


def test_only_members_see_it_and_a_block_hides_it(cast: Cast, share: PlanShare) -> None:
    assert who_sees(cast, share) == INSIDE  # `blocked` is a member too


def test_before_it_is_shared_nobody_sees_it(cast: Cast, plan: PlanTemplate) -> None:
    unsaved = PlanShare(group=cast.group, template=plan, shared_by=cast.member, pk=0)
    assert who_sees(cast, unsaved) == set()


def leaves(cast: Cast, name: str, now: datetime) -> None:
    leave_group(group=cast.group, person=cast.people[name], now=now)


def is_banned(cast: Cast, name: str, now: datetime) -> None:
    Membership.objects.filter(group=cast.group, person=cast.people[name]).update(banned_at=now)


def blocks(cast: Cast, name: str, now: datetime) -> None:
    Block.objects.create(blocker=cast.people[name], blocked=cast.member)


def is_blocked(cast: Cast, name: str, now: datetime) -> None:
    Block.objects.create(blocker=cast.member, blocked=cast.people[name])


@pytest.mark.parametrize("act", [leaves, is_banned, blocks, is_blocked])
def test_it_is_hidden_from_a_reader_at_once(
    cast: Cast, share: PlanShare, now: datetime, act: Callable[[Cast, str, datetime], None]
) -> None:
    act(cast, "host", now)
    assert who_sees(cast, share) == INSIDE - {"host"}


@pytest.mark.parametrize("act", [leaves, is_banned])
def test_when_the_sharer_goes_it_goes(
    cast: Cast, share: PlanShare, now: datetime, act: Callable[[Cast, str, datetime], None]
) -> None:
    act(cast, "member", now)
    assert who_sees(cast, share) == set()


def test_a_sharer_whose_account_is_closed_is_not_seen(cast: Cast, share: PlanShare) -> None:
    User.objects.filter(pk=cast.member.pk).update(is_active=False)
    assert not PlanShare.objects.visible_to(cast.host).exists()


def test_a_draft_is_not_shown(cast: Cast, share: PlanShare, plan: PlanTemplate) -> None:
    close_plan(person=cast.member, slug=plan.slug)
    assert who_sees(cast, share) == set()


def test_in_a_private_group_it_is_seen_by_its_members_alone(cast: Cast, plan: PlanTemplate, now: datetime) -> None:
    private = make_group(slug="quiet", name="Quiet", visibility=Group.Visibility.PRIVATE)
    for person in (cast.member, cast.applicant):
        Membership.objects.create(group=private, person=person)
    share = share_plan(group=private, person=cast.member, template=plan, now=now)
    assert who_sees(cast, share) == {"member", "applicant"}


def test_only_its_owner_shares_it(cast: Cast, share: PlanShare, plan: PlanTemplate, now: datetime) -> None:
    other = make_group(slug="other", name="Other")
    Membership.objects.create(group=other, person=cast.host)
    with pytest.raises(NotPermitted) as refused:
        share_plan(group=other, person=cast.host, template=plan, now=now)
    assert refused.value.code == "not_yours"
    assert plan not in shareable_by(cast.host, other)
    assert PlanShare.objects.get() == share


@pytest.mark.parametrize("name", ["stranger", "banned", "superuser"])
def test_only_members_share(cast: Cast, now: datetime, name: str) -> None:
    person = cast.people[name]
    with pytest.raises(NotPermitted):
        share_plan(group=cast.group, person=person, template=own_plan(person), now=now)


def test_a_draft_is_not_shared(cast: Cast, now: datetime) -> None:
    with pytest.raises(InvalidInput) as refused:
        share_plan(group=cast.group, person=cast.member, template=own_plan(cast.member, is_open=False), now=now)
    assert refused.value.field == "template"


def test_sharing_twice_is_sharing_once(cast: Cast, share: PlanShare, plan: PlanTemplate, now: datetime) -> None:
    assert share_plan(group=cast.group, person=cast.member, template=plan, now=now) == share


def test_a_plan_of_the_editors_is_shared_anew_when_its_sharer_has_left(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    share_plan(group=cast.group, person=cast.member, template=plan, now=now)
    leaves(cast, "member", now)
    share_plan(group=cast.group, person=cast.host, template=plan, now=now)
    assert PlanShare.objects.get().shared_by == cast.host


@pytest.mark.parametrize("name", ["member", "host", "owner"])
def test_sharer_and_hosts_take_it_back(cast: Cast, share: PlanShare, name: str) -> None:
    take_back(share=share, person=cast.people[name])
    assert not PlanShare.objects.exists()


@pytest.mark.parametrize("name", ["blocked", "stranger", "banned", "superuser"])
def test_others_do_not(cast: Cast, share: PlanShare, name: str) -> None:
    with pytest.raises(NotPermitted):
        take_back(share=share, person=cast.people[name])
    assert PlanShare.objects.exists()


def test_following_it_makes_a_copy_that_stays_when_it_is_taken_back(
    cast: Cast, share: PlanShare, plan: PlanTemplate, now: datetime
) -> None:
    copy = follow(cast.host, plan, now).template
    assert (copy.owner, copy.copied_from) == (cast.host, plan)
    take_back(share=share, person=cast.member)
    assert PlanTemplate.objects.visible_to(cast.host).get(pk=copy.pk).is_published
    assert Enrollment.objects.active().filter(person=cast.host, template=copy).exists()
    assert who_sees(cast, share) == set()


def test_the_copy_is_seen_by_the_follower_alone(
    cast: Cast, share: PlanShare, plan: PlanTemplate, now: datetime
) -> None:
    copy = follow(cast.host, plan, now).template
    copies = PlanTemplate.objects.filter(pk=copy.pk)
    assert {name for name, person in cast.people.items() if copies.visible_to(person).exists()} == {"host"}


def test_only_the_follower_learns_that_they_follow(
    cast: Cast, share: PlanShare, plan: PlanTemplate, now: datetime
) -> None:
    follow(cast.host, plan, now)
    told = {name: shares_seen_by(cast.people[name], cast.group).get().is_followed for name in INSIDE}
    assert told == {"owner": False, "host": True, "member": False}
