"""Who reads is the same, written into a query or looked up."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import Block, User
from core.visibility import Viewer
from groups.models import Membership
from groups.models.readers import Ids, Reader
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


def keys(ids: Ids) -> set[int]:
    """Return what a query finds, or what was found."""
    rows = ids if isinstance(ids, list | tuple) else list(ids)
    return {next(iter(row.values())) if isinstance(row, dict) else row for row in rows}


def test_looking_up_finds_what_the_query_would(cast: Cast) -> None:
    Block.objects.create(blocker=cast.stranger, blocked=cast.member)
    Block.objects.create(blocker=cast.member, blocked=cast.owner)
    Membership.objects.filter(person=cast.host).update(left_at="2026-03-01T00:00Z")
    readers: list[Viewer] = [*User.objects.all(), AnonymousUser()]
    met = set()

    for person in readers:
        written, found = Reader.of(person), Reader.looked_up(person)
        for name in ("groups", "watched", "barred", "unseen"):
            assert keys(getattr(written, name)) == keys(getattr(found, name)), (person, name)
            met |= {name} if keys(getattr(found, name)) else set()

    assert met == {"groups", "watched", "barred", "unseen"}
