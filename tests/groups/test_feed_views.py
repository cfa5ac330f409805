"""The pages of the feed: who reads what, at a fixed number of queries; pictures ask who is looking."""

import re
from datetime import datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Block
from groups.models import Comment, Group, Membership, Picture, Post, Role
from groups.services.memberships import leave_group
from groups.services.pictures import set_group_picture
from tests.groups.feed_kit import a_picture, answer, make_new, say, settle
from tests.groups.kit import make_members
from tests.kit.cast import Cast, make_group
from tests.kit.samples import HOSTILE, PLACE, photo

pytestmark = pytest.mark.django_db
CANARY = "zqcanary"
MOST_QUERIES = 12


@pytest.fixture
def settled(cast: Cast, now: datetime) -> Cast:
    settle(cast.group, now)
    for person in cast.people.values():
        person.refresh_from_db()
    return cast


def feed_page(group: Group) -> str:
    return reverse("groups:feed", args=[group.slug])


def everywhere(post: Post) -> list[str]:
    """Return every page and answer that could say what stands in a post, its answers and its pictures."""
    group = post.group
    pages = [
        group.get_absolute_url(), feed_page(group), reverse("groups:my_feed"), post.get_absolute_url(),
        reverse("groups:waiting_words", args=[group.slug]), reverse("groups:groups"), "/",
        "/api/v1/feed/", f"/api/v1/groups/{group.uuid}/posts/", f"/api/v1/posts/{post.uuid}/",
        f"/api/v1/posts/{post.uuid}/comments/", f"/api/v1/groups/{group.uuid}/waiting/",
    ]  # fmt: skip
    pictures = Picture.objects.filter(post=post).select_related("group")
    return pages + [url for p in pictures for url in (p.get_absolute_url(), f"/api/v1/pictures/{p.uuid}/")]


def told(client: Client, post: Post) -> set[str]:
    """Return the addresses that tell the canary, or give a picture of the post, away."""
    answers = {url: client.get(url) for url in everywhere(post)}
    return {
        url
        for url, found in answers.items()
        if CANARY in found.content.decode(errors="replace") or found.headers.get("Content-Type") == "image/webp"
    }


def test_words_and_pictures_are_for_members_alone(settled: Cast, now: datetime, as_person) -> None:
    post = say(settled.group, settled.owner, now, CANARY, pictures=[a_picture()])
    answer(post, settled.host, now, f"{CANARY} answered")
    assert len(told(as_person(settled.member), post)) >= 7
    for name in (None, "stranger", "applicant", "banned", "superuser"):
        assert told(as_person(settled.people[name] if name else None), post) == set(), name


@pytest.mark.parametrize("what", ["held_at", "hidden_at"])
def test_what_is_held_or_hidden_is_nowhere_for_others(settled: Cast, now: datetime, as_person, what: str) -> None:
    post = say(settled.group, settled.blocked, now, CANARY, pictures=[a_picture()])
    answer(post, settled.blocked, now, f"{CANARY} answered by its author")
    Post.objects.update(**{what: now})
    (reader,) = make_members(settled.group, 1)
    assert told(as_person(reader), post) == set()
    for name in ("blocked", "host", "owner"):
        assert len(told(as_person(settled.people[name]), post)) >= 5, name


@pytest.mark.parametrize("what", ["held_at", "hidden_at"])
def test_a_held_or_hidden_answer_is_nowhere_for_others(settled: Cast, now: datetime, as_person, what: str) -> None:
    post = say(settled.group, settled.owner, now, "Nothing secret")
    answer(post, settled.blocked, now, CANARY)
    Comment.objects.update(**{what: now})
    (reader,) = make_members(settled.group, 1)
    assert told(as_person(reader), post) == set()
    page = as_person(reader).get(feed_page(settled.group)).content.decode()
    assert "1 answer" not in page
    assert told(as_person(settled.host), post)


def test_blocked_people_read_nothing_of_each_other(settled: Cast, now: datetime, as_person) -> None:
    """`member` and `blocked` have a block between them; it holds both ways."""
    for author, reader in ((settled.member, settled.blocked), (settled.blocked, settled.member)):
        post = say(settled.group, author, now, f"{CANARY} of {author}", pictures=[a_picture()])
        assert told(as_person(reader), post) == set()
        with transaction.atomic():
            Block.objects.all().delete()
            assert told(as_person(reader), post), "it is the block that hides"
            transaction.set_rollback(True)
        Post.objects.all().delete()


def test_words_go_with_whoever_leaves_and_come_back_with_them(settled: Cast, now: datetime, as_person) -> None:
    post = say(settled.group, settled.member, now, CANARY, pictures=[a_picture()])
    answer(post, settled.member, now, f"{CANARY} answered")
    leave_group(group=settled.group, person=settled.member, now=now)
    for person in (settled.member, settled.owner):
        assert told(as_person(person), post) == set()
    Membership.objects.filter(person=settled.member).update(left_at=None)
    assert told(as_person(settled.owner), post)


