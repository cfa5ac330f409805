"""M5, A8: how much the API is asked is bounded, for each on their own, and every answer says what is left."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.services.tokens import create_token
from core import clock
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
ME, DOMAINS = "/api/v1/me/", "/api/v1/domains/"


@pytest.fixture(autouse=True)
def few(settings, now: datetime) -> None:
    settings.API_LIMITS = {"token": 2, "person": 3, "address": 4}


def statuses(ask: Callable[[], object], times: int) -> list[int]:
    return [ask().status_code for _ in range(times)]  # type: ignore[attr-defined]


def bearer(secret: str) -> Client:
    return Client(headers={"Authorization": f"Bearer {secret}"})


def test_one_too_many_is_told_when_to_come_back(cast: Cast, as_person: Callable[..., Client], now: datetime) -> None:
    phone = as_person(cast.member)
    assert statuses(lambda: phone.get(ME), 3) == [200] * 3

    with clock.frozen_at(now + timedelta(seconds=20)):
        refused = phone.get(ME)
    assert (refused.status_code, refused["Retry-After"]) == (429, "40")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["code"] == "throttled"
    assert refused["Cache-Control"] == "private, no-store"

    with clock.frozen_at(now + timedelta(seconds=60)):
        assert phone.get(ME).status_code == 200


def test_every_answer_says_what_is_left(cast: Cast, as_person: Callable[..., Client]) -> None:
    phone = as_person(cast.member)
    answers = [phone.get(path) for path in (ME, "/api/v1/no-such/", ME, ME)]
    assert [answer.status_code for answer in answers] == [200, 404, 200, 429]
    assert {answer["RateLimit-Policy"] for answer in answers} == {'"person";q=3;w=60'}
    assert [answer["RateLimit"] for answer in answers] == [f'"person";r={left};t=60' for left in (2, 1, 0, 0)]


def test_the_words_are_the_persons(cast: Cast, as_person: Callable[..., Client]) -> None:
    phone = as_person(cast.member)
    statuses(lambda: phone.get(ME), 3)
    refused = phone.get(ME, headers={"Accept-Language": "zh-CN"})
    assert refused["Content-Language"] == "zh-hans"
    assert "请" in refused.json()["detail"]


def test_haste_of_one_person_costs_no_other(cast: Cast, as_person: Callable[..., Client]) -> None:
    """Also behind one address, and whatever visitors do there."""
    hasty, calm = as_person(cast.member), as_person(cast.host)
    statuses(lambda: hasty.get(ME), 9)
    statuses(lambda: Client().get(DOMAINS), 9)
    assert calm.get(ME).status_code == 200


def test_each_token_is_counted_apart_from_its_person(
    cast: Cast, as_person: Callable[..., Client], now: datetime
) -> None:
    said = {"person": cast.member, "kind": "script", "scope": "read", "now": now}
    one, other = [bearer(create_token(name=name, **said)[1]) for name in ("One", "Other")]
    assert statuses(lambda: one.get(ME), 3) == [200, 200, 429]
    assert other.get(ME)["RateLimit"] == '"token";r=1;t=60'
    assert as_person(cast.member).get(ME).status_code == 200


def test_visitors_are_counted_by_address(cast: Cast) -> None:
    def ask(address: str) -> int:
        return Client().get(DOMAINS, REMOTE_ADDR=address).status_code

    assert [ask("192.0.2.1") for _ in range(5)] == [200] * 4 + [429]
    assert ask("198.51.100.7") == 200


def test_tokens_that_are_none_are_a_visitors(cast: Cast, now: datetime) -> None:
    guesses = [bearer(f"mm_{'a' * 42}{number}").get(ME).status_code for number in range(6)]
    assert guesses == [401] * 4 + [429] * 2
    _made, secret = create_token(person=cast.member, name="One", kind="app", scope="read", now=now)
    assert bearer(secret).get(ME).status_code == 200  # whom it aims at is not locked out


def test_the_forwarded_address_counts_only_behind_a_trusted_proxy(cast: Cast, settings) -> None:
    def ask(number: int) -> int:
        return Client().get(DOMAINS, headers={"X-Forwarded-For": f"203.0.113.{number}"}).status_code

    assert [ask(number) for number in range(5)][-1] == 429  # a stranger's word: still one address
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    assert [ask(number) for number in range(10, 15)] == [200] * 5


def test_pages_and_the_sign_in_are_not_the_apis(cast: Cast) -> None:
    for path in ("/library/", "/_allauth/app/v1/config"):
        assert "RateLimit" not in Client().get(path)


def test_control_without_limits_everything_is_answered(cast: Cast, settings) -> None:
    settings.API_LIMITS = {}
    answers = [Client().get(DOMAINS) for _ in range(9)]
    assert {answer.status_code for answer in answers} == {200}
    assert not any("RateLimit" in answer for answer in answers)
