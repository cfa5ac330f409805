"""`/api/v1/me/`: a phone reads and changes settings."""

from collections.abc import Callable
from datetime import datetime

import pytest
from rest_framework.test import APIClient

from accounts.models import User
from tests.kit.cast import Cast, make_person

pytestmark = pytest.mark.django_db
ME = "/api/v1/me/"
type As = Callable[[User | None], APIClient]


def test_every_setting_is_readable(api_as: As, cast: Cast) -> None:
    body = api_as(cast.member).get(ME).json()

    assert body["email"] == cast.member.email
    assert body["quiet_from"] == "21:30"
    assert set(body) == {
        "uuid", "email", "display_name", "language", "time_zone", "first_weekday", "quiet_from", "quiet_until",
        "weekly_target_minutes", "hides_numbers", "weekly_message_budget", "joined_at", "is_welcomed",
        "messages_paused_until",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", "安娜"),
        ("language", "zh-hans"),
        ("time_zone", "Asia/Kolkata"),
        ("first_weekday", 6),
        ("quiet_from", "20:00"),
        ("quiet_until", "08:15"),
        ("weekly_target_minutes", 75),
        ("hides_numbers", True),
        ("weekly_message_budget", 3),
        ("messages_paused_until", "2026-04-01"),
    ],
)
def test_every_setting_can_be_changed(api_as: As, cast: Cast, field: str, value: object) -> None:
    answer = api_as(cast.member).patch(ME, {field: value})

    assert answer.status_code == 200
    assert answer.json()[field] == value
    assert api_as(cast.member).get(ME).json()[field] == value


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("display_name", "a\u202eb"),
        ("display_name", ""),
        ("display_name", "nul\x00"),
        ("language", "xx"),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", ["x"]),
        ("first_weekday", 7),
        ("quiet_from", "25:00"),
        ("weekly_target_minutes", 10**30),
        ("weekly_message_budget", -1),
    ],
)
def test_refusal_is_a_problem_that_names_the_field(api_as: As, cast: Cast, field: str, value: object) -> None:
    answer = api_as(cast.member).patch(ME, {field: value})

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_what_is_not_a_setting_cannot_be_set(api_as: As, cast: Cast) -> None:
    body = {"email": "x@y.example", "is_staff": True, "is_superuser": True, "welcomed_at": None, "uuid": "x"}

    assert api_as(cast.member).patch(ME, body).status_code == 200

    cast.member.refresh_from_db()
    assert cast.member.email == "member@people.example"
    assert not cast.member.is_staff
    assert not cast.member.is_superuser
    assert cast.member.is_welcomed


def test_without_a_token_the_answer_is_401_in_the_asked_language(api_as: As) -> None:
    answer = api_as(None).get(ME, headers={"Accept-Language": "zh-CN,zh;q=0.9"})

    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["WWW-Authenticate"].startswith("X-Session-Token")
    assert answer["Content-Language"] == "zh-hans"
    assert answer.json()["code"] == "not_authenticated"


def test_phone_finishes_the_welcome_at_once(api_as: As, now: datetime) -> None:
    person = make_person("newcomer", welcomed_at=None, display_name="", time_zone="UTC")
    answers = {"language": "zh-hans", "time_zone": "Asia/Shanghai", "display_name": "小林"}

    body = api_as(person).post("/api/v1/me/welcome/", answers).json()

    person.refresh_from_db()
    assert person.welcomed_at == now
    assert {name: body[name] for name in answers} == answers


def test_welcome_needs_all_three_answers(api_as: As, cast: Cast) -> None:
    answer = api_as(cast.member).post("/api/v1/me/welcome/", {"language": "en"})

    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"time_zone", "display_name"}


def test_reading_takes_no_query_beyond_the_person(api_as: As, cast: Cast, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        api_as(cast.member).get(ME)
