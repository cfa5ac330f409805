"""One doorway: which groups, members, events and answers each of the cast may know of."""

from datetime import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from groups.models import Event, Group, Membership, Rsvp
from groups.models.readers import Reader
from groups.services.rsvps import rsvp
from tests.groups.kit import GOING, make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
EVERYBODY = ["owner", "host", "member", "applicant", "banned", "blocked", "stranger", "editor", "superuser", "nobody"]
INSIDE = {"owner", "host", "member", "blocked"}


def viewer_of(cast: Cast, name: str) -> User | AnonymousUser:
    return AnonymousUser() if name == "nobody" else cast.people[name]


@pytest.mark.parametrize("name", EVERYBODY)
@pytest.mark.parametrize("visibility", Group.Visibility.values)
def test_groups_and_their_events(cast: Cast, now: datetime, name: str, visibility: str) -> None:
    make_event(cast.group, now)
    Group.objects.update(visibility=visibility)
    viewer = viewer_of(cast, name)
    visible = name in INSIDE or (visibility != "private" and name != "banned")
    findable = name in INSIDE or (visibility == "public" and name != "banned")
    for rows in (Group.objects, Event.objects):
        assert rows.visible_to(viewer).exists() is visible
        assert rows.findable_by(Reader.of(viewer)).exists() is findable


@pytest.mark.parametrize("name", EVERYBODY)
def test_members_are_known_to_members_without_those_blocked_either_way(cast: Cast, name: str) -> None:
    seen = {m.person for m in Membership.objects.visible_to(viewer_of(cast, name))}
    hidden = {"member": {cast.blocked}, "blocked": {cast.member}}.get(name, set())
    expected = {cast.people[other] for other in INSIDE} - hidden if name in INSIDE else set()
    assert seen == expected


@pytest.mark.parametrize("name", EVERYBODY)
def test_answers(cast: Cast, now: datetime, name: str) -> None:
    """`owner` answers quietly; `member` and `blocked` do not see each other; hosts see all."""
    event = make_event(cast.group, now)
    for who in ("owner", "member", "blocked"):
        rsvp(event=event, person=cast.people[who], answer=GOING, is_quiet=who == "owner", now=now)
    expected = {
        "owner": {"owner", "member", "blocked"},
        "host": {"owner", "member", "blocked"},
        "member": {"member"},
        "blocked": {"blocked"},
    }.get(name, set())
    seen = {answer.person for answer in Rsvp.objects.visible_to(viewer_of(cast, name))}
    assert seen == {cast.people[who] for who in expected}


def test_an_answer_to_a_hidden_event_is_hidden_even_from_its_author(cast: Cast, now: datetime) -> None:
    rsvp(event=make_event(cast.group, now), person=cast.member, answer=GOING, now=now)
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    Membership.objects.filter(person=cast.member).update(left_at=now)
    assert not Rsvp.objects.visible_to(cast.member).exists()
