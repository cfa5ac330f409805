"""A reply that was kept names nobody whom its person sees no more: a block since, or what was agreed is over."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from rest_framework.test import APIClient

from accounts.models import KeptReply, User
from accounts.sealing import seal_of
from accounts.services.blocks import block, unblock
from accounts.services.erasure import erase
from accounts.services.once import PARTED, SEAL
from accounts.services.standing import close
from groups.models import Buddies, Membership, Noticer, Post
from groups.services.feed import cheer
from groups.services.memberships import leave_group
from groups.services.sharing import share_plan
from tests.groups.feed_kit import say, settle
from tests.groups.kit import make_event
from tests.kit.cast import Cast
from tests.plans.kit import make_plan, make_type

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}


def signed_in(person: User) -> APIClient:
    client = APIClient()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(cast: Cast, now: datetime) -> tuple[str, str, dict[str, Any]]:
    return "POST", "/api/v1/buddies/", {"person": str(cast.owner.uuid)}


def ask_to_notice(cast: Cast, now: datetime) -> tuple[str, str, dict[str, Any]]:
    return "POST", "/api/v1/noticers/", {"friend": str(cast.owner.uuid), "after_days": 7, "words": "Say hello"}


def agree(cast: Cast, now: datetime) -> tuple[str, str, dict[str, Any]]:
    asked = Buddies.objects.create(asked_by=cast.owner, asked=cast.member)
    return "PUT", f"/api/v1/buddies/{asked.uuid}/agreement/", {}


def cheer_beside(cast: Cast, now: datetime) -> tuple[str, str, dict[str, Any]]:
    settle(cast.group, now)
    post = say(cast.group, cast.host, now)
    cheer(post=post, person=cast.owner, now=now)
    return "PUT", f"/api/v1/posts/{post.uuid}/cheer/", {}


def cheer_for(cast: Cast, now: datetime) -> tuple[str, str, dict[str, Any]]:
    settle(cast.group, now)
    return "PUT", f"/api/v1/posts/{say(cast.group, cast.owner, now).uuid}/cheer/", {}


def share_what_is_shared(cast: Cast, now: datetime) -> tuple[str, str, dict[str, Any]]:
    plan = make_plan()
    share_plan(group=cast.group, template=plan, person=cast.owner, now=now)
    return "POST", f"/api/v1/groups/{cast.group.uuid}/plans/", {"template": plan.slug}


def sent(client: APIClient, said: tuple[str, str, dict[str, Any]]) -> Any:
    method, address, body = said
    return getattr(client, method.lower())(address, body, headers=KEY)


@pytest.mark.parametrize("is_mine", [True, False])
@pytest.mark.parametrize("door", [ask, ask_to_notice, agree, cheer_for, share_what_is_shared])
def test_a_block_since_ends_a_reply_that_names_them(cast: Cast, now: datetime, door: Any, is_mine: bool) -> None:
    phone, said = signed_in(cast.member), door(cast, now)
    first = sent(phone, said)
    assert first.status_code in {200, 201}, first.content
    assert cast.owner.display_name in first.content.decode()
    assert sent(phone, said).content == first.content, "control: while both see each other"
    one, other = (cast.member, cast.owner) if is_mine else (cast.owner, cast.member)
    block(person=one, other=other)

    again = sent(phone, said)

    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert cast.owner.display_name not in again.content.decode()
    unblock(person=one, other=other)
    assert sent(phone, said).content == first.content


def is_blocked(cast: Cast, now: datetime) -> None:
    block(person=cast.owner, other=cast.member)


def has_blocked(cast: Cast, now: datetime) -> None:
    block(person=cast.member, other=cast.owner)


def is_erased(cast: Cast, now: datetime) -> None:
    be_erased(cast.owner, now)


def be_erased(person: User, now: datetime) -> None:
    User.objects.filter(pk=person.pk).update(erase_at=now)
    assert erase(person.pk, now=now)


def be_closed(person: User, now: datetime) -> None:
    close(person=person, now=now)


def is_closed(cast: Cast, now: datetime) -> None:
    be_closed(cast.owner, now)


@pytest.mark.parametrize("goes", [is_blocked, has_blocked, is_erased, is_closed])
def test_what_is_told_of_a_post_is_told_as_it_is_now(cast: Cast, now: datetime, goes: Any) -> None:
    phone, said = signed_in(cast.member), cheer_beside(cast, now)
    first = sent(phone, said)
    assert first.json()["cheered_by"] == ["Owner", "Member"]
    assert sent(phone, said).content == first.content
    goes(cast, now)

    again = sent(phone, said)

    assert (again.status_code, again["Idempotent-Replayed"]) == (200, "true")
    assert again.json()["cheered_by"] == ["Member"]
    assert again.content == phone.get(said[1].removesuffix("cheer/")).content


@pytest.mark.parametrize("goes", [is_erased, is_closed])
@pytest.mark.parametrize("door", [ask, agree, cheer_for, share_what_is_shared])
def test_who_is_gone_is_named_no_more(cast: Cast, now: datetime, door: Any, goes: Any) -> None:
    phone, said = signed_in(cast.member), door(cast, now)
    assert cast.owner.display_name in sent(phone, said).content.decode()
    goes(cast, now)

    assert sent(phone, said).status_code == 404


@pytest.mark.parametrize("has_blocked", [True, False])
def test_of_who_has_left_a_host_is_told_the_same_whether_they_are_blocked_or_not(
    cast: Cast, now: datetime, has_blocked: bool
) -> None:
    there = Membership.objects.get(group=cast.group, person=cast.member)
    phone = signed_in(cast.owner)
    said = ("PATCH", f"/api/v1/groups/{cast.group.uuid}/members/{there.uuid}/", {"role": "moderator"})
    assert sent(phone, said).status_code == 200
    if has_blocked:
        block(person=cast.member, other=cast.owner)
    leave_group(group=cast.group, person=cast.member, now=now)

    assert sent(phone, said).status_code == 404


def test_words_that_were_taken_back_are_not_told_again(cast: Cast, now: datetime) -> None:
    phone, said = signed_in(cast.member), cheer_for(cast, now)
    words = sent(phone, said).json()["text"]
    Post.objects.update(text="Said otherwise", text_html="<p>Said otherwise</p>")

    assert sent(phone, said).json()["text"] == "Said otherwise"
    kept = KeptReply.objects.visible_to(cast.member).get()
    opened = seal_of(SEAL, KEY["Idempotency-Key"]).decrypt(bytes(kept.sealed))
    assert words.encode() not in opened, "they are not kept either"
    assert opened.endswith(PARTED)


@pytest.mark.parametrize("goes", [is_blocked, is_erased])
def test_what_anybody_may_write_tells_of_nobody(cast: Cast, now: datetime, goes: Any) -> None:
    """Their UUID, or their name, in my own words and as my own name: else the reply would tell who blocked me."""
    settle(cast.group, now)
    User.objects.filter(pk=cast.member.pk).update(display_name=cast.owner.display_name)
    phone = signed_in(cast.member)
    text = f"{cast.owner.uuid} {cast.owner.display_name}"
    said = ("POST", f"/api/v1/groups/{cast.group.uuid}/posts/", {"text": text})
    first = sent(phone, said)
    assert first.status_code == 201, first.content
    goes(cast, now)

    assert sent(phone, said).content == first.content


def test_words_to_a_friend_may_hold_any_uuid(cast: Cast, now: datetime) -> None:
    phone, (method, address, body) = signed_in(cast.member), ask_to_notice(cast, now)
    said = (method, address, {**body, "words": f"Look at {uuid4()}"})
    first = sent(phone, said)
    assert first.status_code == 201, first.content

    assert sent(phone, said).content == first.content


@pytest.mark.parametrize("end", [be_erased, be_closed])
def test_a_host_is_not_told_again_of_who_is_no_more(cast: Cast, now: datetime, end: Any) -> None:
    there = Membership.objects.get(group=cast.group, person=cast.member)
    phone = signed_in(cast.owner)
    said = ("PATCH", f"/api/v1/groups/{cast.group.uuid}/members/{there.uuid}/", {"role": "moderator"})
    assert sent(phone, said).status_code == 200
    end(cast.member, now)

    assert sent(phone, said).status_code == 404


@pytest.mark.parametrize(("door", "model"), [(ask, Buddies), (ask_to_notice, Noticer), (agree, Buddies)])
def test_so_does_the_end_of_what_was_agreed(cast: Cast, now: datetime, door: Any, model: Any) -> None:
    phone, said = signed_in(cast.member), door(cast, now)
    sent(phone, said)
    model.objects.all().delete()

    assert sent(phone, said).status_code == 404


def test_in_a_batch_too(cast: Cast, now: datetime) -> None:
    phone = signed_in(cast.member)
    method, path, body = ask(cast, now)
    items = [{"id": str(uuid4()), "method": method, "path": path, "body": body}]
    assert phone.post("/api/v1/batch/", {"items": items}).json()["items"][0]["status"] == 201
    block(person=cast.owner, other=cast.member)

    [again] = phone.post("/api/v1/batch/", {"items": items}).json()["items"]

    assert (again["status"], again["body"]["code"]) == (404, "not_found")


def test_a_host_learns_from_no_reply_who_blocked_them(cast: Cast, now: datetime) -> None:
    member = Membership.objects.get(group=cast.group, person=cast.member)
    phone = signed_in(cast.owner)
    said = ("PATCH", f"/api/v1/groups/{cast.group.uuid}/members/{member.uuid}/", {"role": "moderator"})
    first = sent(phone, said)
    assert first.status_code == 200, first.content
    block(person=cast.member, other=cast.owner)

    assert sent(phone, said).content == first.content


def test_what_somebody_did_about_them_is_told_again(cast: Cast, now: datetime) -> None:
    phone = signed_in(cast.member)
    said = ("POST", "/api/v1/blocks/", {"person": str(cast.owner.uuid)})

    first, again = sent(phone, said), sent(phone, said)

    assert (again.status_code, again.content) == (201, first.content)


def test_ones_own_log_is_told_again_whatever_it_says(cast: Cast, now: datetime) -> None:
    make_type("walking")
    phone = signed_in(cast.member)
    body = {"exercise_type": "walking", "minutes": 20, "intensity": "light", "note": cast.owner.display_name}
    said = ("POST", "/api/v1/logs/", body)
    first = sent(phone, said)
    assert first.status_code == 201, first.content
    block(person=cast.owner, other=cast.member)

    assert sent(phone, said).content == first.content


@pytest.mark.parametrize("door", [cheer_for])
def test_a_new_name_hides_nobody_behind_what_they_wrote(cast: Cast, now: datetime, door: Any) -> None:
    phone, said = signed_in(cast.member), door(cast, now)
    assert sent(phone, said).status_code == 200
    User.objects.filter(pk=cast.owner.pk).update(display_name="Somebody New")
    block(person=cast.owner, other=cast.member)

    assert sent(phone, said).status_code == 404


@pytest.mark.parametrize("name", ["status", "going", "guests"])
def test_a_name_that_is_a_word_of_the_reply_is_none(cast: Cast, now: datetime, name: str) -> None:
    User.objects.filter(pk=cast.owner.pk).update(display_name=name)
    phone = signed_in(cast.member)
    said = ("PUT", f"/api/v1/events/{make_event(cast.group, now).uuid}/rsvp/", {"answer": "going"})
    first = sent(phone, said)
    assert first.status_code == 200, first.content
    block(person=cast.owner, other=cast.member)

    assert sent(phone, said).content == first.content


def test_a_name_within_a_word_is_none(cast: Cast, now: datetime) -> None:
    settle(cast.group, now)
    User.objects.filter(pk=cast.owner.pk).update(display_name="a")
    phone = signed_in(cast.member)
    said = ("POST", f"/api/v1/groups/{cast.group.uuid}/posts/", {"text": "At the gate"})
    first = sent(phone, said)
    assert first.status_code == 201, first.content
    block(person=cast.owner, other=cast.member)

    assert sent(phone, said).content == first.content


def test_control_a_block_of_whom_it_does_not_name_changes_nothing(cast: Cast, now: datetime) -> None:
    phone, said = signed_in(cast.member), ask(cast, now)
    first = sent(phone, said)
    block(person=cast.host, other=cast.member)

    assert sent(phone, said).content == first.content
