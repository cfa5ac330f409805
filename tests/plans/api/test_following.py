"""Changing, resting and putting off through the API: the same services as the pages."""

from datetime import date, datetime, time
from typing import Any

import pytest

from plans.models import Cue, DayChange, Enrollment, Pause
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan
from tests.plans.services.test_readiness import make_vigorous

API = "/api/v1"
FOLLOW = {"template": "small-walks", "starts_on": "2026-03-10", "when_text": "I wake", "then_text": "I walk"}


@pytest.fixture
def followed(cast: Cast) -> Enrollment:
    return make_enrollment(cast.member, make_plan())


def test_following_so_many_times_a_week(cast: Cast, now: datetime, api_as: Any) -> None:
    make_plan()

    answer = api_as(cast.member).post(f"{API}/enrollments/", FOLLOW | {"times_a_week": 3}, format="json")

    assert answer.status_code == 201
    assert (answer.data["times_a_week"], answer.data["cues"]) == (3, [])


def test_without_days_and_number_it_is_said_at_the_field(cast: Cast, now: datetime, api_as: Any) -> None:
    make_plan()

    answer = api_as(cast.member).post(f"{API}/enrollments/", FOLLOW, format="json")

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "cues"


def test_a_change_leaves_what_it_does_not_name(cast: Cast, followed: Enrollment, now: datetime, api_as: Any) -> None:
    change = {"cues": [{"weekday": 2, "at_time": "07:15"}], "then_text": "I dance"}

    answer = api_as(cast.member).patch(f"{API}/enrollments/{followed.uuid}/", change, format="json")

    assert answer.status_code == 200
    assert (answer.data["when_text"], answer.data["then_text"]) == ("I have had breakfast", "I dance")
    assert list(Cue.objects.values_list("weekday", "at_time")) == [(2, time(7, 15))]


def test_what_is_answered_is_what_is_read(cast: Cast, now: datetime, api_as: Any) -> None:
    make_plan()
    client, later = api_as(cast.member), {"weekday": 4, "at_time": "18:00"}
    days = {"cues": [later, {"weekday": 1, "at_time": "08:30"}]}

    made = client.post(f"{API}/enrollments/", FOLLOW | days, format="json")
    path = f"{API}/enrollments/{made.data['uuid']}/"
    assert client.get(path).json() == made.json()

    for change in ({"cues": [later, {"weekday": 0, "at_time": "07:15"}]}, {"when_text": "I wake up"}):
        changed = client.patch(path, change, format="json")
        assert client.get(path).json() == changed.json()


def test_days(cast: Cast, followed: Enrollment, now: datetime, api_as: Any) -> None:
    client, path = api_as(cast.member), f"{API}/enrollments/{followed.uuid}/days/"

    moved = client.put(f"{path}2026-03-10/", {"moved_to": "2026-03-12", "at_time": "18:00"}, format="json")
    assert moved.json() == {"planned_on": "2026-03-10", "moved_to": "2026-03-12", "at_time": "18:00:00"}
    assert client.put(f"{path}2026-03-11/", {"moved_to": None}, format="json").status_code == 200
    assert [row["planned_on"] for row in client.get(path).json()] == ["2026-03-10", "2026-03-11"]

    assert client.put(f"{path}2026-03-10/", {"moved_to": "2026-03-10"}, format="json").status_code == 204
    assert client.delete(f"{path}2026-03-11/").status_code == 204
    assert not DayChange.objects.exists()
    assert client.put(f"{path}2026-03-40/", {"moved_to": None}, format="json").status_code == 404
    assert client.put(f"{path}2026-03-10/", {}, format="json").json()["errors"][0]["field"] == "moved_to"


def test_pauses(cast: Cast, followed: Enrollment, now: datetime, api_as: Any) -> None:
    client = api_as(cast.member)
    body = {"enrollment": str(followed.uuid), "reason": "travel", "ends_on": "2026-03-20"}

    made = client.post(f"{API}/pauses/", body, format="json")
    assert made.status_code == 201
    assert made.json() == {**body, "uuid": made.json()["uuid"], "starts_on": "2026-03-10"}
    assert client.post(f"{API}/pauses/", {}, format="json").status_code == 201
    again = client.post(f"{API}/pauses/", body, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "all_paused")

    (left,) = client.get(f"{API}/pauses/").json()["results"]
    assert left["enrollment"] is None
    assert client.delete(f"{API}/pauses/{left['uuid']}/").status_code == 204
    assert not Pause.objects.visible_to(cast.member).exists()


def test_a_pause_of_all_answers_alike_however_many_rest(cast: Cast, now: datetime, api_as: Any) -> None:
    client = api_as(cast.member)
    plans = [make_enrollment(cast.member, make_plan(f"walks-{number}")) for number in range(3)]
    for number, one in enumerate(plans):
        Pause.objects.create(person=cast.member, enrollment=one, starts_on=date(2026, 3, 10 - number // 2))

    made = client.post(f"{API}/pauses/", {}, format="json")
    again = client.post(f"{API}/pauses/", {"reason": "ill"}, format="json")

    assert again.json() == made.json() | {"reason": "ill"}
    (over,) = [one for one in client.get(f"{API}/pauses/").json()["results"] if one != again.json()]
    assert (over["enrollment"], over["starts_on"], over["ends_on"]) == (str(plans[2].uuid), "2026-03-09", "2026-03-09")


def test_readiness(cast: Cast, now: datetime, api_as: Any) -> None:
    make_vigorous()
    client, body = api_as(cast.member), FOLLOW | {"template": "intervals", "times_a_week": 2}
    assert client.get(f"{API}/readiness/").json() == {"asks_first": None}
    refused = client.post(f"{API}/enrollments/", body, format="json")
    assert (refused.status_code, refused.json()["code"]) == (409, "readiness_needed")

    assert client.put(f"{API}/readiness/", {"asks_first": True}, format="json").json() == {"asks_first": True}
    assert client.post(f"{API}/enrollments/", body, format="json").json()["code"] == "ask_first"

    assert client.post(f"{API}/enrollments/", body | {"has_asked": True}, format="json").status_code == 201


def test_what_is_somebody_elses_is_absent(cast: Cast, followed: Enrollment, now: datetime, api_as: Any) -> None:
    pause = Pause.objects.create(person=cast.member, starts_on=date(2026, 3, 1))
    client = api_as(cast.superuser)
    days = f"{API}/enrollments/{followed.uuid}/days/"

    assert client.get(days).status_code == 404
    assert client.put(f"{days}2026-03-10/", {"moved_to": None}, format="json").status_code == 404
    assert client.patch(f"{API}/enrollments/{followed.uuid}/", {"when_text": "x"}, format="json").status_code == 404
    assert client.delete(f"{API}/pauses/{pause.uuid}/").status_code == 404
    assert client.post(f"{API}/pauses/", {"enrollment": str(followed.uuid)}, format="json").status_code == 400
    assert client.get(f"{API}/pauses/").json()["results"] == []
