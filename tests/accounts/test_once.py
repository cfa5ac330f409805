"""C3: an unsafe request of the API that is sent twice has one effect and one reply."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import resolve
from rest_framework.test import APIClient

from accounts.models import KeptReply, User
from accounts.once import OnceMiddleware
from accounts.sealing import seal_of
from accounts.services import once
from accounts.tasks import forget
from core import clock
from groups.api import answers
from groups.models import Event, Rsvp
from groups.services.events import cancel_event
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

KEY = "8e03978e-40d5-43dd-bc93-6894a57f9324"
GOING, MAYBE = {"answer": "going"}, {"answer": "maybe"}


@pytest.fixture
def phone(cast: Cast) -> APIClient:
    """Return a client signed in as the member, as browsers are; a forced sign-in would pass by the middleware."""
    return signed_in(cast.member)


@pytest.fixture
def event(cast: Cast, now: datetime) -> Event:
    return make_event(cast.group, now)


def signed_in(person: object) -> APIClient:
    client = APIClient()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")  # type: ignore[arg-type]
    return client


def say(client: APIClient, event: Event, body: dict[str, str], key: str = KEY) -> object:
    return client.put(f"/api/v1/events/{event.uuid}/rsvp/", body, headers={"Idempotency-Key": key})


def once_before(view: Callable[[HttpRequest], HttpResponse], person: User) -> HttpResponse:
    """Return what is answered where this view stands at the address of groups."""
    request = RequestFactory().post("/api/v1/groups/", headers={"Idempotency-Key": KEY})
    request.user, request.resolver_match = person, resolve("/api/v1/groups/")
    answer = OnceMiddleware(view).process_view(request, view, [], {})
    assert answer is not None
    return answer


def test_an_address_that_leads_nowhere_takes_no_key(phone: APIClient, cast: Cast) -> None:
    assert phone.post("/api/v1/nowhere/", headers={"Idempotency-Key": KEY}).status_code == 404
    assert not KeptReply.objects.visible_to(cast.member).exists()


def test_the_same_again_gets_the_first_reply(phone: APIClient, event: Event) -> None:
    first = say(phone, event, GOING)
    cancel_event(event=event, now=clock.now())  # so that a second effect would be another reply

    again = say(phone, event, GOING)

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again["Content-Type"] == first["Content-Type"]
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert again["Cache-Control"] == "private, no-store"


def test_headers_are_given_again_too_and_cookies_are_not(cast: Cast, now: datetime) -> None:
    def view(_request: HttpRequest) -> HttpResponse:
        made = HttpResponse("{}", "application/json", 201, headers={"ETag": '"a"', "Location": "/api/v1/groups/1/"})
        made.set_cookie("one", "two")
        return made

    first, again = (once_before(view, cast.member) for _twice in range(2))

    assert dict(again.headers) == {**first.headers, "Idempotent-Replayed": "true"}
    assert not again.cookies


def test_a_reply_kept_by_the_release_before_is_a_body(cast: Cast, now: datetime) -> None:
    said = {"person": cast.member, "key": KEY, "request_hash": "a", "now": now}
    kept = once.begin(**said)
    sealed = seal_of(once.SEAL, KEY).encrypt(b'{"uuid": "1"}')
    KeptReply.objects.visible_to(cast.member).filter(pk=kept.pk).update(status=201, sealed=sealed)
    assert once.begin(**said) == once.Reply(201, "", b'{"uuid": "1"}', {}, now)


def test_a_reply_that_says_no_is_given_again_too(phone: APIClient, event: Event, now: datetime) -> None:
    cancel_event(event=event, now=now)
    first = say(phone, event, GOING)
    Event.objects.update(status=Event.Status.SCHEDULED)
    assert first.status_code == 409
    assert say(phone, event, GOING).content == first.content


def test_control_without_a_key_everything_is_done_again(phone: APIClient, event: Event, now: datetime) -> None:
    address = f"/api/v1/events/{event.uuid}/rsvp/"
    phone.put(address, GOING)
    cancel_event(event=event, now=now)
    assert phone.put(address, GOING).status_code == 409


def test_another_body_or_address_is_another_request(phone: APIClient, cast: Cast, event: Event, now: datetime) -> None:
    say(phone, event, GOING)
    for refused in (say(phone, event, MAYBE), say(phone, make_event(cast.group, now), GOING)):
        assert (refused.status_code, refused.json()["code"]) == (422, "key_taken")
        assert refused["Content-Type"] == "application/problem+json"
    assert Rsvp.objects.get().status == "going"


def test_keys_are_each_persons_own(phone: APIClient, cast: Cast, event: Event) -> None:
    say(phone, event, GOING)
    assert "Idempotent-Replayed" not in say(signed_in(cast.host), event, MAYBE)
    assert Rsvp.objects.count() == 2


def test_while_the_first_runs_the_second_is_asked_to_wait(cast: Cast, now: datetime) -> None:
    seen = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(once_before(view, cast.member))
        return HttpResponse("done")

    assert once_before(view, cast.member).content == b"done"
    [second] = seen
    assert (second.status_code, json.loads(second.content)["code"]) == (409, "in_progress")
    assert 1 <= int(second["Retry-After"]) <= 60


def test_a_stuck_key_frees_itself(cast: Cast, now: datetime) -> None:
    said = {"person": cast.member, "key": KEY, "request_hash": "a"}
    stuck = once.begin(now=now, **said)
    with pytest.raises(once.StillAtIt):
        once.begin(now=now + timedelta(seconds=59), **said)
    taken = once.begin(now=now + timedelta(seconds=60), **said)
    with pytest.raises(once.StillAtIt):  # the first was not dead, only slow: what it did is undone
        once.keep(stuck, once.Reply(200, "", b"late"), person=cast.member, key=KEY)
    assert isinstance(taken, KeptReply)
    assert KeptReply.objects.visible_to(cast.member).get().status is None


def test_keys_are_forgotten_after_a_day(cast: Cast, now: datetime) -> None:
    said = {"person": cast.member, "key": KEY}
    kept = once.begin(now=now, request_hash="a", **said)
    once.keep(kept, once.Reply(200, "", b"yes"), person=cast.member, key=KEY)
    day = now + timedelta(hours=24)
    assert isinstance(once.begin(now=day - timedelta(seconds=1), request_hash="a", **said), once.Reply)
    assert isinstance(once.begin(now=day, request_hash="b", **said), KeptReply)
    with clock.frozen_at(day + timedelta(hours=24)):
        forget()
    assert not KeptReply.objects.visible_to(cast.member).exists()


def test_what_is_kept_tells_nothing_without_the_key(cast: Cast, now: datetime) -> None:
    kept = once.begin(person=cast.member, key=KEY, request_hash="a", now=now)
    once.keep(kept, once.Reply(200, "", b'{"mood_before": 2}', {"Location": "/moody/"}), person=cast.member, key=KEY)
    row = KeptReply.objects.visible_to(cast.member).values().get()
    assert not any(b"mood" in bytes(str(value), "utf-8") for value in row.values())
    assert not any(KEY in str(value) for value in row.values())


def test_a_key_whose_request_broke_is_free_at_once(phone: APIClient, event: Event, monkeypatch) -> None:
    def broken(**_: object) -> None:
        raise RuntimeError

    phone.raise_request_exception = False
    with monkeypatch.context() as patch:
        patch.setattr("groups.api.answers.rsvp", broken)
        assert say(phone, event, GOING).status_code == 500
    assert say(phone, event, GOING).status_code == 200


class Killed(BaseException):
    """What a process that is killed would not say."""


def test_who_is_killed_before_the_reply_is_kept_has_done_nothing(
    phone: APIClient, event: Event, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        assert Rsvp.objects.exists()
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr("accounts.once.keep", killed)
        patch.setattr("accounts.once.let_go", lambda *_, **__: None)
        with pytest.raises(Killed):
            say(phone, event, GOING)

    assert not Rsvp.objects.exists()
    assert say(phone, event, GOING).status_code == 409
    with clock.frozen_at(now + once.STUCK_AFTER):
        answers = [say(phone, event, GOING) for _twice in range(2)]
    assert [(answer.status_code, "Idempotent-Replayed" in answer) for answer in answers] == [(200, False), (200, True)]
    assert Rsvp.objects.count() == 1


def test_who_took_so_long_that_another_has_the_key_is_undone(
    phone: APIClient, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = answers.rsvp

    def slow(**said: Any) -> Rsvp:
        KeptReply.objects.update(begun_at=F("begun_at") + timedelta(seconds=61))  # as whoever takes it over does
        return act(**said)

    monkeypatch.setattr(answers, "rsvp", slow)
    late = say(phone, event, GOING)

    assert (late.status_code, late.json()["code"], "Retry-After" in late) == (409, "in_progress", True)
    assert not Rsvp.objects.exists()


def test_a_reply_that_was_kept_for_all_that_is_not_let_go(cast: Cast, now: datetime) -> None:
    """The commit was done, and the connection lost before it was said."""
    named = {"person": cast.member, "key": KEY}
    kept = once.begin(**named, request_hash="a", now=now)
    once.keep(kept, once.Reply(201, "application/json", b"{}"), **named)
    once.let_go(kept, person=cast.member)
    assert once.begin(**named, request_hash="a", now=now).status == 201


def test_of_what_breaks_half_way_nothing_stays(phone: APIClient, event: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    real = answers.rsvp

    def broken(**said: Any) -> None:
        real(**said)
        raise RuntimeError

    phone.raise_request_exception = False
    monkeypatch.setattr(answers, "rsvp", broken)
    assert say(phone, event, GOING).status_code == 500
    assert not Rsvp.objects.exists()


@pytest.mark.parametrize("key", ["", "x" * 201, "käse"])
def test_keys_are_plain_and_short(phone: APIClient, event: Event, key: str) -> None:
    refused = say(phone, event, GOING, key)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_key")


def test_reading_and_strangers_keep_nothing(phone: APIClient, event: Event, cast: Cast) -> None:
    phone.get("/api/v1/me/", headers={"Idempotency-Key": KEY})
    assert say(APIClient(), event, GOING).status_code == 401
    assert not KeptReply.objects.visible_to(cast.member).exists()


def test_an_app_with_a_token_is_known_too(cast: Cast, event: Event, as_person: Callable[..., Client]) -> None:
    token = as_person(cast.member).cookies["sessionid"].value
    app, headers = APIClient(), {"X-Session-Token": token, "Idempotency-Key": KEY}
    address = f"/api/v1/events/{event.uuid}/rsvp/"
    assert app.put(address, GOING, headers=headers).status_code == 200
    assert app.put(address, GOING, headers=headers)["Idempotent-Replayed"] == "true"


def test_every_unsafe_operation_names_the_key() -> None:
    from drf_spectacular.generators import SchemaGenerator  # noqa: PLC0415

    paths = SchemaGenerator().get_schema(request=None, public=True)["paths"]
    writing = {"post", "put", "patch", "delete"}
    unsafe = [operation for named in paths.values() for method, operation in named.items() if method in writing]
    assert unsafe
    for operation in unsafe:
        assert any(parameter["name"] == "Idempotency-Key" for parameter in operation["parameters"])
        assert {"400", "409", "422"} <= set(operation["responses"])
