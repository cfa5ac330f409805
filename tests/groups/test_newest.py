"""Pages of what many groups say are the pages that reading all of it would give."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import Block
from groups.models import Group, Membership, Post, Role
from tests.kit.cast import Cast, make_group

pytestmark = pytest.mark.django_db

type SignIn = Callable[..., APIClient]


def say(group: Group, cast: Cast, moments: list[datetime], **fields: object) -> None:
    rows = [Post(group=group, author=cast.owner, text="x", created_at=moment, **fields) for moment in moments]
    Post.objects.bulk_create(rows)


@pytest.fixture
def talk(cast: Cast, now: datetime) -> Cast:
    """Say much at one moment, hide the newest forty of a group, and much in a group that the reader is not in."""
    quiet, other = make_group(slug="quiet"), make_group(slug="other")
    for group in (quiet, other):
        Membership.objects.create(group=group, person=cast.owner, role=Role.OWNER)
    Membership.objects.create(group=quiet, person=cast.member)
    hour = timedelta(hours=1)
    say(cast.group, cast, [now - hour * n for n in range(40)], held_at=now)
    say(cast.group, cast, [now - hour * (n // 9) for n in range(60)])
    say(quiet, cast, [now - hour * 20 * n for n in range(8)])
    say(other, cast, [now - hour * n for n in range(60)])
    return cast


def walk(client: APIClient, address: str | None, way: str) -> list[list[str]]:
    pages = []
    while address:
        page = client.get(address).json()
        pages.append([row["uuid"] for row in page["results"]])
        address = page[way]
    return pages


@pytest.mark.parametrize("size", [3, 7, 100])
@pytest.mark.parametrize("name", ["member", "owner"])
def test_pages_hold_all_that_may_be_seen_in_order(talk: Cast, api_as: SignIn, name: str, size: int) -> None:
    mine = Membership.objects.current().filter(person=talk.people[name]).values("group")
    seen = Post.objects.visible_to(talk.people[name]).filter(group__in=mine).newest_first()

    pages = walk(api_as(talk.people[name]), f"/api/v1/feed/?page_size={size}", "next")

    assert [row for page in pages for row in page] == [str(uuid) for uuid in seen.values_list("uuid", flat=True)]
    assert {len(page) for page in pages[:-1]} <= {size}


def test_the_way_back_leads_through_the_same_posts(talk: Cast, api_as: SignIn) -> None:
    Post.objects.all().delete()
    said = talk.group.created_at
    say(talk.group, talk, [said + timedelta(hours=n) for n in range(30)])
    client = api_as(talk.member)
    second = client.get("/api/v1/feed/?page_size=7").json()["next"]
    third = client.get(second).json()["next"]

    back = walk(client, client.get(third).json()["previous"], "previous")

    assert back == walk(client, "/api/v1/feed/?page_size=7", "next")[1::-1]


def test_whoever_has_no_group_reads_nothing(talk: Cast, api_as: SignIn) -> None:
    assert walk(api_as(talk.stranger), "/api/v1/feed/", "next") == [[]]


def test_a_block_hides_all_that_the_other_says(talk: Cast, api_as: SignIn) -> None:
    Block.objects.create(blocker=talk.owner, blocked=talk.member)
    assert walk(api_as(talk.member), "/api/v1/feed/", "next") == [[]]


@pytest.mark.parametrize("cursor", ["nonsense", "cD1ub25zZW5zZQ==", "cD0yMDI2LTk5LTk5"])
def test_a_cursor_that_nobody_was_given_leads_nowhere(talk: Cast, api_as: SignIn, cursor: str) -> None:
    assert api_as(talk.member).get("/api/v1/feed/", {"cursor": cursor}).json()["detail"] == "Invalid cursor"


def test_the_rest_of_what_was_said_is_not_read(talk: Cast, api_as: SignIn, now: datetime) -> None:
    client = api_as(talk.owner)
    client.get("/api/v1/feed/")
    say(talk.group, talk, [now - timedelta(days=9 + n) for n in range(300)])
    with CaptureQueriesContext(connection) as queries:
        client.get("/api/v1/feed/")
    (near,) = [q["sql"].rpartition("SELECT id FROM near")[0] for q in queries if "AS MATERIALIZED" in q["sql"]]
    with connection.cursor() as cursor:
        cursor.execute(f"{near} SELECT COUNT(*) FROM near")
        assert 20 < cursor.fetchone()[0] < 100
