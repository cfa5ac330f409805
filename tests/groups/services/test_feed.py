"""Posts, answers and cheers: who writes them, what becomes of them, who is told."""

from datetime import datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from accounts.models import User
from core.errors import DomainError, NotPermitted
from groups.models import Cheer, Comment, Membership, Picture, Post
from groups.services import feed
from groups.services.feed import change_words, cheer, remove_words, take_back_cheer
from groups.services.pictures import Sent, small_name
from notifications import kinds
from notifications.kinds import Content, Hold
from notifications.models import Notification
from tests.groups.feed_kit import a_picture, answer, make_new, say, settle
from tests.kit.cast import Cast, make_person
from tests.kit.samples import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(cast: Cast, now: datetime) -> Cast:
    settle(cast.group, now)
    for person in cast.people.values():
        person.refresh_from_db()
    return cast


def test_a_member_says_something_in_markdown(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.member, now, "  A **quiet** word  ")
    assert (post.text, post.text_html) == ("A **quiet** word", "<p>A <strong>quiet</strong> word</p>\n")
    assert post.is_shown


@pytest.mark.parametrize("name", ["applicant", "banned", "stranger", "superuser"])
def test_nobody_else_writes(settled: Cast, now: datetime, name: str) -> None:
    post = say(settled.group, settled.owner, now)
    person = settled.people[name]
    with pytest.raises(NotPermitted):
        say(settled.group, person, now)
    with pytest.raises(NotPermitted):
        answer(post, person, now)
    with pytest.raises(NotPermitted):
        cheer(post=post, person=person, now=now)


@pytest.mark.parametrize("change", [{"is_looking": True}, {"left_at": datetime.fromisoformat("2026-01-06T09:00Z")}])
def test_who_only_looks_or_left_does_not_write(settled: Cast, now: datetime, change: dict[str, object]) -> None:
    Membership.objects.filter(person=settled.member).update(**change)
    with pytest.raises(NotPermitted) as refused:
        say(settled.group, settled.member, now)
    assert refused.value.code == "not_taking_part"


def test_who_is_suspended_or_in_a_closed_group_does_not_write(settled: Cast, now: datetime) -> None:
    settled.group.closed_at = now
    with pytest.raises(NotPermitted, match="group_closed"):
        say(settled.group, settled.member, now)
    settled.member.suspended_until = now + timedelta(days=1)
    with pytest.raises(NotPermitted, match="suspended"):
        say(settled.group, settled.member, now)


def test_no_words_are_refused_beside_the_field(settled: Cast, now: datetime) -> None:
    with pytest.raises(DomainError) as refused:
        say(settled.group, settled.member, now, " \n ")
    assert (refused.value.code, refused.value.field) == ("no_words", "text")


def test_pictures_hang_on_a_post_in_their_order(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.member, now, pictures=[a_picture("A bench"), a_picture("A gate")])
    pictures = list(Picture.objects.filter(post=post).order_by("pk"))
    assert [p.alt for p in pictures] == ["A bench", "A gate"]
    assert all((p.width, p.height) == (60, 40) for p in pictures)
    for picture in pictures:
        assert default_storage.exists(picture.file.name)
        assert default_storage.exists(small_name(picture.file.name))


def test_a_refused_picture_names_its_field_and_nothing_is_kept(settled: Cast, now: datetime) -> None:
    broken = Sent(HOSTILE["svg"][0](), field="picture_2")
    with pytest.raises(DomainError) as refused:
        say(settled.group, settled.member, now, pictures=[a_picture(), broken])
    assert (refused.value.code, refused.value.field) == ("picture_unreadable", "picture_2")
    with pytest.raises(DomainError, match="too_many_pictures"):
        say(settled.group, settled.member, now, pictures=[a_picture()] * 5)
    assert not Post.objects.exists()


