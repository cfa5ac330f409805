"""C3 and A9: a key opens no door. What is refused without `Idempotency-Key` is refused in the same words with it."""

import io
import os
from datetime import datetime
from typing import Any

import pytest
from django.test.client import encode_multipart
from PIL import Image
from rest_framework.test import APIClient

from accounts.models import KeptReply, User
from accounts.services.leaving import ask_to_leave
from accounts.services.tokens import create_token
from core import clock
from groups.models import Group
from groups.services.invitations import invite
from groups.services.removing import ban_member
from tests.groups.kit import make_event
from tests.kit.cast import LONG_AGO, Cast, make_person

pytestmark = pytest.mark.django_db
KEY = {"Idempotency-Key": "8e03978e-40d5-43dd-bc93-6894a57f9324"}
ME, FEED, TOKENS = "/api/v1/me/", "/api/v1/calendar-feed/", "/api/v1/me/tokens/"
NAME = {"display_name": "Zed"}
TOKEN = {"name": "Watch", "kind": "app", "scope": "read"}


def browser(person: User) -> APIClient:
    client = APIClient()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def bearer(person: User, scope: str) -> dict[str, str]:
    _row, secret = create_token(person=person, name=scope, kind="app", scope=scope, now=clock.now())
    return {"Authorization": f"Bearer {secret}"}


def same_refusal(with_key: Any, without: Any, code: str) -> None:
    assert (with_key.status_code, with_key.json()["code"]) == (403, code)
    assert (with_key.status_code, with_key.content) == (without.status_code, without.content)
    assert "Idempotent-Replayed" not in with_key


@pytest.mark.parametrize("first", ["session", "write"])
def test_a_token_that_reads_gets_no_reply_of_a_write(cast: Cast, first: str) -> None:
    known = {} if first == "session" else bearer(cast.member, "write")
    client = browser(cast.member) if first == "session" else APIClient()
    assert client.patch(ME, NAME, headers=KEY | known).status_code == 200
    reads = bearer(cast.member, "read")

    again = APIClient().patch(ME, NAME, headers=KEY | reads)

    same_refusal(again, APIClient().patch(ME, NAME, headers=reads), "token_only_reads")


@pytest.mark.parametrize("scope", ["read", "write"])
@pytest.mark.parametrize(("address", "body"), [(FEED, {}), (TOKENS, TOKEN)])
def test_no_token_gets_a_credential_that_a_session_made(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, address: str, body: dict[str, str], scope: str
) -> None:
    monkeypatch.setattr("accounts.api.tokens.require_fresh", lambda *_: None)  # the password was given just now
    client = browser(cast.member)
    assert client.post(address, body, headers=KEY).status_code in {200, 201}
    known = bearer(cast.member, scope)

    again = APIClient().post(address, body, headers=KEY | known)

    same_refusal(again, APIClient().post(address, body, headers=known), "not_by_token")


def test_a_refused_token_takes_no_key(cast: Cast) -> None:
    APIClient().patch(ME, NAME, headers=KEY | bearer(cast.member, "read"))
    assert not KeptReply.objects.visible_to(cast.member).exists()
    assert browser(cast.member).patch(ME, {"display_name": "Other"}, headers=KEY).status_code == 200


def test_control_after_signing_in_anew_it_is_given_again(cast: Cast) -> None:
    first = browser(cast.member).patch(ME, NAME, headers=KEY)
    again = browser(cast.member).patch(ME, NAME, headers=KEY)
    assert (again.content, again["Idempotent-Replayed"]) == (first.content, "true")


def test_who_is_leaving_gets_no_reply_from_before(cast: Cast, now: datetime) -> None:
    client = browser(cast.member)
    assert client.patch(ME, NAME, headers=KEY).status_code == 200
    ask_to_leave(person=cast.member, kept=client.session, now=now)

    again = client.patch(ME, NAME, headers=KEY)

    same_refusal(again, client.patch(ME, NAME), "leaving")


def a_picture(width: int) -> bytes:
    sent = io.BytesIO()
    Image.frombytes("RGB", (width, width), os.urandom(width * width * 3)).save(sent, "PNG")
    return sent.getvalue()


def put_picture(client: APIClient, cast: Cast, picture: bytes, boundary: str) -> Any:
    file = io.BytesIO(picture)
    file.name = "a.png"
    return client.generic(
        "PUT",
        f"/api/v1/groups/{cast.group.uuid}/picture/",
        encode_multipart(boundary, {"picture": file}),  # type: ignore[arg-type]
        content_type=f"multipart/form-data; boundary={boundary}",
        headers=KEY,
    )


@pytest.mark.parametrize("width", [50, 1000])
def test_a_picture_that_is_put_again_is_the_same_whatever_its_boundary(cast: Cast, width: int) -> None:
    client, picture = browser(cast.owner), a_picture(width)
    first = put_picture(client, cast, picture, "aaaa")
    assert first.status_code == 200, first.content

    again = put_picture(client, cast, picture, "bbbb")

    assert (again.status_code, again.content) == (200, first.content)
    assert again["Idempotent-Replayed"] == "true"
    other = put_picture(client, cast, a_picture(50), "aaaa")
    assert (other.status_code, other.json()["code"]) == (422, "key_taken")


def test_a_form_where_none_is_taken_is_refused_as_without_a_key(cast: Cast) -> None:
    client = browser(cast.member)
    answers = [client.patch(ME, NAME, format="multipart", headers=headers) for headers in ({}, KEY)]
    assert [answer.status_code for answer in answers] == [415, 415]


def test_an_invitation_is_answered_no_more_to_who_was_banned(cast: Cast, now: datetime) -> None:
    Group.objects.update(visibility="private", join_policy="invitation")
    group = Group.objects.get(pk=cast.group.pk)
    _made, secret = invite(group=group, host=cast.owner, now=now)
    person = make_person("nia", joined_at=LONG_AGO)
    client, address = browser(person), f"/api/v1/invitations/{secret}/"
    first = client.post(address, {}, headers=KEY)
    assert first.status_code == 200
    assert client.post(address, {}, headers=KEY).content == first.content, "control: while one is in the group"
    ban_member(group=group, person=person, by=cast.owner, now=clock.now())

    again = client.post(address, {}, headers=KEY)

    assert (again.status_code, again.json()["code"]) == (404, "not_found")
    assert group.name not in again.content.decode()
    assert client.post(address, {}).status_code == 404


def test_control_who_is_refused_outside_is_refused_again(cast: Cast, now: datetime) -> None:
    event = make_event(cast.group, now)
    client, address = browser(cast.stranger), f"/api/v1/events/{event.uuid}/rsvp/"
    first, again = (client.put(address, {"answer": "nonsense"}, headers=KEY) for _twice in range(2))
    assert (again.status_code, again.content) == (400, first.content)
    assert again["Idempotent-Replayed"] == "true"


def test_control_who_asks_from_outside_is_answered_again(cast: Cast) -> None:
    Group.objects.update(join_policy="request")
    client, address = browser(make_person("nia", joined_at=LONG_AGO)), f"/api/v1/groups/{cast.group.uuid}/requests/"
    answers = [client.post(address, {}, headers=KEY) for _twice in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].content == answers[1].content