def test_a_ban_takes_effect_at_once(settled: Cast, now: datetime, as_person) -> None:
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    post = say(settled.group, settled.owner, now, CANARY, pictures=[a_picture()])
    client = as_person(settled.member)
    assert told(client, post)
    Membership.objects.filter(person=settled.member).update(banned_at=now)
    assert told(client, post) == set()


def test_control_a_feed_that_asks_for_nobody_is_found(settled: Cast, now: datetime, as_person, monkeypatch) -> None:
    post = say(settled.group, settled.owner, now, CANARY)
    Post.objects.update(hidden_at=now)
    monkeypatch.setattr("groups.models.feed.PostQuerySet._visible_to", lambda rows, _viewer: rows.all())
    assert told(as_person(settled.member), post)


def test_who_only_looks_reads_and_is_offered_no_place_to_write(settled: Cast, now: datetime, as_person) -> None:
    post = say(settled.group, settled.owner, now)
    Membership.objects.filter(person=settled.member).update(is_looking=True)
    client = as_person(settled.member)
    for page in (feed_page(settled.group), post.get_absolute_url()):
        found = client.get(page).content.decode()
        assert "The moss was soft" in found
        assert "<textarea" not in found
    client.post(feed_page(settled.group), {"text": "May I?"})
    assert Post.objects.count() == 1