def test_files_go_with_a_post_once_that_is_certain(
    settled: Cast, now: datetime, django_capture_on_commit_callbacks
) -> None:
    post = say(settled.group, settled.member, now, pictures=[a_picture()])
    name = Picture.objects.get(post=post).file.name
    with django_capture_on_commit_callbacks() as after:
        remove_words(words=post, person=settled.member)
    assert default_storage.exists(name)
    for callback in after:
        callback()
    assert not default_storage.exists(name)
    assert not default_storage.exists(small_name(name))
    assert not Picture.objects.exists()


def test_only_its_author_changes_or_removes(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.member, now)
    for person in (settled.owner, settled.host):
        with pytest.raises(NotPermitted, match="not_yours"):
            change_words(words=post, person=person, text="Better so", now=now)
        with pytest.raises(NotPermitted, match="not_yours"):
            remove_words(words=post, person=person)
    change_words(words=post, person=settled.member, text="Better *so*", now=now)
    post.refresh_from_db()
    assert (post.text_html, post.edited_at) == ("<p>Better <em>so</em></p>\n", now)


def test_a_cheer_is_one_and_is_taken_back(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.owner, now)
    for _twice in range(2):
        cheer(post=post, person=settled.member, now=now)
    assert Cheer.objects.count() == 1
    take_back_cheer(post=post, person=settled.member)
    assert not Cheer.objects.exists()


def test_an_announcement_is_told_once_to_everybody_else(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.host, now, "We meet at the **gate**", is_announcement=True)
    change_words(words=post, person=settled.host, text="We meet at the bridge", now=now)
    told = Notification.objects.filter(kind="group_announcement")
    assert {notice.person for notice in told} == {settled.owner, settled.member, settled.blocked}
    notice = told.get(person=settled.member)
    assert "gate" not in str(vars(notice)), "a notice holds no text"
    content = kinds.get("group_announcement").prepare(notice, now)
    assert isinstance(content, Content)
    assert (content.context["text"], content.path) == ("We meet at the bridge", post.get_absolute_url())


def test_members_do_not_announce(settled: Cast, now: datetime) -> None:
    with pytest.raises(NotPermitted, match="not_a_host"):
        say(settled.group, settled.member, now, is_announcement=True)


def test_an_announcement_is_looked_at_again_before_it_is_sent(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.host, now, is_announcement=True)
    notice, prepare = Notification.objects.get(person=settled.member), kinds.get("group_announcement").prepare
    assert prepare(notice, now + timedelta(days=4)) == Hold("old_news")
    Post.objects.update(hidden_at=now)
    assert prepare(notice, now) == Hold("not_visible")
    Post.objects.update(hidden_at=None)
    Membership.objects.filter(person=settled.member).update(left_at=now)
    assert prepare(notice, now) == Hold("not_visible")
    remove_words(words=post, person=settled.host)
    assert prepare(notice, now) == Hold("not_visible")


# Limits ------------------------------------------------------------------------------------------
def newcomer(cast: Cast, now: datetime) -> User:
    return make_new(cast.member, now)


@pytest.mark.parametrize(
    "text",
    ["See https://pills.example/now", "[here](https://pills.example)", "Write to me@pills.example",
     "go to WWW.pills.example", "pills.com has it", "<https://pills.example>"],
)  # fmt: skip
def test_a_link_of_a_newcomer_waits_for_a_look(settled: Cast, now: datetime, text: str) -> None:
    person = newcomer(settled, now)
    post = say(settled.group, person, now, text)
    assert post.held_at == now
    assert Post.objects.visible_to(person).filter(pk=post.pk).exists()
    assert Post.objects.visible_to(settled.host).filter(pk=post.pk).exists()
    assert not Post.objects.visible_to(make_member(settled)).filter(pk=post.pk).exists()


def make_member(cast: Cast) -> User:
    person = make_person("walker")
    Membership.objects.create(group=cast.group, person=person)
    return person


@pytest.mark.parametrize("text", ["I was there at 7.30 today", "Lovely.The path was dry", "Bring water, e.g. a litre"])
def test_words_without_a_link_do_not_wait(settled: Cast, now: datetime, text: str) -> None:
    assert say(settled.group, newcomer(settled, now), now, text).held_at is None


