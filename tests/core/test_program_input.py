"""Whatever a program sends, the API and its sign-in answer with what is wrong, and never with a fault of theirs."""

import base64
import json
from datetime import datetime

import pytest
from django.conf import settings as site
from django.test import Client
from django.test.client import FakePayload

from core.json_input import DEEPEST, MOST_BYTES, NotTaken, read_json
from tests.kit.cast import Cast

LOGIN, SIGNUP = "/_allauth/app/v1/auth/login", "/_allauth/app/v1/auth/signup"
DEEP = [b"[" * 100_000, b'{"a":' * 20_000 + b"1" + b"}" * 20_000, b'{"a":' + b"[" * 40 + b"]" * 40 + b"}"]


@pytest.fixture
def member(cast: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(cast.member, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def app(db: None) -> Client:
    return Client(raise_request_exception=False)


def send(client: Client, path: str, body: bytes, method: str = "POST", **more: str) -> tuple[int, dict[str, object]]:
    answer = client.generic(method, path, body, content_type="application/json", headers=more)
    assert answer["Content-Type"] == "application/problem+json", answer.content[:200]
    return answer.status_code, answer.json()


@pytest.mark.parametrize("body", DEEP)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_deep_json_is_refused(member: Client, body: bytes, method: str) -> None:
    status, said = send(member, "/api/v1/logs/" if method == "POST" else "/api/v1/me/", body, method)
    assert (status, said["code"]) == (400, "too_deep")


@pytest.mark.parametrize("body", DEEP)
@pytest.mark.parametrize("path", [LOGIN, SIGNUP, "/_allauth/app/v1/auth/password/request"])
def test_deep_json_is_refused_at_the_sign_in(app: Client, path: str, body: bytes) -> None:
    status, said = send(app, path, body)
    assert (status, said["code"]) == (400, "too_deep")


def test_without_the_reader_in_front_the_sign_in_falls_over(app: Client, settings: object) -> None:
    kept = [name for name in site.MIDDLEWARE if "program_input" not in name]
    settings.MIDDLEWARE = kept  # type: ignore[attr-defined]
    assert app.generic("POST", LOGIN, DEEP[0], content_type="application/json").status_code == 500


def test_as_deep_as_allowed_is_read() -> None:
    assert read_json(b"[" * DEEPEST + b"]" * DEEPEST) is not None
    with pytest.raises(NotTaken):
        read_json(b"[" * (DEEPEST + 2) + b"]" * (DEEPEST + 2))


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (b'{"note": "a\\u0000b"}', "no_such_sign", "note"),
        (b'{"note": "\\ud800"}', "no_such_sign", "note"),
        (b'{"cues": [{}, {"text": "\\udfff"}]}', "no_such_sign", "cues.1.text"),
        (b'{"a\\u0000": 1}', "no_such_sign", None),
        (b'{"minutes": NaN}', "not_json", None),
        (b'{"minutes": 1e999}', "not_json", None),
        (b'{"minutes": ' + b"9" * 5000 + b"}", "not_json", None),
        (b'{"minutes": ', "not_json", None),
        (b"\xff\xfe", "not_json", None),
        (b'{"note": "\xed\xa0\x80"}', "not_json", None),
    ],
)
@pytest.mark.parametrize("path", ["/api/v1/logs/", LOGIN])
def test_what_is_no_text_is_refused_and_named(
    member: Client, path: str, body: bytes, code: str, field: str | None
) -> None:
    status, said = send(member, path, body)
    named = [row["field"] for row in said.get("errors", [])]  # type: ignore[attr-defined]
    assert (status, said["code"], named) == (400, code, [field] if field else [])


def test_the_place_of_what_is_wrong_is_told(member: Client) -> None:
    assert "line 2, column 1" in str(send(member, "/api/v1/logs/", b'{"minutes": \n}')[1]["detail"])


@pytest.mark.parametrize("path", ["/api/v1/logs/", LOGIN])
def test_too_much_is_refused(member: Client, path: str) -> None:
    body = json.dumps({"note": "x" * MOST_BYTES}).encode()
    assert send(member, path, body)[0] == 413
    assert send(member, path, body, **{"Idempotency-Key": "one"})[0] == 413


