"""The pages of who is in a group and as what, of describing it, and of closing it."""

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import Group, Membership, Role
from groups.services.closing import close_group
from tests.groups.kit import make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
FACTS = {
    "name": "Evening Mosses", "kind": "walking", "place": "Berlin", "time_zone": "Europe/Berlin", "effort": "easy",
    "visibility": "unlisted", "join_policy": "invitation",
}  # fmt: skip


def page(cast: Cast, name: str, about: str = "") -> str:
    args = [cast.group.slug]
    if about:
        args.append(str(membership(cast, about).uuid))
    return reverse(f"groups:{name}", args=args)


def membership(cast: Cast, name: str) -> Membership:
    return Membership.objects.get(group=cast.group, person=cast.people[name])


def read(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_members_see_who_does_what_and_no_bans(cast: Cast, as_person) -> None:
    text = read(as_person(cast.member), page(cast, "group_people"))
    assert "Owner" in text
    assert "Host" in text
    assert "Banned" not in text
    assert "Blocked" not in text  # they blocked each other
    assert page(cast, "member", "owner") not in text


def test_hosts_see_what_they_may_change_and_who_may_not_come_back(cast: Cast, as_person) -> None:
    text = read(as_person(cast.host), page(cast, "group_people"))
    assert "Banned" in text
    assert page(cast, "member", "member") in text
    assert page(cast, "member", "owner") not in text


@pytest.mark.parametrize(("who", "status"), [("stranger", 403), ("banned", 404)])
def test_nobody_else_sees_who_is_in(cast: Cast, as_person, who: str, status: int) -> None:
    assert as_person(cast.people[who]).get(page(cast, "group_people")).status_code == status


def test_the_list_takes_as_many_queries_for_many_as_for_few(cast: Cast, as_person) -> None:
    client = as_person(cast.owner)
    read(client, page(cast, "group_people"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        read(client, page(cast, "group_people"))
    others = make_members(cast.group, 6)
    Membership.objects.filter(person__in=others[:3]).update(role=Role.MODERATOR)
    with CaptureQueriesContext(connection) as many:
        assert "Walker5" in read(client, page(cast, "group_people"))
    assert len(many) == len(few)


def test_an_owner_names_a_host(cast: Cast, as_person) -> None:
    client = as_person(cast.owner)
    assert "Hand the group over" in read(client, page(cast, "member", "member"))
    client.post(page(cast, "member", "member"), {"role": "host"})
    assert membership(cast, "member").role == Role.HOST


def test_a_host_cannot_choose_what_is_not_theirs_to_give(cast: Cast, as_person) -> None:
    client = as_person(cast.host)
    assert client.post(page(cast, "member", "member"), {"role": "owner"}).status_code == 200
    assert membership(cast, "member").role == Role.MEMBER
    assert client.get(page(cast, "member", "owner")).status_code == 403
    assert as_person(cast.member).get(page(cast, "member", "member")).status_code == 403


def test_the_last_owner_reads_why_they_cannot_step_down(cast: Cast, as_person) -> None:
    answer = as_person(cast.owner).post(page(cast, "member", "owner"), {"role": "member"})
    assert "A group needs an owner" in answer.content.decode()


def test_handing_over(cast: Cast, as_person) -> None:
    assert as_person(cast.host).post(page(cast, "hand_over_group", "member")).status_code == 403
    as_person(cast.owner).post(page(cast, "hand_over_group", "member"))
    cast.group.refresh_from_db()
    assert cast.group.owner == cast.member


def test_taking_out_and_letting_back(cast: Cast, as_person) -> None:
    client = as_person(cast.host)
    assert client.post(page(cast, "ban_member", "owner")).status_code == 403
    client.post(page(cast, "ban_member", "member"))
    assert as_person(cast.member).get(cast.group.get_absolute_url()).status_code == 404
    client.post(page(cast, "lift_ban", "member"))
    assert as_person(cast.member).get(cast.group.get_absolute_url()).status_code == 200
    assert client.post(page(cast, "lift_ban", "member")).status_code == 404
    assert as_person(cast.blocked).post(page(cast, "lift_ban", "banned")).status_code == 403


def test_hosts_describe_the_group_anew(cast: Cast, as_person) -> None:
    client = as_person(cast.host)
    assert "Morning Mosses" in read(client, page(cast, "edit_group"))
    assert client.post(page(cast, "edit_group"), FACTS).status_code == 302
    cast.group.refresh_from_db()
    assert (cast.group.name, cast.group.join_policy) == ("Evening Mosses", Group.JoinPolicy.INVITATION)
    assert as_person(cast.member).get(page(cast, "edit_group")).status_code == 403


def test_an_owner_closes_the_group_and_opens_it_again(cast: Cast, now: datetime, as_person) -> None:
    make_event(cast.group, now)
    client = as_person(cast.owner)
    assert "1 meeting that is still to come is called off" in read(client, page(cast, "close_group"))
    client.post(page(cast, "close_group"))
    text = read(as_person(cast.member), cast.group.get_absolute_url())
    assert "This group is closed" in text
    assert "Open it again" not in text
    own = read(client, cast.group.get_absolute_url())
    assert not {
        each for each in ("Plan an event", "Set a goal together", "Share a plan", "Invite people") if each in own
    }
    assert as_person(cast.stranger).get(cast.group.get_absolute_url()).status_code == 404
    client.post(page(cast, "reopen_group"))
    assert as_person(cast.stranger).get(cast.group.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["host", "member"])
def test_nobody_else_closes_or_opens_it(cast: Cast, now: datetime, as_person, who: str) -> None:
    client = as_person(cast.people[who])
    assert client.post(page(cast, "close_group")).status_code == 403
    close_group(group=cast.group, by=cast.owner, now=now)
    assert client.post(page(cast, "reopen_group")).status_code == 403
