"""Plans, following and today over the API."""

from typing import Any

import pytest

from plans.models import Enrollment
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, make_type

FOLLOW = {
    "template": "small-walks",
    "starts_on": "2026-03-10",
    "cues": [{"weekday": 1, "at_time": "08:30"}, {"weekday": 4, "at_time": "18:00"}],
    "when_text": "I have had breakfast",
    "then_text": "I walk ten minutes",
}
URL = "/api/v1/enrollments/"


def test_anybody_reads_plans_in_their_language(db: None, api_as: Any) -> None:
    make_plan()
    answer = api_as(None).get("/api/v1/plan-templates/?need=low-mood")
    assert [plan["slug"] for plan in answer.data] == ["small-walks"]
    assert api_as(None).get("/api/v1/plan-templates/?need=stress").data == []
    plan = api_as(None).get("/api/v1/plan-templates/small-walks/", headers={"accept-language": "zh-hans"}).data
    session = plan["schedule"][0]["sessions"][0]
    assert plan["title"] == "中文：Small walks"
    assert (session["floor"], session["floor_minutes"]) == ("中文：To the door.", 3)
    assert session["reasons"][0]["slug"] == "behavioural-activation"
    assert plan["sources"] == ["who2020"]


def test_following_and_stopping(cast: Cast, now: Any, api_as: Any) -> None:
    make_plan()
    client = api_as(cast.member)
    answer = client.post(URL, FOLLOW)
    assert answer.status_code == 201
    assert answer.data["cues"][0] == {"weekday": 1, "at_time": "08:30:00"}
    assert client.get(URL).data["results"] == [answer.data]
    again = client.post(URL, FOLLOW)
    assert (again.status_code, again.json()["code"]) == (409, "already_following")
    stopped = client.post(f"{URL}{answer.data['uuid']}/stop/")
    assert stopped.status_code == 200
    assert stopped.data["ended_at"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"template": "never-was"}, "template"),
        ({"template": "draft"}, "template"),
        ({"cues": []}, "cues"),
        ({"cues": [{"weekday": 7, "at_time": "08:30"}]}, "cues.0.weekday"),
        ({"starts_on": "2030-01-01"}, "starts_on"),
        ({"when_text": ""}, "when_text"),
        ({"obstacle_text": "it rains"}, "instead_text"),
    ],
)
def test_errors_are_at_their_field(cast: Cast, now: Any, api_as: Any, changes: Any, field: str) -> None:
    make_plan()
    make_plan("draft", published=False)
    answer = api_as(cast.member).post(URL, FOLLOW | changes)
    assert answer.status_code == 400
    assert [row["field"] for row in answer.json()["errors"]] == [field]
    assert not Enrollment.objects.exists()


@pytest.mark.parametrize("name", ["stranger", "host", "owner", "editor", "superuser"])
def test_nobody_else_sees_or_stops_a_following(cast: Cast, now: Any, api_as: Any, name: str) -> None:
    enrollment, client = make_enrollment(cast.member, make_plan()), api_as(cast.people[name])
    assert client.get(f"{URL}{enrollment.uuid}/").status_code == 404
    assert client.post(f"{URL}{enrollment.uuid}/stop/").status_code == 404
    assert client.get(URL).data["results"] == []
    assert Enrollment.objects.get().is_active


def test_nobody_is_enrolled_for_somebody_else(cast: Cast, now: Any, api_as: Any) -> None:
    make_plan()
    api_as(cast.member).post(URL, FOLLOW | {"person": cast.stranger.pk, "ended_at": "2026-03-10T09:00:00Z"})
    enrollment = Enrollment.objects.get()
    assert (enrollment.person, enrollment.ended_at) == (cast.member, None)


def test_today_has_the_step_and_the_dose(cast: Cast, now: Any, api_as: Any) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    log_session(person=cast.member, now=now, minutes=20, intensity="vigorous", exercise_type=make_type("walking"))
    today = api_as(cast.member).get("/api/v1/today/").data
    step = today["steps"][0]
    assert (step["enrollment"], step["session"]["title"]) == (str(enrollment.uuid), "Step 1.1")
    assert (step["is_done_today"], step["done"], step["total"]) == (False, 0, 4)
    assert (today["dose"]["minutes"], today["dose"]["band"]) == (40, "started")
