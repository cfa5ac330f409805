"""Check-ins over the API."""

from typing import Any
from uuid import uuid4

import pytest

from plans.models import CheckIn
from tests.kit.cast import Cast

URL, SCALES = "/api/v1/check-ins/", "/api/v1/check-in-scales/"
PHQ8 = {"scale": "phq8", "answers": [2] * 8}


def test_scales_come_with_their_words_and_the_day_they_are_open(cast: Cast, now: Any, api_as: Any) -> None:
    client = api_as(cast.member)
    client.post(URL, PHQ8)
    found = {row["key"]: row for row in client.get(SCALES).data["scales"]}
    assert set(found) == {"who5", "phq8", "gad7"}
    assert (found["phq8"]["next_on"], found["who5"]["next_on"]) == ("2026-03-24", "2026-03-10")
    assert (len(found["who5"]["items"]), [o["score"] for o in found["who5"]["options"]]) == (5, [0, 1, 2, 3, 4, 5])


def test_one_is_taken_read_and_removed(cast: Cast, now: Any, api_as: Any) -> None:
    client = api_as(cast.member)
    answer = client.post(URL, {**PHQ8, "uuid": str(uuid4())})
    assert answer.status_code == 201
    expected = {"scale": "phq8", "score": 16, "band": "moderately severe", "is_worth_a_talk": True}
    assert {name: answer.data[name] for name in expected} == expected
    assert client.get(URL).data["results"] == [answer.data]
    assert "answers" not in answer.data
    assert client.delete(f"{URL}{answer.data['uuid']}/").status_code == 204
    assert client.get(URL).data["results"] == []


def test_who_hides_numbers_gets_words(cast: Cast, now: Any, api_as: Any) -> None:
    cast.member.hides_numbers = True
    cast.member.save()
    answer = api_as(cast.member).post(URL, PHQ8)
    assert (answer.data["score"], answer.data["band"], answer.data["is_worth_a_talk"]) == (None, "", True)


def test_a_second_one_is_a_conflict_and_the_same_uuid_is_not(cast: Cast, now: Any, api_as: Any) -> None:
    client, body = api_as(cast.member), {**PHQ8, "uuid": str(uuid4())}
    first, again = client.post(URL, body), client.post(URL, body)
    assert first.data == again.data
    refused = client.post(URL, PHQ8)
    assert (refused.status_code, refused.json()["code"]) == (409, "too_soon")


@pytest.mark.parametrize(
    ("change", "field"),
    [({"scale": "phq9"}, "scale"), ({"answers": [2] * 7}, "answers"), ({"answers": [4] * 8}, "answers"),
     ({"answers": "22222222"}, "answers"), ({"answers": []}, "answers"), ({"uuid": "x"}, "uuid")],
)  # fmt: skip
def test_what_is_wrong_is_a_problem_at_its_field(
    cast: Cast, now: Any, api_as: Any, change: dict[str, Any], field: str
) -> None:
    answer = api_as(cast.member).post(URL, {**PHQ8, **change})
    assert answer.status_code == 400
    assert [row["field"] for row in answer.json()["errors"]] == [field]


@pytest.mark.parametrize("name", ["stranger", "host", "owner", "editor", "superuser"])
def test_nobody_else_reads_or_removes(cast: Cast, now: Any, api_as: Any, name: str) -> None:
    uuid = api_as(cast.member).post(URL, PHQ8).data["uuid"]
    client = api_as(cast.people[name])
    assert client.get(URL).data["results"] == []
    assert client.delete(f"{URL}{uuid}/").status_code == 404
    assert client.post(URL, {**PHQ8, "uuid": uuid}).status_code == 404
    assert CheckIn.objects.visible_to(cast.member).count() == 1


def test_visitors_are_asked_who_they_are(db: None, api_as: Any) -> None:
    assert api_as(None).get(URL).status_code == api_as(None).get(SCALES).status_code == 401


def test_where_nothing_is_on_it_is_not_there(cast: Cast, now: Any, api_as: Any, settings: Any) -> None:
    client = api_as(cast.member)
    settings.CHECK_IN_SCALES = []
    for answer in (client.get(SCALES), client.get(URL), client.post(URL, PHQ8), client.delete(f"{URL}{uuid4()}/")):
        assert answer.status_code == 404


def test_answers_are_private(cast: Cast, now: Any, as_person: Any) -> None:
    for path in (URL, SCALES):
        assert as_person(cast.member).get(path)["Cache-Control"] == "private, no-store"
