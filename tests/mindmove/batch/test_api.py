"""A batch: each change as if it had come alone."""

import json
import logging
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import KeptReply, User
from groups.models import Rsvp
from mindmove.batch.api import MOST
from plans.models import SessionLog
from tests.groups.kit import make_event
from tests.kit.cast import Cast
from tests.plans.kit import make_type

pytestmark = pytest.mark.django_db

URL = "/api/v1/batch/"
LOGS = "/api/v1/logs/"
LOG = {"exercise_type": "walking", "minutes": 12, "intensity": "light"}
type Part = dict[str, Any]


def signed_in(person: User) -> APIClient:
    client = APIClient(raise_request_exception=False)
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def phone(cast: Cast, now: datetime) -> APIClient:
    make_type("walking")
    return signed_in(cast.member)


def part(method: str, path: str, body: Any = None, **more: Any) -> Part:
    return {"id": str(uuid4()), "method": method, "path": path, **({} if body is None else {"body": body}), **more}


def sent(client: APIClient, *parts: Part) -> list[Part]:
    answer = client.post(URL, {"items": list(parts)})
    assert answer.status_code == 200, answer.content
    return answer.json()["items"]


def statuses(client: APIClient, *parts: Part) -> list[int]:
    return [outcome["status"] for outcome in sent(client, *parts)]


def test_each_is_answered_in_order_as_alone(cast: Cast, now: datetime, phone: APIClient) -> None:
    event, uuid = make_event(cast.group, now), str(uuid4())
    parts = [
        part("POST", LOGS, {**LOG, "uuid": uuid}),
        part("PATCH", f"{LOGS}{uuid}/", {"minutes": 0}),
        part("PUT", f"/api/v1/events/{event.uuid}/rsvp/", {"answer": "going"}),
        part("DELETE", f"/api/v1/events/{event.uuid}/rsvp/"),
    ]

    outcomes = sent(phone, *parts)

    assert [one["id"] for one in outcomes] == [one["id"] for one in parts]
    assert [one["status"] for one in outcomes] == [201, 400, 200, 204]
    made, refused, _said, taken_back = outcomes
    alone = phone.get(f"{LOGS}{uuid}/")
    assert (made["body"], made["headers"]) == (alone.json(), {"etag": alone["ETag"]})
    assert refused["body"]["errors"][0]["field"] == "minutes"
    assert taken_back["body"] is None
    assert not Rsvp.objects.filter(event=event, person=cast.member).exists()


def test_a_log_whose_step_went_meanwhile_is_taken_without_it(phone: APIClient) -> None:
    parts = [part("POST", path, {**LOG, "session": 10**9}) for path in (LOGS, "/api/v1/beginnings/")]
    assert [(one["status"], one["body"]["session"]) for one in sent(phone, *parts)] == [(201, None), (201, None)]


def test_sent_again_it_has_no_second_effect(phone: APIClient) -> None:
    parts = [part("POST", LOGS, LOG), part("POST", LOGS, {**LOG, "minutes": 0})]
    first = sent(phone, *parts)

    again = sent(phone, *reversed(parts))

    assert SessionLog.objects.count() == 1
    assert [one["body"] for one in again] == [one["body"] for one in reversed(first)]
    assert first[0]["headers"].keys() == {"etag"}
    assert [one["headers"] for one in again] == [
        {**one["headers"], "idempotent-replayed": "true"} for one in reversed(first)
    ]
    other = sent(phone, {**parts[0], "body": {**LOG, "minutes": 13}})
    assert (other[0]["status"], other[0]["body"]["code"]) == (422, "key_taken")


def test_the_order_of_names_in_a_body_makes_no_other_request(phone: APIClient) -> None:
    one = part("POST", LOGS, LOG)
    turned = {**one, "body": dict(reversed(LOG.items()))}
    assert statuses(phone, one, turned) == [201, 201]
    assert SessionLog.objects.count() == 1


def test_the_whole_is_kept_by_its_parts_alone(phone: APIClient, cast: Cast) -> None:
    body = {"items": [part("POST", LOGS, LOG)]}
    for _time in range(2):
        phone.post(URL, body, headers={"Idempotency-Key": "the-whole"})
    assert SessionLog.objects.count() == KeptReply.objects.visible_to(cast.member).count() == 1


def test_a_change_of_an_old_version_is_refused_and_may_be_sent_anew(phone: APIClient) -> None:
    made = sent(phone, part("POST", LOGS, LOG))[0]
    path, tag = f"{LOGS}{made['body']['uuid']}/", made["headers"]["etag"]
    change = part("PATCH", path, {"minutes": 20}, if_match=tag)
    phone.patch(path, {"minutes": 30})

    late = sent(phone, change)[0]
    read = phone.get(path)["ETag"]
    then = sent(phone, {**change, "if_match": read})[0]

    assert (late["status"], late["body"]["code"]) == (412, "precondition_failed")
    assert (then["status"], then["body"]["minutes"]) == (200, 20)


