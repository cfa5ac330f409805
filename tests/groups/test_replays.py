"""Promises A5 and C3: a kept reply of the API is given again, but not to who has left the group that it tells of."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core import clock
from groups.models import Group, Post
from groups.services.memberships import leave_group
from groups.services.removing import ban_member
from tests.kit.cast import LONG_AGO, Cast

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
WORDS = "Between the mosses"


@pytest.fixture
def phone(cast: Cast) -> APIClient:
    cast.member.joined_at = LONG_AGO
    cast.member.save()
    client = APIClient()
    client.force_login(cast.member, backend="django.contrib.auth.backends.ModelBackend")
    return client


def say(phone: APIClient, cast: Cast) -> Any:
    return phone.post(f"/api/v1/groups/{cast.group.uuid}/posts/", {"text": WORDS}, headers=KEY)


def leaves(cast: Cast, now: datetime) -> None:
    leave_group(group=cast.group, person=cast.member, now=now)


def is_banned(cast: Cast, now: datetime) -> None:
    ban_member(group=cast.group, person=cast.member, by=cast.owner, now=now)


@pytest.mark.parametrize("goes", [leaves, is_banned])
@pytest.mark.parametrize("visibility", ["public", "private"])
def test_a_reply_is_not_given_again_to_who_has_left(
    cast: Cast, now: datetime, phone: APIClient, goes: Callable[[Cast, datetime], None], visibility: str
) -> None:
    Group.objects.update(visibility=visibility)
    first = say(phone, cast)
    assert first.status_code == 201
    assert say(phone, cast).content == first.content, "control: while one is in the group it is"

    later = now + timedelta(seconds=1)
    goes(cast, later)
    with clock.frozen_at(later):
        again = say(phone, cast)

    never = phone.get("/api/v1/posts/5f0b2a54-4c0a-4c39-8f8e-7d2c7f3c7f10/")
    assert (again.status_code, again.content) == (404, never.content)
    assert WORDS not in again.content.decode()
    assert Post.objects.count() == 1


def test_leaving_itself_is_answered_again(cast: Cast, now: datetime, phone: APIClient) -> None:
    answers = [phone.post(f"/api/v1/groups/{cast.group.uuid}/leave/", headers=KEY) for _twice in range(2)]
    assert [one.status_code for one in answers] == [200, 200]
    assert answers[0].content == answers[1].content


def test_what_is_not_of_a_group_is_given_again(cast: Cast, now: datetime, phone: APIClient) -> None:
    body = {"about_kind": "group", "about_id": str(cast.group.uuid), "reason": "spam"}
    first = phone.post("/api/v1/reports/", body, headers=KEY)
    leaves(cast, now + timedelta(seconds=1))
    again = phone.post("/api/v1/reports/", body, headers=KEY)
    assert (again.status_code, again.content) == (201, first.content)
