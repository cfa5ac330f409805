"""A request to join ends with the group that it asks, or with whoever asked: never left open, and told kindly."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import User
from groups.feed import my_membership
from groups.models import Group, JoinRequest
from groups.people import people_known_to
from groups.services.closing import close_group, reopen_group
from groups.services.hiding import hide_group
from groups.services.requests import ask_to_join, end_requests_of, expire_requests
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


def waiting_for(host: User, cast: Cast) -> tuple[int, bool]:
    """Return how many ask to join as the host is told, and whether they may open the page of who asked."""
    mine: Any = my_membership(host, cast.group)
    return mine.asking, people_known_to(host).filter(pk=cast.applicant.pk).exists()


def letters(cast: Cast, now: datetime) -> list[str]:
    deliver_due(now=now)
    return [str(one.body) for one in mail.outbox if cast.applicant.email in one.to]


@pytest.mark.parametrize("ends", [closes, is_hidden])
def test_it_ends_with_the_group_and_is_told_so(
    cast: Cast, asked: JoinRequest, now: datetime, ends: Callable[[Cast, datetime], None]
) -> None:
    ends(cast, now)
    assert not JoinRequest.objects.open(now).exists(), "nobody answers it from then on"
    assert waiting_for(cast.host, cast) == (0, False)
    expire_requests(now=now)

    asked.refresh_from_db()
    assert (asked.status, asked.closed_at) == ("expired", now)
    (told,) = letters(cast, now)
    assert "takes nobody in any more" in told
    assert "within two weeks" not in told


def test_control_a_group_that_goes_on_keeps_what_waits(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    assert waiting_for(cast.host, cast) == (1, True)
    other = Group.objects.create(slug="others", name="Others", kind="running", owner=cast.owner, time_zone="UTC")
    hide_group(other, now)
    expire_requests(now=now)
    asked.refresh_from_db()
    assert asked.status == "open"


def test_in_a_group_that_opens_again_at_once_it_goes_on(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    closes(cast, now)
    reopen_group(group=cast.group, by=cast.owner, now=now)
    expire_requests(now=now)
    assert list(JoinRequest.objects.open(now)) == [asked]
    assert letters(cast, now) == []


def test_who_may_not_know_of_the_group_is_not_told(cast: Cast, asked: JoinRequest, now: datetime) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    closes(cast, now)
    expire_requests(now=now)
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
