"""Founding a group."""

from datetime import datetime

import pytest

from groups.models import Membership, Role
from groups.services.groups import create_group
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
