"""A request to join ends with the group that it asks, or with whoever asked: never left open, and told kindly."""

from collections.abc import Callable
from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from groups.models import Group, JoinRequest
from groups.services.closing import close_group
from groups.services.hiding import hide_group
from groups.services.requests import ask_to_join, end_requests_of
from notifications.models import Notification
from notifications.services.delivery import deliver_due
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(cast: Cast, now: datetime) -> JoinRequest:
    Group.objects.update(join_policy=Group.JoinPolicy.REQUEST)
    cast.group.refresh_from_db()
    EmailAddress.objects.create(user=cast.applicant, email=cast.applicant.email, verified=True)
    return ask_to_join(group=cast.group, person=cast.applicant, now=now)


def closes(cast: Cast, now: datetime) -> None:
    close_group(group=cast.group, by=cast.owner, now=now)


def is_hidden(cast: Cast, now: datetime) -> None:
    hide_group(cast.group, now)


def letters(cast: Cast, now: datetime) -> list[str]:
    deliver_due(now=now)
    return [str(one.body) for one in mail.outbox if cast.applicant.email in one.to]


@pytest.mark.parametrize("ends", [closes, is_hidden])
def test_it_ends_with_the_group_and_is_told_so(
    cast: Cast, asked: JoinRequest, now: datetime, ends: Callable[[Cast, datetime], None]
) -> None:
    ends(cast, now)

    asked.refresh_from_db()
    assert (asked.status, asked.closed_at) == ("expired", now)
    (told,) = letters(cast, now)
    assert "takes nobody in any more" in told
    assert "within two weeks" not in told


def test_control_a_group_that_goes_on_keeps_what_waits(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    other = Group.objects.create(slug="others", name="Others", kind="running", owner=cast.owner, time_zone="UTC")
    hide_group(other, now)
    asked.refresh_from_db()
    assert asked.status == "open"


def test_who_may_not_know_of_the_group_is_not_told(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    closes(cast, now)
    asked.refresh_from_db()
    assert asked.status == "expired"
    assert letters(cast, now) == []


def test_it_ends_with_whoever_asked(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    end_requests_of(cast.applicant, now, now)
    asked.refresh_from_db()
    assert asked.status == "open", "a suspension ends"
    end_requests_of(cast.applicant, None, now)
    asked.refresh_from_db()
    assert asked.status == "expired"
    assert Notification.objects.filter(kind="join_expired", person=cast.applicant).count() == 1
