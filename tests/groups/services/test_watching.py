"""Looking after what is said: let through, hidden, shown again, kept on top."""

from datetime import datetime

import pytest

from core.errors import DomainError, NotPermitted
from groups.models import Membership, Post, Role
from groups.services.watching import look_after, pin
from moderation.models import ActionLog, Decision
from tests.groups.feed_kit import answer, say, settle
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(cast: Cast, now: datetime) -> Post:
    settle(cast.group, now)
    cast.owner.refresh_from_db()
    return say(cast.group, cast.owner, now)


@pytest.mark.parametrize("role", [Role.OWNER, Role.HOST, Role.MODERATOR])
def test_who_looks_after_the_group_lets_through_hides_and_shows(
    cast: Cast, post: Post, now: datetime, role: str
) -> None:
    Membership.objects.filter(person=cast.host).update(role=role)
    Post.objects.update(held_at=now)
    look_after(words=post, person=cast.host, act="let_through", now=now)
    post.refresh_from_db()
    assert post.is_shown
    for act, is_shown in (("hide", False), ("show", True)):
        look_after(words=post, person=cast.host, act=act, now=now)
        post.refresh_from_db()
        assert post.is_shown is is_shown
    assert list(ActionLog.objects.order_by("pk").values_list("act", flat=True)) == [
        "group_let_through", "group_hide", "group_show",
    ]  # fmt: skip


def test_others_do_not(cast: Cast, post: Post, now: datetime) -> None:
    for name in ("member", "stranger", "superuser"):
        with pytest.raises(NotPermitted):
            look_after(words=post, person=cast.people[name], act="hide", now=now)
        with pytest.raises(NotPermitted):
            pin(post=post, person=cast.people[name], is_on=True, now=now)


def test_what_is_hidden_while_it_waits_waits_no_more(cast: Cast, post: Post, now: datetime) -> None:
    comment = answer(post, cast.owner, now)
    type(comment).objects.update(held_at=now)
    look_after(words=comment, person=cast.host, act="hide", now=now)
    comment.refresh_from_db()
    assert (comment.held_at, comment.hidden_at) == (None, now)


def test_doing_it_again_is_no_act(cast: Cast, post: Post, now: datetime) -> None:
    for _twice in range(2):
        look_after(words=post, person=cast.host, act="hide", now=now)
    assert ActionLog.objects.count() == 1


def test_what_the_sites_moderators_hid_stays_hidden(cast: Cast, post: Post, now: datetime) -> None:
    Post.objects.update(hidden_at=now)
    decided = Decision.objects.create(about_kind="post", about_id=post.uuid, act=Decision.Act.HIDE)
    with pytest.raises(NotPermitted, match="decided"):
        look_after(words=post, person=cast.host, act="show", now=now)
    decided.undone_at = now
    decided.save()
    look_after(words=post, person=cast.host, act="show", now=now)
    post.refresh_from_db()
    assert post.is_shown


def test_an_unknown_act_is_refused(cast: Cast, post: Post, now: datetime) -> None:
    with pytest.raises(DomainError, match="unknown_act"):
        look_after(words=post, person=cast.host, act="dance", now=now)


def test_a_host_keeps_a_post_on_top_and_lets_it_go(cast: Cast, post: Post, now: datetime) -> None:
    pin(post=post, person=cast.host, is_on=True, now=now)
    assert list(Post.objects.all().pinned()) == [post]
    pin(post=post, person=cast.host, is_on=False, now=now)
    assert not Post.objects.all().pinned().exists()
