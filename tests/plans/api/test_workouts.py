"""Workouts of a health store over the API."""

from datetime import datetime
from typing import Any

import pytest

from plans.api.workouts import MOST, RUN
from plans.models import SessionLog
from tests.kit.cast import Cast
from tests.plans.kit import make_type

pytestmark = pytest.mark.django_db

URL = "/api/v1/imports/workouts/"
WALK = {
    "source": "health_connect", "external_id": "a1", "type": "EXERCISE_TYPE_WALKING",
    "started_at": "2026-03-09T16:00:00Z", "ended_at": "2026-03-09T16:30:20Z",
}  # fmt: skip
OTHER = {**WALK, "external_id": "a2", "type": "EXERCISE_TYPE_OTHER_WORKOUT"}


@pytest.fixture
def phone(cast: Cast, now: datetime, api_as: Any) -> Any:
    for order, slug in enumerate(("walking", "aerobic", "mindful"), start=1):
        make_type(slug, order)
    return api_as(cast.member)


def outcomes(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.content
    return [one["outcome"] for one in answer.json()["items"]]


def test_a_store_is_taken_over_and_again_changes_nothing(phone: Any) -> None:
    body = {"items": [{**RUN, "started_at": "2026-03-09T06:30:00Z", "ended_at": "2026-03-09T07:02:10Z"}, WALK]}
    first, again = phone.post(URL, body), phone.post(URL, body)
    assert (outcomes(first), outcomes(again)) == (["made", "made"], ["unchanged", "unchanged"])
    made = phone.get(f"/api/v1/logs/{first.json()['items'][0]['log']}/").json()
    said = {"exercise_type": "aerobic", "minutes": 31, "intensity": "vigorous", "distance_m": 5120, "mood_after": None}
    assert {name: made[name] for name in said} == said
    assert SessionLog.objects.get(external_id="a1").minutes == 30


def test_what_says_too_little_is_asked_of_the_person(phone: Any) -> None:
    refused = phone.post(URL, {"items": [WALK, OTHER]})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "items.1.exercise_type")
    assert not SessionLog.objects.exists()
    said = {**OTHER, "exercise_type": "mindful", "intensity": "light"}
    assert outcomes(phone.post(URL, {"items": [WALK, said]})) == ["made", "made"]


def test_one_of_tomorrow_is_refused_alone(phone: Any) -> None:
    late = {**WALK, "external_id": "late", "started_at": "2026-03-12T16:00:00Z", "ended_at": "2026-03-12T16:30:00Z"}
    answer = phone.post(URL, {"items": [late, WALK]})
    assert outcomes(answer) == ["refused", "made"]
    refused = answer.json()["items"][0]
    assert (refused["code"], refused["log"], refused["errors"][0]["field"]) == ("future", None, "done_at")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"source": "fit"}, "items.0.source"), ({"external_id": ""}, "items.0.external_id"),
        ({"external_id": "x" * 101}, "items.0.external_id"), ({"type": None}, "items.0.type"),
        ({"ended_at": WALK["started_at"]}, "items.0.ended_at"),
        ({"ended_at": "2026-03-11T16:00:00Z"}, "items.0.ended_at"),
        ({"started_at": "yesterday"}, "items.0.started_at"), ({"distance_m": -1}, "items.0.distance_m"),
        ({"active_seconds": 0}, "items.0.active_seconds"), ({"exercise_type": "no-such"}, "items.0.exercise_type"),
    ],
)  # fmt: skip
def test_what_is_no_workout_is_refused_with_its_field(phone: Any, change: dict[str, Any], field: str) -> None:
    answer = phone.post(URL, {"items": [{**WALK, **change}]})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, field)


def test_a_hundred_at_most_and_a_zone_that_there_is(phone: Any) -> None:
    many = [{**WALK, "external_id": str(number)} for number in range(MOST + 1)]
    assert phone.post(URL, {"items": many}).status_code == phone.post(URL, {"items": []}).status_code == 400
    assert outcomes(phone.post(URL, {"items": [{**WALK, "time_zone": "Moon/Tycho"}]})) == ["refused"]
