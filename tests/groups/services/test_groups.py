"""Founding a group, and describing it anew."""

from datetime import datetime

import pytest

from core.errors import NotPermitted
from groups.models import Membership, Role
from groups.services.groups import change_group, create_group
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def test_whoever_founds_a_group_owns_it(cast: Cast, now: datetime) -> None:
    group = create_group(owner=cast.stranger, now=now, name="Lake Walkers", kind="walking", place="Lake", about="*Hi*")
    assert Membership.objects.get(group=group).role == Role.OWNER
    assert (group.slug, group.about_html) == ("lake-walkers", "<p><em>Hi</em></p>\n")


@pytest.mark.parametrize(
    ("name", "slug"),
    [("Morning Mosses", "morning-mosses-2"), ("New", "new-2"), ("晨跑小组", "晨跑小组"), ("!!!", "group")],
)
def test_addresses_are_free_and_in_their_own_script(cast: Cast, now: datetime, name: str, slug: str) -> None:
    assert create_group(owner=cast.stranger, now=now, name=name, kind="walking", place="Lake").slug == slug


def test_a_host_describes_the_group_anew_and_its_address_stays(cast: Cast, now: datetime) -> None:
    said = {"name": "Evening Mosses", "about": "*Slow*", "join_policy": "request", "latitude": 52.5, "longitude": 13.4}
    group = change_group(group=cast.group, by=cast.host, now=now, **said)
    group.refresh_from_db()
    assert (group.name, group.slug, group.about_html) == ("Evening Mosses", "morning-mosses", "<p><em>Slow</em></p>\n")
    assert (group.join_policy, group.latitude, group.is_rough) == ("request", 52.5, False)
    assert group.cell is not None


@pytest.mark.parametrize("by", ["member", "stranger", "banned"])
def test_others_do_not(cast: Cast, now: datetime, by: str) -> None:
    with pytest.raises(NotPermitted):
        change_group(group=cast.group, by=cast.people[by], now=now, name="Mine now")