def test_a_member_writes_with_pictures(settled: Cast, now: datetime, as_person) -> None:
    client = as_person(settled.member)
    sent = {"text": "At the *gate*", "picture_1": SimpleUploadedFile("a.txt", photo((60, 40))), "alt_1": "A gate"}
    assert client.post(feed_page(settled.group), sent).status_code == 302
    page = client.get(feed_page(settled.group)).content.decode()
    assert "<em>gate</em>" in page
    assert 'alt="A gate"' in page
    picture = Picture.objects.get()
    shown = client.get(picture.get_absolute_url())
    assert (shown.headers["Content-Type"], shown.headers["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert shown.headers["Cache-Control"] == "private, no-store"
    assert PLACE not in shown.content
    assert client.get(picture.small_url).status_code == 200


@pytest.mark.parametrize("name", ["nothing", "svg", "gif", "moving png", "too many bytes"])
def test_a_hostile_picture_is_refused_beside_its_field(settled: Cast, now: datetime, as_person, name: str) -> None:
    sent = {"text": "At the gate", "picture_2": SimpleUploadedFile("a.jpg", HOSTILE[name][0](), "image/jpeg")}
    answered = as_person(settled.member).post(feed_page(settled.group), sent)
    assert answered.status_code == 200
    assert answered.context["form"].errors.keys() == {"picture_2"}
    assert "At the gate" in answered.content.decode(), "nothing that was typed is lost"
    assert not Post.objects.exists()


def test_the_picture_of_a_public_group_is_kept_by_visitors_alone(settled: Cast, now: datetime, as_person) -> None:
    picture = set_group_picture(group=settled.group, person=settled.owner, sent=a_picture(), now=now)
    visitor, url = as_person(None), picture.get_absolute_url()
    assert visitor.get(url).headers["Cache-Control"] == "public, max-age=300"
    assert as_person(settled.stranger).get(url).headers["Cache-Control"] == "private, no-store"
    assert url in visitor.get(settled.group.get_absolute_url()).content.decode()
    assert picture.small_url in visitor.get(reverse("groups:groups")).content.decode()
    Group.objects.update(visibility=Group.Visibility.UNLISTED)
    assert visitor.get(url).headers["Cache-Control"] == "private, no-store"
    Group.objects.update(visibility=Group.Visibility.PRIVATE)
    assert visitor.get(url).status_code == 404


def test_a_picture_answers_at_no_address_but_its_own(settled: Cast, now: datetime, as_person) -> None:
    picture = set_group_picture(group=settled.group, person=settled.owner, sent=a_picture(), now=now)
    other = make_group(slug="lake", name="Lake Walkers")
    assert as_person(None).get(reverse("groups:picture", args=[other.slug, picture.uuid])).status_code == 404
    assert as_person(None).get(f"/media/{picture.file.name}").status_code == 404


def test_hosts_set_and_remove_the_groups_picture(settled: Cast, now: datetime, as_person) -> None:
    page = reverse("groups:group_picture", args=[settled.group.slug])
    host = as_person(settled.host)
    assert as_person(settled.member).get(page).status_code == 403
    sent = {"picture": SimpleUploadedFile("a.png", photo((60, 40))), "alt": "A gate"}
    assert host.post(page, sent).status_code == 302
    assert 'alt="A gate"' in host.get(settled.group.get_absolute_url()).content.decode()
    assert host.post(page, {"picture": SimpleUploadedFile("a.png", b"no")}).context["form"].errors.keys() == {"picture"}
    host.post(reverse("groups:remove_group_picture", args=[settled.group.slug]))
    assert not Picture.objects.exists()


def test_a_newcomer_is_told_kindly_and_a_moderator_lets_it_through(settled: Cast, now: datetime, as_person) -> None:
    make_new(settled.member, now)
    Membership.objects.filter(person=settled.host).update(role=Role.MODERATOR)
    author, moderator = as_person(settled.member), as_person(settled.host)
    page = author.post(feed_page(settled.group), {"text": "See https://map.example"}, follow=True).content.decode()
    assert "Thank you. You are new here" in page
    assert "waiting for a look" in page
    post = Post.objects.get()
    assert "Something is waiting for a look" in moderator.get(settled.group.get_absolute_url()).content.decode()
    queue = reverse("groups:waiting_words", args=[settled.group.slug])
    assert "https://map.example" in moderator.get(queue).content.decode()
    assert author.get(queue).status_code == 403
    look = reverse("groups:look_after_words", args=[settled.group.slug, "posts", post.uuid])
    assert author.post(look, {"act": "let_through"}).status_code == 403
    assert moderator.post(look, {"act": "let_through", "next": queue}).url == queue
    assert "Nothing is waiting" in moderator.get(queue).content.decode()
    assert told(as_person(settled.owner), post) == set()
    assert "https://map.example" in as_person(settled.owner).get(feed_page(settled.group)).content.decode()


WHO_SAYS_SO = ("Walker0 says so", "Walker0 and Walker1 say so", "Walker0 and two others say so")


def test_cheers_are_names_and_not_a_score(settled: Cast, now: datetime, as_person) -> None:
    post = say(settled.group, settled.owner, now)
    button = reverse("groups:cheer", args=[settled.group.slug, post.uuid])
    walkers = make_members(settled.group, 3)
    settle(settled.group, now)
    for number, expected in enumerate(WHO_SAYS_SO):
        as_person(walkers[number]).post(button, {"is_on": "1"})
        assert expected in as_person(settled.owner).get(feed_page(settled.group)).content.decode()
    mine = as_person(walkers[0])
    assert 'aria-pressed="true"' in mine.get(post.get_absolute_url()).content.decode()
    mine.post(button, {"is_on": ""})
    assert 'aria-pressed="true"' not in mine.get(post.get_absolute_url()).content.decode()


def test_changing_removing_and_pinning(settled: Cast, now: datetime, as_person) -> None:
    post = say(settled.group, settled.member, now)
    comment = answer(post, settled.member, now)
    author, host = as_person(settled.member), as_person(settled.host)

    def at(name: str, *parts: object) -> str:
        return reverse(f"groups:{name}", args=[settled.group.slug, *parts])

    assert host.get(at("edit_words", "posts", post.uuid)).status_code == 403
    assert author.post(at("edit_words", "answers", comment.uuid), {"text": "Softer still"}).status_code == 302
    assert "Softer still" in author.get(post.get_absolute_url()).content.decode()
    assert author.get(at("edit_words", "songs", post.uuid)).status_code == 404
    assert author.post(at("pin_post", post.uuid), {"is_on": "1"}).status_code == 403
    host.post(at("pin_post", post.uuid), {"is_on": "1"})
    newer = say(settled.group, settled.owner, now + timedelta(minutes=1), "Newer words")
    for page in (feed_page(settled.group), settled.group.get_absolute_url()):
        found = author.get(page).content.decode()
        assert found.index(str(post.uuid)) < found.index(str(newer.uuid)), page
        assert found.count("The moss was soft") == 1
    assert host.post(at("remove_words", "answers", comment.uuid)).status_code == 403
    author.post(at("remove_words", "answers", comment.uuid))
    author.post(at("remove_words", "posts", post.uuid))
    assert list(Post.objects.all()) == [newer]


def test_pages_follow_each_other_without_a_gap(settled: Cast, now: datetime, as_person) -> None:
    said = {"group": settled.group, "author": settled.owner}
    Post.objects.bulk_create(Post(**said, text=f"w{n}", text_html=f"<p>w{n}.</p>") for n in range(45))
    seen: list[str] = []
    url: str | None = reverse("groups:my_feed")
    while url:
        page = as_person(settled.member).get(url)
        seen += re.findall(r"w\d+\.", page.content.decode())
        url = page.context["older"]
    assert sorted(seen) == sorted(f"w{n}." for n in range(45))
    assert as_person(settled.member).get(reverse("groups:my_feed"), {"cursor": "nonsense"}).status_code == 404


@pytest.mark.parametrize("name", ["host", "member"])
@pytest.mark.parametrize("page", ["group", "feed", "post", "mine"])
def test_queries_do_not_grow_with_rows(
    settled: Cast, now: datetime, as_person, name: str, page: str, django_assert_max_num_queries
) -> None:
    post = say(settled.group, settled.owner, now, "Some words")
    urls = {"group": settled.group.get_absolute_url(), "feed": feed_page(settled.group),
            "post": post.get_absolute_url(), "mine": reverse("groups:my_feed")}  # fmt: skip
    for person in make_members(settled.group, 12):
        more = Post.objects.create(group=settled.group, author=person, text="x", text_html="x", pinned_at=now)
        Comment.objects.create(post=post, author=person, text="y", text_html="y")
        more.cheers.create(person=settled.owner)
        Picture.objects.create(group=settled.group, post=more, width=9, height=9, file="pictures/none.webp")
    client = as_person(settled.people[name])
    client.get(urls[page])
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.get(urls[page]).status_code == 200
