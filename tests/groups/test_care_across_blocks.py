"""Who hosts a group looks after everybody in it: a block hides people from each other, and not from a host's care.

Elsewhere it holds: the person's page, words, posts and greeters stay hidden from the host too.
"""

from datetime import datetime

import pytest
from django.urls import reverse

from accounts.models import Block, User
from groups.models import Group, Membership, Role
from groups.services.roles import give_role
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def alone(cast: Cast, now: datetime) -> Cast:
    """The owner is the only host, and `blocked` has blocked them."""
    Block.objects.all().delete()
    give_role(group=cast.group, person=cast.host, role=Role.MEMBER, by=cast.owner, now=now)
    cast.blocked.display_name = "Zenobia"
    cast.blocked.save()
    Block.objects.create(blocker=cast.blocked, blocked=cast.owner)
    return cast


def membership(group: Group, person: User) -> Membership:
    return Membership.objects.get(group=group, person=person)


@pytest.mark.parametrize("act", ["remove_member", "ban_member"])
def test_the_only_host_puts_out_who_blocked_them(alone: Cast, as_person, act: str) -> None:
    owner, theirs = as_person(alone.owner), membership(alone.group, alone.blocked)
    people = owner.get(reverse("groups:group_people", args=[alone.group.slug])).text
    assert reverse("groups:member", args=[alone.group.slug, theirs.uuid]) in people
    assert owner.get(reverse("groups:member", args=[alone.group.slug, theirs.uuid])).status_code == 200

    owner.post(reverse(f"groups:{act}", args=[alone.group.slug, theirs.uuid]))

    theirs.refresh_from_db()
    assert not theirs.is_current


def test_and_through_the_api(alone: Cast, api_as) -> None:
    theirs = membership(alone.group, alone.blocked)
    found = api_as(alone.owner).get(f"/api/v1/groups/{alone.group.uuid}/members/").json()["results"]
    assert str(theirs.uuid) in {one["uuid"] for one in found}
    answer = api_as(alone.owner).delete(f"/api/v1/groups/{alone.group.uuid}/members/{theirs.uuid}/")
    assert answer.status_code == 204


def test_their_page_and_name_stay_hidden_elsewhere(alone: Cast, as_person) -> None:
    owner = as_person(alone.owner)
    person = reverse("groups:person", args=[alone.blocked.uuid])
    assert owner.get(person).status_code == 404
    assert person not in owner.get(reverse("groups:group_people", args=[alone.group.slug])).text
    assert "Zenobia" not in owner.get(alone.group.get_absolute_url()).text


def test_control_who_hosts_nothing_finds_nobody_across_a_block(alone: Cast, as_person, api_as) -> None:
    Block.objects.create(blocker=alone.blocked, blocked=alone.member)
    theirs, member = membership(alone.group, alone.blocked), as_person(alone.member)
    assert "Zenobia" not in member.get(reverse("groups:group_people", args=[alone.group.slug])).text
    assert member.get(reverse("groups:member", args=[alone.group.slug, theirs.uuid])).status_code == 404
    found = api_as(alone.member).get(f"/api/v1/groups/{alone.group.uuid}/members/").json()["results"]
    assert str(theirs.uuid) not in {one["uuid"] for one in found}
    blocked = as_person(alone.blocked).get(reverse("groups:group_people", args=[alone.group.slug])).text
    assert "Owner" not in blocked, "the other way the host is hidden as before"
