"""What is told of requests to join, decided when it is sent."""

from datetime import datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from accounts.models import Block
from groups.models import Group, JoinRequest, Membership
from groups.services.memberships import leave_group
from groups.services.requests import (
    accept_request,
    ask_to_join,
    decline_request,
    expire_requests,
    take_back_request,
)
from notifications import kinds
from notifications.kinds import Content, Hold
from notifications.models import Notification
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

SAID = {"group": "Morning Mosses", "takes_nobody": False}


@pytest.fixture
def asked(cast: Cast, now: datetime) -> JoinRequest:
    Group.objects.update(join_policy=Group.JoinPolicy.REQUEST)
    return ask_to_join(group=cast.group, person=cast.applicant, words="I walk slowly.", now=now)


def prepared(kind: str, now: datetime, **lookup: object) -> Content | Hold:
    return kinds.get(kind).prepare(Notification.objects.get(kind=kind, **lookup), now)


def test_hosts_read_who_asks_and_until_when(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    found = prepared("join_asked", now, person=cast.host)
    assert isinstance(found, Content)
    assert found.context == {"name": "Applicant", "group": "Morning Mosses", "until": "Tuesday 24 March"}
    assert found.path == f"/groups/{cast.group.slug}/requests/"


def test_hosts_are_not_told_of_what_has_ended(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    assert prepared("join_asked", now + timedelta(days=14), person=cast.host) == Hold("answered")
    take_back_request(request=asked, person=cast.applicant, now=now)
    assert prepared("join_asked", now, person=cast.host) == Hold("answered")
    ask_to_join(group=cast.group, person=cast.applicant, now=now)
    assert isinstance(prepared("join_asked", now, person=cast.host), Content), "asked again the same day"


def test_a_host_with_a_block_hears_nothing(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    Block.objects.create(blocker=cast.applicant, blocked=cast.host)
    assert prepared("join_asked", now, person=cast.host) == Hold("answered")
    assert isinstance(prepared("join_asked", now, person=cast.owner), Content)


def test_whoever_hosts_no_more_hears_nothing(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    Membership.objects.filter(person=cast.host).update(role="member")
    assert prepared("join_asked", now, person=cast.host) == Hold("answered")


def test_accepted(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    accept_request(request=asked, host=cast.host, now=now)
    found = prepared("join_accepted", now)
    assert found == Content({"group": "Morning Mosses"}, f"/groups/{cast.group.slug}/", about=cast.group)
    leave_group(group=cast.group, person=cast.applicant, now=now)
    assert prepared("join_accepted", now) == Hold("left_group")


def test_declined_leads_to_other_groups_and_names_nobody(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    decline_request(request=asked, host=cast.host, now=now)
    assert prepared("join_declined", now) == Content(SAID, "/groups/")
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    assert prepared("join_declined", now) == Hold("not_visible")


def test_expired_leads_to_asking_again(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    later = now + timedelta(days=14)
    expire_requests(now=later)
    assert prepared("join_expired", later) == Content(SAID, f"/groups/{cast.group.slug}/", about=cast.group)
    Membership.objects.create(group=cast.group, person=cast.applicant)
    assert prepared("join_expired", later) == Hold("joined")


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["join_asked", "join_accepted", "join_declined", "join_expired"])
def test_the_mails_say_it_in_all_three_parts(name: str, language: str) -> None:
    context = {"group": "Moss group", "name": "Mara", "until": "May", "url": "https://x.example/e"}
    with translation.override(language):
        parts = [render_to_string(f"groups/mail/{name}.{part}", context) for part in ("txt", "html")]
        subject = render_to_string(f"groups/mail/{name}.subject.txt", context)
    assert all("Moss group" in part and "https://x.example/e" in part for part in parts)
    assert subject.strip()
    assert "Moss" not in subject
