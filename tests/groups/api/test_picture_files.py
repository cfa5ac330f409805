"""Pictures open to a program by its credentials, to whom the page shows them, and to nobody else."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.services.tokens import create_token
from groups.models import Group, Membership, Picture, Post
from groups.services.feed import remove_words
from groups.services.pictures import remove_group_picture, set_group_picture, small_name
from tests.groups.feed_kit import a_picture, say, settle
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
MOST_QUERIES = 5
type Headers = dict[str, str]


def by_session(person: User, now: datetime) -> Headers:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return {"X-Session-Token": str(client.session.session_key)}


def by_token(person: User, now: datetime) -> Headers:
    _token, secret = create_token(person=person, name="Watch", kind="app", scope="read", now=now)
    return {"Authorization": f"Bearer {secret}"}


def get(address: str, headers: Headers, **more: str) -> HttpResponse:
    return Client().get(urlsplit(address).path, headers={**headers, **more})


@pytest.fixture
def private(cast: Cast, now: datetime) -> Group:
    settle(cast.group, now)
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    cast.group.refresh_from_db()
    return cast.group


@pytest.fixture
def of_post(private: Group, cast: Cast, now: datetime) -> Picture:
    say(private, cast.owner, now, pictures=[a_picture()])
    return Picture.objects.get()


def opens(picture: Picture, headers: Headers) -> bool:
    """Return whether both files open; they are shown or hidden together."""
    found = {get(f"/api/v1/pictures/{picture.uuid}/{size}", headers).status_code for size in ("", "small/")}
    assert found in ({200}, {404})
    return found == {200}


@pytest.mark.parametrize("credential", [by_session, by_token])
def test_a_member_opens_what_a_post_names(
    of_post: Picture, cast: Cast, now: datetime, credential: Callable[..., Headers]
) -> None:
    headers = credential(cast.member, now)
    (named,) = get("/api/v1/feed/", headers).json()["results"][0]["pictures"]

    for address, name in (
        (named["url"], of_post.file.name),
        (named["small_url"], small_name(of_post.file.name)),
    ):
        assert address.startswith("/api/v1/pictures/")
        answer = get(address, headers)
        with default_storage.open(name) as file:
            assert answer.content == file.read()
        shown = {header: answer[header] for header in ("Content-Type", "X-Content-Type-Options", "Cache-Control")}
        assert shown == {
            "Content-Type": "image/webp",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        }
        assert answer["Content-Disposition"] == "inline"
        assert {"X-Session-Token", "Authorization"} <= set(answer["Vary"].split(", "))


@pytest.mark.parametrize("credential", [by_session, by_token])
def test_others_find_nothing(of_post: Picture, cast: Cast, now: datetime, credential: Callable[..., Headers]) -> None:
    for name in ("stranger", "applicant", "banned", "superuser"):
        assert not opens(of_post, credential(cast.people[name], now)), name
    assert not opens(of_post, {})
    answer = get(f"/api/v1/pictures/{of_post.uuid}/", credential(cast.stranger, now), Accept="image/webp")
    never = get(f"/api/v1/pictures/{cast.group.uuid}/", credential(cast.stranger, now), Accept="image/webp")
    assert (answer["Content-Type"], answer.json()["code"]) == ("application/problem+json", "not_found")
    assert answer.content == never.content


def test_a_credential_that_is_over_is_said_to_be(of_post: Picture) -> None:
    address = f"/api/v1/pictures/{of_post.uuid}/"
    assert get(address, {"Authorization": "Bearer mm_" + "a" * 43}).status_code == 401


def test_the_picture_of_a_private_group_is_for_its_members(private: Group, cast: Cast, now: datetime) -> None:
    picture = set_group_picture(group=private, person=cast.owner, sent=a_picture(), now=now)
    named = get(f"/api/v1/groups/{private.uuid}/", by_token(cast.member, now)).json()["picture"]
    listed = get("/api/v1/groups/", by_session(cast.member, now)).json()["results"]

    assert named == f"/api/v1/pictures/{picture.uuid}/"
    assert {group["uuid"]: group["picture"] for group in listed}[str(private.uuid)] == named
    assert opens(picture, by_token(cast.member, now))
    assert not opens(picture, by_token(cast.stranger, now))
    assert not opens(picture, {})


def test_what_a_device_is_told_of_its_groups_leads_to_the_file(private: Group, cast: Cast, now: datetime) -> None:
    headers = by_token(cast.member, now)
    picture = set_group_picture(group=private, person=cast.owner, sent=a_picture(), now=now)
    told = get("/api/v1/changes/", headers).json()["changes"]
    uuid = next(one["data"]["picture"] for one in told if one["kind"] == "group")
    assert uuid == str(picture.uuid)
    assert get(f"/api/v1/pictures/{uuid}/", headers).status_code == 200


def test_anybody_opens_the_picture_of_a_public_group(cast: Cast, now: datetime) -> None:
    picture = set_group_picture(group=cast.group, person=cast.owner, sent=a_picture(), now=now)
    assert opens(picture, {})
    assert opens(picture, by_token(cast.stranger, now))
    assert not opens(picture, by_token(cast.banned, now))


@pytest.mark.parametrize("what", ["held_at", "hidden_at"])
def test_what_waits_or_is_hidden_shows_no_picture_but_to_who_sees_the_post(
    private: Group, cast: Cast, now: datetime, what: str
) -> None:
    say(private, cast.blocked, now, pictures=[a_picture()])
    picture = Picture.objects.get()
    reader = Membership.objects.create(group=private, person=cast.stranger, joined_at=now).person
    assert opens(picture, by_token(reader, now))
    Post.objects.update(**{what: now})
    assert not opens(picture, by_token(reader, now))
    for name in ("blocked", "host", "owner"):
        assert opens(picture, by_token(cast.people[name], now)), name


def test_blocked_people_open_nothing_of_each_other(private: Group, cast: Cast, now: datetime) -> None:
    for author, reader in ((cast.member, cast.blocked), (cast.blocked, cast.member)):
        post = say(private, author, now, f"By the lake of {author}", pictures=[a_picture()])
        picture = Picture.objects.get(post=post)
        assert not opens(picture, by_token(reader, now))
        assert opens(picture, by_token(cast.owner, now))


def test_what_is_gone_opens_to_nobody(private: Group, cast: Cast, now: datetime) -> None:
    post = say(private, cast.member, now, pictures=[a_picture()])
    of_post = Picture.objects.get()
    of_group = set_group_picture(group=private, person=cast.owner, sent=a_picture(), now=now)
    headers = by_token(cast.owner, now)
    assert opens(of_post, headers)
    assert opens(of_group, headers)
    remove_words(words=post, person=cast.member)
    remove_group_picture(group=private, person=cast.owner)
    assert not opens(of_post, headers)
    assert not opens(of_group, headers)


def test_a_file_that_is_lost_is_not_found(of_post: Picture, cast: Cast, now: datetime) -> None:
    for name in (of_post.file.name, small_name(of_post.file.name)):
        default_storage.delete(name)
    assert not opens(of_post, by_token(cast.member, now))


@pytest.mark.parametrize("accept", ["*/*", "image/webp", "image/avif,image/*;q=0.8", "application/json"])
def test_it_is_given_however_a_program_asks_for_it(of_post: Picture, cast: Cast, now: datetime, accept: str) -> None:
    answer = get(f"/api/v1/pictures/{of_post.uuid}/", by_token(cast.member, now), Accept=accept)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")


def test_another_format_is_on_offer_to_nobody(of_post: Picture, cast: Cast, now: datetime) -> None:
    answer = get(f"/api/v1/pictures/{of_post.uuid}/", by_token(cast.member, now), Accept="image/jpeg")
    assert (answer.status_code, answer.json()["code"]) == (406, "not_acceptable")


def test_it_is_asked_for_in_few_queries(of_post: Picture, cast: Cast, now: datetime) -> None:
    headers = by_session(cast.member, now)
    with CaptureQueriesContext(connection) as asked:
        get(f"/api/v1/pictures/{of_post.uuid}/", headers)
    assert len(asked) <= MOST_QUERIES
