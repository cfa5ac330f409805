"""The API of reports, decisions and appeals."""

from uuid import uuid4

import pytest

from tests.kit.cast import Cast
from tests.moderation.conftest import Case

pytestmark = pytest.mark.django_db


def said(case: Case, **fields: object) -> dict[str, object]:
    return {"about_kind": "post", "about_id": str(case.post.uuid), "reason": "unkind", "words": "Hm.", **fields}


def test_a_report_is_made_once_and_read_with_its_outcome(case: Case, api_as) -> None:
    client = api_as(case.reporter)
    first, again = (client.post("/api/v1/reports/", said(case), format="json") for _ in range(2))
    assert (first.status_code, again.json()["uuid"]) == (201, first.json()["uuid"])
    case.decide("warn")
    (found,) = client.get("/api/v1/reports/").json()["results"]
    assert (found["status"], found["about_id"]) == ("closed", str(case.post.uuid))
    assert "spoke with whom it concerns" in found["outcome"]
    assert "act" not in found


@pytest.mark.parametrize("fields", [{"about_kind": "weather"}, {"about_id": str(uuid4())}])
def test_what_is_not_there_is_404(case: Case, api_as, fields: dict[str, object]) -> None:
    assert api_as(case.reporter).post("/api/v1/reports/", said(case, **fields), format="json").status_code == 404


def test_what_one_cannot_see_is_404_too(case: Case, cast: Cast, api_as) -> None:
    assert api_as(cast.stranger).post("/api/v1/reports/", said(case), format="json").status_code == 404


def test_ones_own_is_400(case: Case, api_as) -> None:
    answer = api_as(case.author).post("/api/v1/reports/", said(case), format="json")
    assert (answer.status_code, answer.json()["code"]) == (400, "your_own")


def test_a_decision_is_read_and_answered_by_its_person(case: Case, api_as) -> None:
    case.report()
    decision = case.decide("suspend", days=2)
    client = api_as(case.author)
    (found,) = client.get("/api/v1/decisions/").json()["results"]
    assert (found["act"], found["may_appeal"], found["appeal"]) == ("suspend", True, None)
    assert "decided_by" not in found
    path = f"/api/v1/decisions/{decision.uuid}/appeal/"
    assert api_as(case.reporter).post(path, {"words": "x"}, format="json").status_code == 404
    assert client.post(path, {"words": "I meant it well."}, format="json").status_code == 201
    assert client.post(path, {"words": "Again."}, format="json").json()["code"] == "appealed_already"
    assert client.get("/api/v1/decisions/").json()["results"][0]["appeal"]["words"] == "I meant it well."


def test_one_decision_says_what_it_is_about_to_its_person_alone(
    case: Case, cast: Cast, api_as, django_assert_max_num_queries
) -> None:
    case.report()
    case.report(kind="person")
    decision, of_person = case.decide("warn"), case.decide("warn", kind="person")
    path, client = f"/api/v1/decisions/{decision.uuid}/", api_as(case.author)
    with django_assert_max_num_queries(6):
        found = client.get(path).json()
    assert (found["about_kind"], found["about"]) == ("post", "Morning Mosses\nSlowpokes stay home.")
    assert client.get(f"/api/v1/decisions/{of_person.uuid}/").json()["about"] == ""
    assert "about" not in client.get("/api/v1/decisions/").json()["results"][0]
    others = [case.reporter, case.moderator, cast.stranger, None]
    assert [api_as(person).get(path).status_code for person in others] == [404, 404, 404, 401]


def test_of_what_is_gone_a_decision_says_nothing(case: Case, api_as) -> None:
    case.report()
    decision = case.decide("warn")
    case.post.delete()
    assert api_as(case.author).get(f"/api/v1/decisions/{decision.uuid}/").json()["about"] == ""
