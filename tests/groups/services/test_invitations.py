"""Invitations: kept as a hash, counted, ended; and looking without taking part."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Group, Invitation, Membership
from groups.services.invitations import InvitationEnded, invite, open_invitation, revoke_invitation, use_invitation
from notifications.tokens import hash_of
from tests.groups.kit import make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(cast: Cast, now: datetime) -> str:
    Group.objects.update(join_policy=Group.JoinPolicy.INVITATION, visibility=Group.Visibility.PRIVATE)
    return invite(group=cast.group, host=cast.host, note="The choir", most_uses=2, now=now)[1]


def test_only_a_hash_of_256_bits_is_kept(cast: Cast, token: str, now: datetime) -> None:
    made = Invitation.objects.get()
    assert len(token) >= 43
    assert (made.token_hash, made.expires_at) == (hash_of(token), now + timedelta(days=14))
    assert token not in repr(Invitation.objects.values().get())


def test_it_lets_in_as_many_as_it_says(cast: Cast, token: str, now: datetime) -> None:
    assert use_invitation(token=token, person=cast.stranger, now=now).is_current
    use_invitation(token=token, person=cast.stranger, now=now)
    use_invitation(token=token, person=cast.member, now=now)
    assert Invitation.objects.get().uses == 1, "who is in uses nothing up"
    assert use_invitation(token=token, person=cast.applicant, is_looking=True, now=now).is_looking
    with pytest.raises(InvitationEnded):
        use_invitation(token=token, person=cast.editor, now=now)
    assert not Membership.objects.filter(person=cast.editor).exists()


ENDS: dict[str, Callable[[Cast, datetime], object]] = {
    "taken back": lambda cast, now: revoke_invitation(invitation=Invitation.objects.get(), host=cast.owner, now=now),
    "the group closed": lambda _cast, now: Group.objects.update(closed_at=now),
    "moderators hid the group": lambda _cast, now: Group.objects.update(hidden_at=now),
    "the host left": lambda cast, now: Membership.objects.filter(person=cast.host).update(left_at=now),
    "the host was put out": lambda cast, now: Membership.objects.filter(person=cast.host).update(banned_at=now),
    "the host is a member now": lambda cast, _now: Membership.objects.filter(person=cast.host).update(role="member"),
    "the host is gone": lambda cast, _now: User.objects.filter(pk=cast.host.pk).update(is_active=False),
    "a ban": lambda cast, now: Membership.objects.create(group=cast.group, person=cast.stranger, banned_at=now),
}


@pytest.mark.parametrize("cause", ENDS)
def test_it_ends(cast: Cast, token: str, now: datetime, cause: str) -> None:
    assert open_invitation(token=token, viewer=cast.stranger, now=now)
    ENDS[cause](cast, now)
    assert_ended(token, cast.stranger, now)


def test_it_ends_with_its_last_day(cast: Cast, token: str, now: datetime) -> None:
    assert open_invitation(token=token, viewer=AnonymousUser(), now=now + timedelta(days=14, minutes=-1))
    assert_ended(token, cast.stranger, now + timedelta(days=14))
    assert_ended("no-such-token", cast.stranger, now)


def assert_ended(token: str, person: User, now: datetime) -> None:
    with pytest.raises(InvitationEnded):
        open_invitation(token=token, viewer=person, now=now)
    with pytest.raises(InvitationEnded):
        use_invitation(token=token, person=person, now=now)
    assert not Membership.objects.current().filter(person=person).exists()


@pytest.mark.parametrize("name", ["member", "stranger", "banned"])
def test_only_hosts_invite_and_take_back(cast: Cast, token: str, now: datetime, name: str) -> None:
    with pytest.raises(NotPermitted):
        invite(group=cast.group, host=cast.people[name], now=now)
    with pytest.raises(NotPermitted):
        revoke_invitation(invitation=Invitation.objects.get(), host=cast.people[name], now=now)
    assert Invitation.objects.get().revoked_at is None


@pytest.mark.parametrize("wrong", [{"days": 0}, {"days": 91}, {"most_uses": 0}, {"most_uses": 501}])
def test_what_makes_no_sense_is_refused(cast: Cast, now: datetime, wrong: dict[str, int]) -> None:
    with pytest.raises(InvalidInput):
        invite(group=cast.group, host=cast.host, now=now, **wrong)  # type: ignore[arg-type]


def test_there_is_an_end_to_how_many_are_open(cast: Cast, now: datetime) -> None:
    for _number in range(50):
        invite(group=cast.group, host=cast.host, now=now)
    with pytest.raises(DomainError, match="too_many"):
        invite(group=cast.group, host=cast.host, now=now)


def test_who_rests_neither_invites_nor_comes(cast: Cast, token: str, now: datetime) -> None:
    User.objects.update(suspended_until=now + timedelta(days=1))
    with pytest.raises(NotPermitted, match="suspended"):
        use_invitation(token=token, person=User.objects.get(pk=cast.stranger.pk), now=now)
    with pytest.raises(NotPermitted, match="suspended"):
        invite(group=cast.group, host=User.objects.get(pk=cast.host.pk), now=now)


def test_who_left_comes_back_by_it(cast: Cast, token: str, now: datetime) -> None:
    (former,) = make_members(cast.group, 1)
    Membership.objects.filter(person=former).update(left_at=now, is_looking=True)
    membership = use_invitation(token=token, person=former, now=now)
    assert (membership.is_current, membership.is_looking) == (True, False)
