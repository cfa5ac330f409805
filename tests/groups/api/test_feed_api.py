"""The feed over the API: the same services, the same refusals."""

from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from groups.models import Membership, Picture, Post
from groups.reencoding import MOST_BYTES
from tests.groups.feed_kit import make_new, say, settle
from tests.kit.cast import Cast, make_group
from tests.kit.samples import HOSTILE, photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(cast: Cast, now: datetime) -> Cast:
    settle(cast.group, now)
    for person in cast.people.values():
        person.refresh_from_db()
    return cast


def posts_of(cast: Cast) -> str:
    return f"/api/v1/groups/{cast.group.uuid}/posts/"


def upload(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("any.name", data)


def test_a_post_goes_its_whole_way(settled: Cast, now: datetime, api_as) -> None:
    author, host = api_as(settled.member), api_as(settled.host)
    made = author.post(posts_of(settled), {"text": "At the *gate*"})
    assert (made.status_code, made.json()["text_html"]) == (201, "<p>At the <em>gate</em></p>\n")
    post = f"/api/v1/posts/{made.json()['uuid']}/"
    assert author.patch(post, {"text": "At the bridge"}).json()["text"] == "At the bridge"
    assert host.put(f"{post}cheer/").json()["cheered_by"] == ["Host"]
    assert host.delete(f"{post}cheer/").json()["cheered_by"] == []
    assert host.put(f"{post}pin/").json()["is_pinned"] is True
    assert author.put(f"{post}pin/").status_code == 403
    answered = host.post(f"{post}comments/", {"text": "See you there"})
    assert answered.status_code == 201
    assert [row["text"] for row in author.get(f"{post}comments/").json()["results"]] == ["See you there"]
    assert author.get("/api/v1/feed/").json()["results"][0]["comment_count"] == 1
    comment = f"/api/v1/comments/{answered.json()['uuid']}/"
    assert author.delete(comment).status_code == 403
    assert host.delete(comment).status_code == 204
    assert host.post(f"{post}look/", {"act": "hide"}).json()["is_hidden"] is True
    assert api_as(settled.owner).get(post).status_code == 200
    assert author.delete(post).status_code == 204


def test_a_picture_that_is_too_large_is_told_so(settled: Cast, now: datetime, api_as) -> None:
    """Not that it is empty, though none of it was kept on the way."""
    large = photo() + bytes(MOST_BYTES)
    client = api_as(settled.owner)
    for ask, path, name in (
        (client.post, posts_of(settled), "picture_1"),
        (client.put, f"/api/v1/groups/{settled.group.uuid}/picture/", "picture"),
    ):
        sent = {"text": "A bench", name: upload(large)}
        refused = ask(path, sent, format="multipart").json()
        assert (refused["code"], [error["field"] for error in refused["errors"]]) == ("picture_large", [name])


def test_pictures_come_with_a_post_and_are_refused_by_field(settled: Cast, now: datetime, api_as) -> None:
    client = api_as(settled.member)
    sent = {"text": "At the gate", "picture_1": upload(photo((60, 40))), "alt_1": "A gate"}
    picture = client.post(posts_of(settled), sent, format="multipart").json()["pictures"][0]
    assert (picture["alt"], picture["width"], picture["height"]) == ("A gate", 60, 40)
    assert picture["url"] == f"/api/v1/pictures/{Picture.objects.get().uuid}/"
    refused = client.post(
        posts_of(settled), {"text": "Once more", "picture_3": upload(HOSTILE["svg"][0]())}, format="multipart"
    )
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] == "picture_3"
    assert Post.objects.count() == 1


def test_hosts_choose_the_picture_of_their_group(settled: Cast, now: datetime, api_as) -> None:
    url = f"/api/v1/groups/{settled.group.uuid}/picture/"
    host = api_as(settled.host)
    assert host.put(url, {"picture": upload(photo((60, 40))), "alt": "A gate"}, format="multipart").status_code == 200
    assert api_as(None).get(f"/api/v1/groups/{settled.group.uuid}/").json()["picture"]
    assert api_as(settled.member).delete(url).status_code == 403
    assert host.delete(url).status_code == 204
    assert api_as(None).get(f"/api/v1/groups/{settled.group.uuid}/").json()["picture"] is None


def test_what_waits_is_looked_after(settled: Cast, now: datetime, api_as) -> None:
    make_new(settled.member, now)
    made = api_as(settled.member).post(posts_of(settled), {"text": "See https://map.example"}).json()
    assert made["is_waiting"] is True
    waiting = f"/api/v1/groups/{settled.group.uuid}/waiting/"
    assert api_as(settled.member).get(waiting).status_code == 403
    assert [post["uuid"] for post in api_as(settled.host).get(waiting).json()["posts"]] == [made["uuid"]]
    look = f"/api/v1/posts/{made['uuid']}/look/"
    assert api_as(settled.member).post(look, {"act": "let_through"}).status_code == 403
    assert api_as(settled.host).post(look, {"act": "let_through"}).json()["is_waiting"] is False


def test_too_much_is_429_and_the_same_again_409(settled: Cast, now: datetime, api_as) -> None:
    client = api_as(settled.member)
    client.post(posts_of(settled), {"text": "Quite the same words"})
    assert client.post(posts_of(settled), {"text": "Quite the same words"}).status_code == 409
    for number in range(4):
        client.post(posts_of(settled), {"text": f"Other words, number {number}"})
    refused = client.post(posts_of(settled), {"text": "One more thing"})
    assert (refused.status_code, refused.json()["code"]) == (429, "too_fast")


def test_nobody_outside_learns_of_it(settled: Cast, now: datetime, api_as) -> None:
    post = say(settled.group, settled.owner, now)
    for name in ("stranger", "banned", "superuser"):
        client = api_as(settled.people[name])
        for url in (posts_of(settled), f"/api/v1/posts/{post.uuid}/", f"/api/v1/posts/{post.uuid}/comments/"):
            assert client.get(url).status_code == 404, name
        assert client.get("/api/v1/feed/").json()["results"] == []
    assert api_as(None).get(posts_of(settled)).status_code in {401, 403}


def test_what_is_pinned_is_asked_for_alone(settled: Cast, now: datetime, api_as) -> None:
    posts = [say(settled.group, settled.owner, now, text=f"The {word} was soft") for word in ("moss", "moor", "mud")]
    elsewhere = make_group(slug="other")
    Membership.objects.create(group=elsewhere, person=settled.member)
    other = say(elsewhere, settled.member, now)
    for post, minutes in ((posts[1], 1), (posts[0], 2), (other, 3)):
        Post.objects.filter(pk=post.pk).update(pinned_at=now + timedelta(minutes=minutes))
    say(settled.group, settled.owner, now, text="The gate was open")
    client, address = api_as(settled.member), posts_of(settled)

    def told(query: str) -> list[str]:
        return [row["text"] for row in client.get(f"{address}{query}").json()["results"]]

    everything = ["The gate was open", "The mud was soft", "The moor was soft", "The moss was soft"]
    assert told("") == told("?pinned=") == everything
    assert told("?pinned=true") == ["The moss was soft", "The moor was soft"]
    assert told("?pinned=false") == ["The gate was open", "The mud was soft"]
    first = client.get(f"{address}?pinned=true&page_size=1").json()
    assert [row["text"] for row in client.get(first["next"]).json()["results"]] == ["The moor was soft"]
    refused = client.get(f"{address}?pinned=perhaps")
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "pinned")
    assert api_as(settled.stranger).get(f"{address}?pinned=true").status_code == 404