@pytest.mark.parametrize("path", ["/api/v1/imports/", LOGIN])
@pytest.mark.parametrize("kind", ["application/json", "multipart/form-data; boundary=x", "text/plain"])
def test_a_hundred_megabytes_are_refused_before_they_are_read(member: Client, path: str, kind: str) -> None:
    answer = member.generic("POST", path, b"", content_type=kind, CONTENT_LENGTH=str(100 * 1024 * 1024))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


class CutOff(FakePayload):
    def read(self, *_args: int) -> bytes:
        raise ConnectionResetError


@pytest.mark.parametrize("path", ["/api/v1/logs/", LOGIN])
def test_what_is_cut_off_is_no_fault_of_ours(member: Client, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.test.client.FakePayload", CutOff)
    status, said = send(member, path, b'{"minutes": 20')
    assert (status, said["code"]) == (400, "unreadable")


HUGE = "1" + "0" * 20
LISTS = ["logs/", "pauses/", "check-ins/", "enrollments/", "groups/", "events/", "feed/", "beginnings/"]


@pytest.mark.parametrize("path", LISTS)
@pytest.mark.parametrize(
    "cursor", ["o=1" + "0" * 20, "p=never", "p=\0", "p=9999999-01-01", "o=-1", "p=" + "9" * 400, "r=1&p=2026-13-45"]
)
def test_a_cursor_that_nobody_was_given_leads_nowhere(member: Client, path: str, cursor: str) -> None:
    token = base64.b64encode(cursor.encode()).decode()
    answer = member.get(f"/api/v1/{path}", {"cursor": token})
    assert answer.status_code in {200, 404}, answer.content[:300]
    assert answer.status_code == 404 or "9999999" not in cursor


@pytest.mark.parametrize(
    "query",
    [f"page_size={HUGE}", f"page={HUGE}", f"limit={HUGE}&offset={HUGE}", "page_size=-1", "page_size=x", "cursor=%FF"],
)
@pytest.mark.parametrize("path", LISTS)
def test_pages_out_of_reach_are_no_fault(member: Client, path: str, query: str) -> None:
    assert member.get(f"/api/v1/{path}?{query}").status_code in {200, 400, 404}


@pytest.mark.parametrize("path", ["search/?q=a%00b", "groups/?near=%00", "people/%00/", "groups/a%00b/"])
def test_no_address_has_nul_in_it(member: Client, path: str) -> None:
    assert member.get(f"/api/v1/{path}").status_code in {400, 404}


@pytest.mark.parametrize("first", ["0001-01-01", "9999-12-31", "2026-01-01", "x", HUGE])
@pytest.mark.parametrize("last", ["0001-01-01", "9999-12-31"])
def test_days_at_the_end_of_time_are_refused(member: Client, now: datetime, first: str, last: str) -> None:
    for path in ("calendar/", "logs/", "events/", "weeks/"):
        names = {"from": first, "to": last, "first": first, "last": last, "until": last, "on": first, "after": last}
        answer = member.get(f"/api/v1/{path}", names)
        assert answer.status_code < 500, (path, answer.content[:300])


@pytest.mark.parametrize("number", [2**31, 2**63, 10**30, -(10**30), 1e300])
def test_numbers_out_of_reach_are_refused(member: Client, number: float) -> None:
    for path, body in (
        ("logs/", {"exercise_type": "walking", "minutes": number, "intensity": "light"}),
        ("logs/", {"session": number, "minutes": 10, "intensity": "light"}),
        ("beginnings/", {"session": number, "guess": number}),
        ("check-ins/", {"scale": "phq8", "answers": [number] * 8}),
    ):
        assert send(member, f"/api/v1/{path}", json.dumps(body).encode())[0] in {400, 404}


def test_what_nobody_serves_is_told_in_the_same_shape(member: Client) -> None:
    answer = member.get("/api/v1/no-such/")
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (
        404, "application/problem+json", "not_found",
    )  # fmt: skip


def test_what_cannot_be_done_at_an_address_has_the_code_that_views_give(member: Client) -> None:
    answer = member.delete("/api/v1/docs/")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert "DELETE" in answer.json()["detail"]


@pytest.mark.parametrize("address", ["/groups/%00/", "/groups/a%00b/", "/plans/%00/", "/library/mechanisms/%00/"])
def test_a_page_whose_address_is_no_text_is_nowhere(member: Client, address: str) -> None:
    for client in (member, Client(raise_request_exception=False)):
        assert client.get(address).status_code == 404
    assert member.get("/plans/?need=%00").status_code == 200
