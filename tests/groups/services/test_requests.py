"""Asking to join: every request ends, and each end is said kindly."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from core.errors import DomainError, NotPermitted
from groups.models import Group, JoinRequest, Membership, Role
from groups.services.memberships import join_group
from groups.services.requests import (
    accept_request,
    ask_to_join,
    decline_request,
    expire_requests,
    take_back_request,
)
from notifications.models import Notification
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast, now: datetime) -> JoinRequest:
    Group.objects.update(join_policy=Group.JoinPolicy.REQUEST)
    return ask_to_join(group=cast.group, person=cast.applicant, words="I walk slowly.", now=now)


def told(kind: str) -> set[User]:
    return {row.person for row in Notification.objects.filter(kind=kind).select_related("person")}


def is_in(cast: Cast, person: User) -> bool:
    return Membership.objects.current().filter(group=cast.group, person=person).exists()


def test_those_who_host_are_told_once_a_day(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    assert told("join_asked") == {cast.owner, cast.host}
    assert ask_to_join(group=cast.group, person=cast.applicant, now=now) == asked, "twice is once"
    take_back_request(request=asked, person=cast.applicant, now=now)
    ask_to_join(group=cast.group, person=cast.applicant, now=now)
    assert Notification.objects.filter(kind="join_asked").count() == 2
    assert not is_in(cast, cast.applicant)


def test_accepted_is_a_member_who_is_told(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    for _twice in range(2):
        membership = accept_request(request=asked, host=cast.host, now=now)
    asked.refresh_from_db()
    assert (membership.role, membership.is_looking, membership.joined_at) == (Role.MEMBER, False, now)
    assert (asked.status, asked.closed_at, asked.closed_by) == ("accepted", now, cast.host)
    assert told("join_accepted") == {cast.applicant}


def test_declined_is_told_and_may_ask_again_after_thirty_days(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    decline_request(request=asked, host=cast.owner, now=now)
    assert told("join_declined") == {cast.applicant}
    with pytest.raises(DomainError) as refused:
        ask_to_join(group=cast.group, person=cast.applicant, now=now + timedelta(days=29))
    assert refused.value.code == "asked_lately"
    assert "Thursday 9 April" in str(refused.value.message)
    assert ask_to_join(group=cast.group, person=cast.applicant, now=now + timedelta(days=30)).status == "open"


def test_taken_back_is_told_to_nobody(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    before = Notification.objects.count()
    take_back_request(request=asked, person=cast.applicant, now=now)
    asked.refresh_from_db()
    assert (asked.status, Notification.objects.count()) == ("taken_back", before)
    with pytest.raises(NotPermitted):
        take_back_request(request=asked, person=cast.stranger, now=now)


def test_what_nobody_answered_ends_after_a_fortnight(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    assert expire_requests(now=now + timedelta(days=14, minutes=-1)) == 0
    assert expire_requests(now=now + timedelta(days=14)) == 1
    assert expire_requests(now=now + timedelta(days=15)) == 0
    asked.refresh_from_db()
    assert (asked.status, told("join_expired")) == ("expired", {cast.applicant})
    assert ask_to_join(group=cast.group, person=cast.applicant, now=now + timedelta(days=15)) != asked


def test_what_ended_is_not_answered(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    with pytest.raises(DomainError, match="answered"):
        accept_request(request=asked, host=cast.host, now=now + timedelta(days=14))
    decline_request(request=asked, host=cast.host, now=now)
    with pytest.raises(DomainError, match="answered"):
        accept_request(request=asked, host=cast.host, now=now)
    assert not is_in(cast, cast.applicant)


def test_a_new_request_ends_one_that_ran_out(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    later = ask_to_join(group=cast.group, person=cast.applicant, now=now + timedelta(days=14))
    asked.refresh_from_db()
    assert (asked.status, later.status) == ("expired", "open")


def test_coming_in_otherwise_ends_the_request(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    Group.objects.update(join_policy=Group.JoinPolicy.OPEN)
    join_group(group=cast.group, person=cast.applicant, now=now)
    asked.refresh_from_db()
    assert asked.status == "accepted"


@pytest.mark.parametrize("name", ["member", "stranger", "banned", "applicant"])
def test_only_hosts_answer(cast: Cast, asked: JoinRequest, now: datetime, name: str) -> None:
    for act in (accept_request, decline_request):
        with pytest.raises(NotPermitted):
            act(request=asked, host=cast.people[name], now=now)


@pytest.mark.parametrize(("name", "code"), [("member", "already_in"), ("banned", "not_on_request")])
def test_who_is_in_or_banned_does_not_ask(cast: Cast, asked: JoinRequest, now: datetime, name: str, code: str) -> None:
    with pytest.raises(DomainError, match=code):
        ask_to_join(group=cast.group, person=cast.people[name], now=now)


@pytest.mark.parametrize("policy", [Group.JoinPolicy.OPEN, Group.JoinPolicy.INVITATION])
def test_other_groups_take_no_requests(cast: Cast, now: datetime, policy: str) -> None:
    Group.objects.update(join_policy=policy)
    with pytest.raises(NotPermitted):
        ask_to_join(group=cast.group, person=cast.stranger, now=now)


@pytest.mark.parametrize("over", ["closed_at", "hidden_at"])
def test_a_group_that_does_not_go_on_takes_nobody(cast: Cast, asked: JoinRequest, now: datetime, over: str) -> None:
    Group.objects.update(**{over: now})
    with pytest.raises(NotPermitted, match="not_on_request"):
        ask_to_join(group=cast.group, person=cast.stranger, now=now)
    for answer in (accept_request, decline_request):
        with pytest.raises(DomainError, match="answered"):
            answer(request=asked, host=cast.host, now=now)
    assert not is_in(cast, cast.applicant)


def test_a_ban_meanwhile_holds(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    Membership.objects.create(group=cast.group, person=cast.applicant, banned_at=now)
    with pytest.raises(NotPermitted, match="cannot_join"):
        accept_request(request=asked, host=cast.host, now=now)
    assert not is_in(cast, cast.applicant)


def test_who_rests_neither_asks_nor_answers(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    User.objects.update(suspended_until=now + timedelta(days=1))
    host, stranger = User.objects.get(pk=cast.host.pk), User.objects.get(pk=cast.stranger.pk)
    with pytest.raises(NotPermitted, match="suspended"):
        ask_to_join(group=cast.group, person=stranger, now=now)
    for act in (accept_request, decline_request):
        with pytest.raises(NotPermitted, match="suspended"):
            act(request=asked, host=host, now=now)


def test_the_database_holds_one_open_request_of_a_person(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        JoinRequest.objects.create(group=cast.group, person=cast.applicant, expires_at=now)
