"""Leaving by the API: it answers what the group's address says right after, whoever leaves and whatever is to come."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from groups.models import Event, Group, Membership, Role, Rsvp
from groups.services.memberships import look
from groups.services.pictures import set_group_picture
from tests.groups.feed_kit import a_picture
from tests.groups.kit import all_going, assert_seats_are_right, going, make_event, make_members
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

type Setting = Callable[[Cast, datetime], object]


def nothing_to_come(cast: Cast, now: datetime) -> None:
    make_event(cast.group, now, starts_at=now - timedelta(days=2), ends_at=now - timedelta(days=1))


def some_meetings(cast: Cast, now: datetime) -> None:
    """What comes first is called off, and what comes first of the others was planned last."""
    make_event(cast.group, now + timedelta(days=2))
    make_event(cast.group, now, status=Event.Status.CANCELLED)
    make_event(cast.group, now + timedelta(days=1))


def all_called_off(cast: Cast, now: datetime) -> None:
    make_event(cast.group, now, status=Event.Status.CANCELLED)


def with_a_picture(cast: Cast, now: datetime) -> None:
    make_event(cast.group, now)
    set_group_picture(group=cast.group, person=cast.host, sent=a_picture(), now=now)


@pytest.mark.parametrize("setting", [nothing_to_come, some_meetings, all_called_off, with_a_picture])
@pytest.mark.parametrize("name", ["member", "host", "owner", "stranger"])
def test_the_answer_is_what_is_said_right_after(cast: Cast, now: datetime, api_as, setting: Setting, name: str) -> None:
    Membership.objects.filter(person=cast.host).update(role=Role.OWNER if name == "owner" else Role.HOST)
    look(group=cast.group, person=cast.stranger, now=now)
    setting(cast, now)
    client, group = api_as(cast.people[name]), f"/api/v1/groups/{cast.group.uuid}/"

    left = client.post(f"{group}leave/")

    assert left.json() == client.get(group).json()
    assert (left.status_code, left.json()["is_member"], left.json()["is_looking"]) == (200, False, False)
    assert client.post(f"{group}leave/").content == left.content


@pytest.mark.parametrize("setting", [nothing_to_come, some_meetings])
@pytest.mark.parametrize(
    ("fields", "after"),
    [
        ({"visibility": "unlisted"}, 200), ({"visibility": "private"}, 404), ({"closed_at": "now"}, 404),
        ({"hidden_at": "now"}, 404),
    ],
)  # fmt: skip
def test_what_is_hidden_from_then_on_is_not_shown(
    cast: Cast, now: datetime, api_as, setting: Setting, fields: dict[str, str], after: int
) -> None:
    setting(cast, now)
    Group.objects.update(**{name: now if value == "now" else value for name, value in fields.items()})
    client, group = api_as(cast.member), f"/api/v1/groups/{cast.group.uuid}/"

    left = client.post(f"{group}leave/")

    seen = client.get(group)
    assert (left.status_code, seen.status_code) == (200 if after == 200 else 204, after)
    assert left.content == (seen.content if after == 200 else b"")


@pytest.mark.parametrize("name", ["member", "owner", "stranger"])
def test_seats_are_given_back_whoever_leaves(cast: Cast, now: datetime, api_as, name: str) -> None:
    Membership.objects.filter(person=cast.host).update(role=Role.OWNER)
    look(group=cast.group, person=cast.stranger, now=now)
    event, (waiting,) = make_event(cast.group, now, capacity=1), make_members(cast.group, 1)
    all_going(event, [cast.people[name], waiting], now)

    api_as(cast.people[name]).post(f"/api/v1/groups/{cast.group.uuid}/leave/")

    assert (going(event), Rsvp.objects.count()) == ({waiting}, 1)
    assert_seats_are_right(event)
    cast.group.refresh_from_db()
    assert cast.group.owner == (cast.host if name == "owner" else cast.owner)


def test_who_is_out_changes_nothing_by_leaving(cast: Cast, now: datetime, api_as) -> None:
    before = list(Membership.objects.order_by("pk").values())
    answers = [
        api_as(cast.people[name]).post(f"/api/v1/groups/{cast.group.uuid}/leave/").status_code
        for name in ("stranger", "banned")
    ]
    assert answers == [200, 404]
    assert list(Membership.objects.order_by("pk").values()) == before