def test_a_link_of_who_is_known_does_not_wait(settled: Cast, now: datetime) -> None:
    assert say(settled.group, settled.member, now, "See https://map.example").held_at is None
    make_new(settled.host, now)
    assert say(settled.group, settled.host, now, "See https://map.example/2").held_at is None


def test_somebody_new_in_this_group_alone_is_a_newcomer_too(settled: Cast, now: datetime) -> None:
    Membership.objects.filter(person=settled.member).update(joined_at=now - timedelta(hours=3))
    assert say(settled.group, settled.member, now, "See https://map.example").held_at == now


def test_a_link_that_a_newcomer_adds_later_waits_too(settled: Cast, now: datetime) -> None:
    person = newcomer(settled, now)
    post = say(settled.group, person, now)
    comment = answer(post, person, now)
    for words in (post, comment):
        change_words(words=words, person=person, text=f"See https://pills.example/{words.uuid}", now=now)
        words.refresh_from_db()
        assert words.held_at == now


@pytest.mark.parametrize(("is_new", "most"), [(False, 5), (True, 2)])
def test_posts_in_a_short_time_are_limited(settled: Cast, now: datetime, is_new: bool, most: int) -> None:
    person = newcomer(settled, now) if is_new else settled.member
    for number in range(most):
        say(settled.group, person, now, f"Something new, number {number}")
    with pytest.raises(DomainError) as refused:
        say(settled.group, person, now, "One more thing")
    assert (refused.value.code, refused.value.status) == ("too_fast", 429)
    say(settled.group, person, now + timedelta(minutes=11), "One more thing")


def test_posts_of_a_day_are_limited_and_of_others_are_not(settled: Cast, now: datetime) -> None:
    for number in range(30):
        say(settled.group, settled.member, now + number * timedelta(minutes=20), f"Something new, number {number}")
    with pytest.raises(DomainError, match="too_fast"):
        say(settled.group, settled.member, now + timedelta(hours=12), "One more thing")
    say(settled.group, settled.owner, now + timedelta(hours=12), "One more thing")


def test_answers_and_cheers_in_a_short_time_are_limited(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.owner, now)
    for number in range(20):
        answer(post, settled.member, now, f"Answer number {number}")
    with pytest.raises(DomainError, match="too_fast"):
        answer(post, settled.member, now, "One more answer")
    posts = [Post.objects.create(group=settled.group, author=settled.owner, text=str(n)) for n in range(61)]
    for one in posts[:60]:
        cheer(post=one, person=settled.member, now=now)
    with pytest.raises(DomainError, match="too_fast"):
        cheer(post=posts[60], person=settled.member, now=now)


def test_the_same_again_is_refused_within_a_day(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.member, now, "Buy these wonderful shoes today")
    for text in ("Buy these wonderful shoes today", "  BUY these wonderful *shoes* today!!! "):
        with pytest.raises(DomainError, match="said_already"):
            say(settled.group, settled.member, now, text)
        with pytest.raises(DomainError, match="said_already"):
            answer(post, settled.member, now, text)
    say(settled.group, settled.owner, now, "Buy these wonderful shoes today")
    say(settled.group, settled.member, now + timedelta(days=1, minutes=1), "Buy these wonderful shoes today")


def test_a_short_answer_may_be_given_to_many_and_once_to_each(settled: Cast, now: datetime) -> None:
    first, second = (say(settled.group, settled.owner, now, text) for text in ("One walk", "Another walk"))
    answer(first, settled.member, now, "Thank you")
    answer(second, settled.member, now, "Thank you")
    with pytest.raises(DomainError, match="said_already"):
        answer(first, settled.member, now, "thank you!")
    assert Comment.objects.count() == 2


def test_saying_it_unchanged_when_changing_is_no_repetition(settled: Cast, now: datetime) -> None:
    post = say(settled.group, settled.member, now, "Buy these wonderful shoes today")
    feed.change_words(words=post, person=settled.member, text="Buy these wonderful shoes, today", now=now)
