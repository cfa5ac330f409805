"""The API with a token: who is asking, what it may, and that no token makes or ends credentials."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessToken, KeptReply, User
from accounts.services.people import add_person
from accounts.services.tokens import create_token
from tests.accounts.entrance.phone import Phone
from tests.kit.cast import LONG_AGO, PASSWORD

pytestmark = pytest.mark.django_db
ME, TOKENS = "/api/v1/me/", "/api/v1/me/tokens/"
NEW = {"name": "Watch", "kind": "app", "scope": "write", "days": 30}


@pytest.fixture
def anna() -> User:
    return add_person(
        email="anna@people.example", password=PASSWORD, display_name="Anna", welcomed_at=LONG_AGO, language="zh-hans"
    )


class Program:
    def __init__(self, person: User, scope: str, now: datetime) -> None:
        said = {"name": "Watch", "kind": "script", "scope": scope}
        self.token, self.secret = create_token(person=person, now=now, **said)  # type: ignore[arg-type]
        self.client = Client()

    def call(self, method: str, path: str, body: str = "", **headers: str):
        headers = {"Authorization": f"Bearer {self.secret}", **headers}
        return self.client.generic(method, path, body, content_type="application/json", headers=headers)


@pytest.fixture
def reads(anna: User, now: datetime) -> Program:
    return Program(anna, "read", now)


@pytest.fixture
def writes(anna: User, now: datetime) -> Program:
    return Program(anna, "write", now)


def signed_in(anna: User) -> Phone:
    phone = Phone()
    assert phone.post("/auth/login", email=anna.email, password=PASSWORD).status_code == 200
    return phone


def test_it_acts_for_its_person_in_their_language(reads: Program, anna: User) -> None:
    answer = reads.call("GET", ME)
    assert answer.json()["uuid"] == str(anna.uuid)
    assert answer["Content-Language"] == "zh-hans"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer["Vary"]


def test_who_is_asking_is_looked_up_once(reads: Program) -> None:
    reads.call("GET", ME)
    with CaptureQueriesContext(connection) as queries:
        reads.call("GET", ME)
    assert [query["sql"] for query in queries if "accounts_accesstoken" in query["sql"]] == [queries[0]["sql"]]
    assert len(queries) == 1


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_one_that_reads_changes_nothing(reads: Program, anna: User, method: str) -> None:
    refused = reads.call(method, ME, '{"display_name": "Somebody"}')
    assert (refused.status_code, refused.json()["code"]) == (403, "token_only_reads")
    assert refused["Content-Type"] == "application/problem+json"
    anna.refresh_from_db()
    assert anna.display_name == "Anna"


def test_control_one_that_writes_does(writes: Program, anna: User) -> None:
    assert writes.call("PATCH", ME, '{"display_name": "Somebody"}').status_code == 200
    anna.refresh_from_db()
    assert anna.display_name == "Somebody"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", TOKENS), ("POST", TOKENS), ("DELETE", TOKENS), ("DELETE", TOKENS + "<uuid>/"),
        ("POST", "/api/v1/calendar-feed/"), ("POST", "/api/v1/me/devices/"),
    ],
)  # fmt: skip
def test_no_token_makes_or_ends_credentials(writes: Program, method: str, path: str) -> None:
    refused = writes.call(method, path.replace("<uuid>", str(writes.token.uuid)), "{}")
    assert (refused.status_code, refused.json()["code"]) == (403, "not_by_token")
    assert AccessToken.objects.get().revoked_at is None


@pytest.mark.parametrize("path", ["account/email", "account/password/change", "auth/sessions", "auth/session"])
def test_the_doors_of_the_account_do_not_know_tokens(writes: Program, path: str) -> None:
    for method in ("GET", "POST", "DELETE"):
        known = writes.call(method, f"/_allauth/app/v1/{path}", "{}").status_code
        nobody = Client().generic(method, f"/_allauth/app/v1/{path}", "{}", content_type="application/json")
        assert known == nobody.status_code
        assert known >= 400


def test_pages_do_not_know_tokens(writes: Program) -> None:
    assert "login" in writes.call("GET", "/me/settings/")["Location"]


@pytest.mark.parametrize("header", ["Bearer", "Bearer x", "Bearer mm_" + "a" * 43, "bearer  mm_" + "a" * 9000])
def test_one_that_is_none_is_401_also_beside_a_cookie(
    anna: User, as_person: Callable[[User], Client], header: str
) -> None:
    refused = as_person(anna).get(ME, headers={"Authorization": header})
    assert (refused.status_code, refused.json()["code"]) == (401, "authentication_failed")


def test_beside_an_apps_session_the_token_counts(reads: Program, anna: User) -> None:
    session = signed_in(anna).token
    assert reads.call("PATCH", ME, "{}", **{"X-Session-Token": session}).json()["code"] == "token_only_reads"


def test_no_form_of_another_site_acts_with_a_cookie_and_a_dead_token(
    anna: User, as_person: Callable[[User], Client]
) -> None:
    browser = as_person(anna)
    browser.handler.enforce_csrf_checks = True
    dead = {"Authorization": "Bearer mm_" + "a" * 43}
    answer = browser.patch(ME, '{"display_name": "X"}', content_type="application/json", headers=dead)
    assert answer.status_code == 401


def test_kept_replies_are_its_persons(writes: Program, anna: User) -> None:
    key = {"Idempotency-Key": "one"}
    first, again = [writes.call("PATCH", ME, '{"first_weekday": 6}', **key) for _ in range(2)]
    assert (first.content, again["Idempotent-Replayed"]) == (again.content, "true")
    assert KeptReply.objects.visible_to(anna).count() == 1


def test_an_app_makes_one_after_the_password_again(anna: User, now: datetime) -> None:
    phone = signed_in(anna)
    refused = phone.call("POST", TOKENS, NEW)
    phone.post("/auth/reauthenticate", password=PASSWORD)
    made = phone.call("POST", TOKENS, NEW)

    assert (refused.status_code, refused.json()["code"]) == (403, "reauthenticate")
    assert made.status_code == 201
    used = Client().get(ME, headers={"Authorization": f"Bearer {made.json()['secret']}"})
    assert used.json()["uuid"] == str(anna.uuid)
    [listed] = phone.call("GET", TOKENS).json()["results"]
    assert "secret" not in listed
    assert (listed["scope"], listed["uuid"]) == ("write", made.json()["uuid"])


def test_an_app_takes_one_back_or_all(anna: User, now: datetime) -> None:
    phone, one, other = signed_in(anna), Program(anna, "read", now), Program(anna, "read", now)
    phone.call("DELETE", f"{TOKENS}{one.token.uuid}/")
    assert [program.call("GET", ME).status_code for program in (one, other)] == [401, 200]
    phone.call("DELETE", TOKENS)
    assert other.call("GET", ME).status_code == 401
    assert phone.call("GET", TOKENS).json()["results"] == []


def test_somebody_elses_is_not_there(anna: User, now: datetime) -> None:
    ben = add_person(email="ben@people.example", password=PASSWORD)
    program = Program(ben, "read", now)
    assert signed_in(anna).call("DELETE", f"{TOKENS}{program.token.uuid}/").status_code == 404
    assert program.call("GET", ME).status_code == 200
