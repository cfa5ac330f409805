"""Whoever is given a role is told, quietly and in their language; stepping down is told to nobody."""

from datetime import datetime

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from groups.models import Membership, Role
from groups.services.memberships import leave_group
from groups.services.roles import give_role, hand_over
from groups.services.standing import hand_over_groups_of
from notifications.models import Notification
from notifications.services.delivery import deliver_due
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
SAID = {
    ("en", Role.HOST): "You are a host of Morning Mosses now.",
    ("en", Role.MODERATOR): "You look after what is said in Morning Mosses now.",
    ("en", Role.OWNER): "You own Morning Mosses now.",
    ("zh-hans", Role.HOST): "Morning Mosses",
}


def told() -> list[tuple[str, str]]:
    rows = Notification.objects.filter(kind="role_given").order_by("pk").select_related("person")
    return [(str(row.person), row.occurrence) for row in rows]


@pytest.mark.parametrize(("language", "role"), SAID)
def test_a_role_is_told_to_whom_it_is_given(cast: Cast, now: datetime, language: str, role: Role) -> None:
    cast.member.language = language
    cast.member.save()
    EmailAddress.objects.create(user=cast.member, email=cast.member.email, verified=True)
    give_role(group=cast.group, person=cast.member, role=role, by=cast.owner, now=now)

    deliver_due(now=now)

    (letter,) = mail.outbox
    assert SAID[language, role] in letter.body
    assert "Owner" not in letter.body, "who gave it is not said"
    assert (language == "en") == ("step down" in letter.body)


def test_handing_over_tells_the_new_owner_alone(cast: Cast, now: datetime) -> None:
    hand_over(group=cast.group, to=cast.host, by=cast.owner, now=now)
    assert told() == [("Host", "owner")]


def test_whoever_owns_a_group_because_nobody_else_is_there_is_told(cast: Cast, now: datetime) -> None:
    cast.owner.is_active = False
    cast.owner.save()
    hand_over_groups_of(cast.owner, None, now)
    assert told() == [("Host", "owner")]


def test_stepping_down_and_taking_a_role_tell_nobody(cast: Cast, now: datetime) -> None:
    give_role(group=cast.group, person=cast.host, role=Role.MODERATOR, by=cast.host, now=now)
    give_role(group=cast.group, person=cast.host, role=Role.MEMBER, by=cast.owner, now=now)
    assert told() == []


def test_what_is_no_longer_so_is_not_told(cast: Cast, now: datetime) -> None:
    EmailAddress.objects.create(user=cast.member, email=cast.member.email, verified=True)
    give_role(group=cast.group, person=cast.member, role=Role.HOST, by=cast.owner, now=now)
    leave_group(group=cast.group, person=cast.member, now=now)
    assert not Membership.objects.current().filter(person=cast.member).exists()
    assert deliver_due(now=now)["sent"] == 0
