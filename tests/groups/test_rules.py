"""Who may do what, for the whole cast."""

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from groups.models import Group
from groups.rules import may
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
INSIDE = {"owner", "host", "member", "blocked"}
HOSTS = {"owner", "host"}


@pytest.mark.parametrize(
    ("act", "allowed"),
    [("leave_group", INSIDE), ("create_event", HOSTS), ("change_event", HOSTS), ("cancel_event", HOSTS),
     ("rsvp_event", INSIDE), ("answer_requests", HOSTS), ("invite", HOSTS), ("see_people", INSIDE),
     ("look_after_people", HOSTS), ("change_group", HOSTS), ("hand_over_group", {"owner"}), ("close_group", {"owner"})],
)  # fmt: skip
def test_acts_in_a_group(cast: Cast, now: datetime, act: str, allowed: set[str]) -> None:
    about = make_event(cast.group, now) if act in {"change_event", "cancel_event", "rsvp_event"} else cast.group
    assert {name for name, person in cast.people.items() if may(person, act, about)} == allowed
    assert not may(AnonymousUser(), act, about)
    assert not may(cast.owner, act, None)


def test_joining_is_for_those_outside_an_open_group(cast: Cast) -> None:
    assert may(cast.stranger, "join_group", cast.group)
    assert not may(cast.member, "join_group", cast.group)
    cast.group.join_policy = Group.JoinPolicy.REQUEST
    assert not may(cast.stranger, "join_group", cast.group)


def test_asking_is_for_those_outside_a_group_on_request(cast: Cast) -> None:
    assert not may(cast.stranger, "ask_to_join", cast.group)
    cast.group.join_policy = Group.JoinPolicy.REQUEST
    assert may(cast.stranger, "ask_to_join", cast.group)
    assert not may(cast.member, "ask_to_join", cast.group)
    assert not may(AnonymousUser(), "ask_to_join", cast.group)
