"""Who just looks is known to hosts and to themselves: nothing that they left tells others that they are back."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from accounts.models import User
from core.errors import NotPermitted
from groups.models import Cheer, Comment, PlanShare, Post
from groups.services.feed import write_post
from groups.services.memberships import leave_group, look, take_part
from groups.services.pictures import Sent
from groups.services.sharing import share_plan
from tests.kit.cast import Cast
from tests.plans.kit import make_plan

pytestmark = pytest.mark.django_db
type ApiAs = Callable[[User], Any]


def told(cast: Cast, viewer: User, api_as: ApiAs) -> dict[str, Any]:
    """Return what the API tells somebody of the words and plans of the group."""
    client, group = api_as(viewer), f"/api/v1/groups/{cast.group.uuid}"
    posts = client.get(f"{group}/posts/").json()["results"]
    return {
        "posts": {post["text"] for post in posts},
        "comments": sum(post["comment_count"] for post in posts),
        "cheers": [name for post in posts for name in post["cheered_by"]],
        "plans": [str(share["shared_by"]) for share in client.get(f"{group}/plans/").json()],
    }


@pytest.fixture
def back(cast: Cast, now: datetime) -> User:
    """Somebody who wrote, cheered and shared, left, and looks at the group again."""
    _theirs, post = (
        Post.objects.create(group=cast.group, author=author, text=text, text_html=text, created_at=now)
        for author, text in ((cast.member, "Theirs"), (cast.owner, "Owner's"))
    )
    Comment.objects.create(post=post, author=cast.member, text="Yes", text_html="Yes", created_at=now)
    Cheer.objects.create(post=post, person=cast.member)
    share_plan(group=cast.group, person=cast.member, template=make_plan(), now=now)
    leave_group(group=cast.group, person=cast.member, now=now)
    look(group=cast.group, person=cast.member, now=now)
    return cast.member


def test_what_they_left_is_not_shown_and_comes_back_with_them(
    cast: Cast, now: datetime, back: User, api_as: ApiAs
) -> None:
    assert told(cast, cast.host, api_as) == {"posts": {"Owner's"}, "comments": 0, "cheers": [], "plans": []}

    take_part(group=cast.group, person=back, now=now)

    seen = told(cast, cast.host, api_as)
    assert (seen["posts"], seen["comments"]) == ({"Theirs", "Owner's"}, 1)
    assert (len(seen["cheers"]), len(seen["plans"])) == (1, 1)


def test_they_find_it_themselves(cast: Cast, back: User, api_as: ApiAs) -> None:
    seen = told(cast, back, api_as)
    assert (seen["posts"], seen["comments"]) == ({"Theirs", "Owner's"}, 1)
    assert (len(seen["cheers"]), len(seen["plans"])) == (1, 1)


def test_no_picture_of_theirs_is_made_anew(cast: Cast, now: datetime) -> None:
    look(group=cast.group, person=cast.stranger, now=now)
    with pytest.raises(NotPermitted):
        write_post(group=cast.group, person=cast.stranger, text="Hi", pictures=[Sent(b"no picture")], now=now)


def test_they_share_no_plan(cast: Cast, now: datetime, as_person: Any) -> None:
    look(group=cast.group, person=cast.stranger, now=now)
    with pytest.raises(NotPermitted) as refused:
        share_plan(group=cast.group, person=cast.stranger, template=make_plan(), now=now)

    assert refused.value.code == "not_taking_part"
    assert not PlanShare.objects.exists()
    address = cast.group.get_absolute_url()
    assert "Share a plan" not in as_person(cast.stranger).get(address).content.decode()
    assert "Share a plan" in as_person(cast.member).get(address).content.decode()
