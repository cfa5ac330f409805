"""The last use of an invitation is for one, and a request is answered once, however many come at once."""

from datetime import datetime

import pytest
from django.db import IntegrityError
from django.db.models import QuerySet

from accounts.models import User
from groups.models import Group, Invitation, JoinRequest, Membership, Role
from groups.models.joining import InvitationQuerySet
from groups.services.invitations import InvitationEnded, invite, use_invitation
from groups.services.requests import accept_request, ask_to_join, decline_request
from notifications.models import Notification
from tests.faults.parallel import Act, all_at_once
from tests.kit.cast import make_group, make_person

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ROUNDS = 20


def make_round(number: int) -> tuple[Group, list[User]]:
    """Create a group with its owner, and two people who would come in."""
    owner, one, other = (make_person(f"{name}{number}") for name in ("owner", "one", "other"))
    group = make_group(slug=f"group-{number}", owner=owner, join_policy=Group.JoinPolicy.REQUEST)
    Membership.objects.create(group=group, person=owner, role=Role.OWNER)
    return group, [owner, one, other]


def coming_by(token: str, person: User, now: datetime) -> Act:
    return lambda: use_invitation(token=token, person=person, now=now)


def both_come(number: int, now: datetime) -> tuple[int, int, list[object]]:
    """Let two use the last use at once; return how many came in, how many were counted, and the answers."""
    group, (owner, *people) = make_round(number)
    made, token = invite(group=group, host=owner, most_uses=1, now=now)
    answers = all_at_once([coming_by(token, person, now) for person in people])
    made.refresh_from_db()
    return Membership.objects.filter(group=group, person__in=people).count(), made.uses, answers


def test_the_last_use_is_for_one(now: datetime) -> None:
    for number in range(ROUNDS):
        came, uses, answers = both_come(number, now)
        assert (came, uses) == (1, 1)
        assert sum(isinstance(answer, InvitationEnded) for answer in answers) == 1


def test_control_where_using_it_up_asks_nothing_both_would_come(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then only the database itself refuses it, as a fault."""

    def unasked(_good: object, **said: object) -> int:
        latest = QuerySet(Invitation).latest("pk")
        return QuerySet(Invitation).filter(pk=latest.pk).update(**said)

    monkeypatch.setattr(InvitationQuerySet, "update", unasked)
    answers = [answer for number in range(ROUNDS) for answer in both_come(number, now)[2]]
    assert any(isinstance(answer, IntegrityError) for answer in answers)


def test_asking_at_once_is_asking_once(now: datetime) -> None:
    for number in range(ROUNDS):
        group, (_owner, person, _other) = make_round(number)

        def asking(group: Group = group, person: User = person) -> object:
            return ask_to_join(group=group, person=person, now=now)

        first, second = all_at_once([asking, asking])
        assert first == second
        assert JoinRequest.objects.filter(group=group).count() == 1


def test_accepted_and_declined_at_once_is_one_of_them(now: datetime) -> None:
    for number in range(ROUNDS):
        group, (owner, person, _other) = make_round(number)
        asked = ask_to_join(group=group, person=person, now=now)

        def answering(act: Act, asked: JoinRequest = asked, owner: User = owner) -> Act:
            return lambda: act(request=asked, host=owner, now=now)  # type: ignore[call-arg]

        all_at_once([answering(accept_request), answering(decline_request)])  # type: ignore[arg-type]
        asked.refresh_from_db()
        told = Notification.objects.filter(person=person).values_list("kind", flat=True)
        assert list(told) == [f"join_{asked.status}"]
        is_in = Membership.objects.filter(group=group, person=person).exists()
        assert is_in is (asked.status == "accepted")