@pytest.mark.parametrize(
    "path",
    ["/", "/me/settings/", "/admin/", "/_allauth/app/v1/auth/session", "//api/v1/logs/", "/api/v1/no-such/",
     "/api/v1/../../admin/", "/api/v1/%2e%2e/%2e%2e/me/settings/", "/api/v1/logs%00/", "/api/v1/%ff/", "/healthz",
     "/api/v1/logs"],
)  # fmt: skip
def test_what_is_no_address_of_the_api_is_not_there(phone: APIClient, path: str) -> None:
    hidden, after = sent(phone, part("POST", path, LOG), part("POST", LOGS, LOG))
    assert hidden["status"] in {400, 404}
    assert hidden["body"]["code"] in {"no_such_sign", "not_found"}
    assert after["status"] == 201


@pytest.mark.parametrize("path", [URL, "/api/v1/%62atch/", f"{URL}?x=1"])
def test_a_batch_stands_in_no_other(phone: APIClient, path: str) -> None:
    inner = part("POST", path, {"items": [part("POST", LOGS, LOG)]})
    outcome = sent(phone, inner)[0]
    assert (outcome["status"], outcome["body"]["code"]) == (400, "batch_in_batch")
    assert not SessionLog.objects.exists()


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([], "items"),
        ([part("POST", LOGS, LOG)] * (MOST + 1), "items"),
        ([part("GET", LOGS)], "items.0.method"),
        ([part("POST", "https://elsewhere.example/api/v1/logs/")], "items.0.path"),
        ([part("POST", "/api/v1/日志/")], "items.0.path"),
        ([part("POST", "/" + "x" * 500)], "items.0.path"),
        ([{**part("POST", LOGS, LOG), "id": "one"}], "items.0.id"),
        ([{"method": "POST", "path": LOGS}], "items.0.id"),
        ([part("POST", LOGS, LOG, if_match="x\ny")], "items.0.if_match"),
        ("everything", "items"),
    ],
)
def test_what_is_no_batch_is_refused_as_a_whole(phone: APIClient, parts: Any, field: str) -> None:
    answer = phone.post(URL, {"items": parts})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"].startswith(field)
    assert not SessionLog.objects.exists()


@pytest.mark.parametrize("body", [None, [], "x", 7, {"uuid": {}}, {"minutes": 10**40, **LOG}, {"exercise_type": []}])
def test_hostile_bodies_are_refused_alone(phone: APIClient, body: Any) -> None:
    hostile = {"id": str(uuid4()), "method": "POST", "path": LOGS, "body": body}
    assert statuses(phone, hostile, part("POST", LOGS, LOG)) in ([400, 201], [201, 201])


def test_one_that_crashes_takes_only_itself_back(
    phone: APIClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from plans.api import views  # noqa: PLC0415 - what is broken below

    real = views.log_session

    def broken(**details: Any) -> SessionLog:
        log = real(**details)
        if log.minutes == 13:
            raise RuntimeError("broken on purpose")
        return log

    monkeypatch.setattr(views, "log_session", broken)
    parts = [part("POST", LOGS, {**LOG, "minutes": minutes}) for minutes in (12, 13, 14)]

    with caplog.at_level(logging.ERROR, "django.request"):
        outcomes = sent(phone, *parts)

    assert [one["status"] for one in outcomes] == [201, 500, 201]
    assert outcomes[1]["body"]["code"] == "our_fault"
    assert sorted(SessionLog.objects.values_list("minutes", flat=True)) == [12, 14]
    (record,) = [one for one in caplog.records if one.exc_info]
    assert (record.exc_info[0], record.request.path) == (RuntimeError, LOGS)  # type: ignore[index, attr-defined]
    monkeypatch.setattr(views, "log_session", real)
    assert statuses(phone, *parts) == [201, 201, 201]
    assert SessionLog.objects.count() == 3


def test_each_is_asked_who_sends_it(cast: Cast, phone: APIClient) -> None:
    app, visitor = Client(), Client()
    app.force_login(cast.member, backend="django.contrib.auth.backends.ModelBackend")
    token = {"X-Session-Token": app.session.session_key}
    body = {"items": [part("POST", LOGS, LOG), part("PATCH", f"/api/v1/groups/{cast.group.uuid}/", {}, if_match="*")]}

    by_token = visitor.post(URL, body, content_type="application/json", headers=token)
    by_nobody = visitor.post(URL, body, content_type="application/json")

    assert [one["status"] for one in by_token.json()["items"]] == [201, 403]
    assert by_nobody.status_code == 401
    assert SessionLog.objects.get().person == cast.member


def test_a_browser_sends_its_token_against_forged_requests_once(cast: Cast, phone: APIClient) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.member, backend="django.contrib.auth.backends.ModelBackend")
    token = "x" * 32
    browser.cookies["csrftoken"] = token
    body = json.dumps({"items": [part("POST", LOGS, LOG)]})

    forged = browser.post(URL, body, content_type="application/json")
    meant = browser.post(URL, body, content_type="application/json", headers={"X-CSRFToken": token})

    assert (forged.status_code, meant.status_code) == (403, 200)
    assert meant.json()["items"][0]["status"] == 201


def test_each_speaks_the_language_that_is_asked_for(phone: APIClient) -> None:
    body = {"items": [part("POST", LOGS, {**LOG, "minutes": 0}), part("POST", "/nowhere/")]}
    answers = [phone.post(URL, body, headers={"Accept-Language": code}) for code in ("en", "zh-hans")]
    english, chinese = (answer.json()["items"] for answer in answers)
    assert english[1]["body"]["detail"] == "Not found."
    assert chinese[1]["body"]["detail"] != english[1]["body"]["detail"]
