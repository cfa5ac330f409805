"""Check-ins over the API."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from plans.models import CheckIn
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan

URL, SCALES = "/api/v1/check-ins/", "/api/v1/check-in-scales/"
PHQ8 = {"scale": "phq8", "answers": [2] * 8}


def test_scales_come_with_their_words_and_the_day_they_are_open(cast: Cast, now: Any, api_as: Any) -> None:
    client = api_as(cast.member)
    client.post(URL, PHQ8)
    found = {row["key"]: row for row in client.get(SCALES).data["scales"]}
    assert set(found) == {"who5", "phq8", "gad7"}
    assert (found["phq8"]["next_on"], found["who5"]["next_on"]) == ("2026-03-24", "2026-03-10")
    assert (len(found["who5"]["items"]), [o["score"] for o in found["who5"]["options"]]) == (5, [0, 1, 2, 3, 4, 5])


def test_scales_say_what_a_score_means(cast: Cast, now: Any, api_as: Any) -> None:
    found = {row["key"]: row for row in api_as(cast.member).get(SCALES).data["scales"]}
    who5 = found["who5"]
    assert (who5["measures"], who5["lowest"], who5["highest"]) == ("Wellbeing, these two weeks", 0, 100)
    assert [(band["first"], band["last"]) for band in who5["bands"]] == [(0, 28), (29, 50), (51, 100)]
    assert who5["bands"][-1]["name"] == "fair to high"
    assert "Topp CW" in who5["sources"][0]
    chinese = api_as(cast.member).get(SCALES, headers={"accept-language": "zh-CN"}).data["scales"]
    assert {row["key"]: row["bands"][-1]["name"] for row in chinese}["who5"] == "尚可到良好"


def test_scales_say_what_a_plan_suggests(cast: Cast, now: Any, api_as: Any, django_assert_num_queries: Any) -> None:
    plan = make_plan()
    plan.check_in_scale, plan.check_in_weeks = "PHQ-8", [0]
    plan.save()
    for person in (cast.member, cast.stranger):
        make_enrollment(person, plan, starts_on=now.date() - timedelta(days=1))
    client = api_as(cast.member)

    def suggested(client: Any) -> set[str]:
        return {row["key"] for row in client.get(SCALES).data["scales"] if row["is_suggested"]}

    with django_assert_num_queries(3):  # who asks is known here
        assert suggested(client) == {"phq8"}
    client.post(URL, PHQ8)
    assert (suggested(client), suggested(api_as(cast.stranger)), suggested(api_as(cast.host))) == (
        set(), {"phq8"}, set(),
    )  # fmt: skip


def test_one_is_taken_read_and_removed(cast: Cast, now: Any, api_as: Any) -> None:
    client = api_as(cast.member)
    answer = client.post(URL, {**PHQ8, "uuid": str(uuid4())})
    assert answer.status_code == 201
    expected = {
        "scale": "phq8", "score": 16, "lowest": 0, "highest": 24, "band": "moderately severe", "is_worth_a_talk": True,
    }  # fmt: skip
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
    assert (answer.data["lowest"], answer.data["highest"], bool(answer.data["measures"])) == (None, None, True)


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
