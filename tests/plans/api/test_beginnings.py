"""Beginnings over the API: mine alone, sent as often as one likes, and taken over by their log."""

from typing import Any
from uuid import uuid4

from plans.models import Beginning, SessionLog
from tests.kit.cast import Cast
from tests.plans.kit import make_type

URL, LOGS = "/api/v1/beginnings/", "/api/v1/logs/"


def test_begun_offline_noted_and_gone(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("walking")
    client, address = api_as(cast.member), str(uuid4())
    body = {"uuid": address, "exercise_type": "walking", "guess": 3, "started_at": "2026-03-10T08:30:00Z"}
    answers = [client.post(URL, body) for _ in range(20)]
    assert {answer.status_code for answer in answers} == {201}
    assert client.post(URL, {**body, "guess": 7}).data["guess"] == 3
    assert [row["uuid"] for row in client.get(URL).data["results"]] == [address]
    log = {"uuid": address, "minutes": 25, "intensity": "light", "mood_after": 5, "title": "Canal", "distance_m": 900}
    refused = client.post(LOGS, {**log, "guess": 6})
    assert (refused.status_code, refused.json()["code"]) == (400, "guess_locked")
    assert refused.json()["errors"][0]["field"] == "guess"
    answers = [client.post(LOGS, log) for _ in range(20)]
    assert {answer.status_code for answer in answers} == {201}
    kept = {"guess": 3, "title": "Canal", "distance_m": 900, "started_at": "2026-03-10T08:30:00Z"}
    assert {name: answers[-1].data[name] for name in kept} == kept
    assert answers[-1].data["time_zone"] == "Europe/Berlin"
    assert client.get(URL).data["results"] == []
    late = client.post(URL, body)
    assert (late.status_code, late.json()["code"]) == (409, "already_noted")
    assert SessionLog.objects.count() == 1


def test_a_guess_may_be_repeated_in_a_change_and_not_changed(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("walking")
    client = api_as(cast.member)
    said = {
        "exercise_type": "walking",
        "minutes": 25,
        "intensity": "light",
        "guess": 4,
        "started_at": "2026-03-10T08:30:00Z",
    }
    path = f"{LOGS}{client.post(LOGS, said).data['uuid']}/"
    for other in (5, None):
        refused = client.patch(path, {"guess": other})
        assert (refused.status_code, refused.json()["code"]) == (400, "guess_locked")
    assert client.patch(path, {"guess": 4, "minutes": 9}).data["minutes"] == 9
    assert client.get(path).data["guess"] == 4


def test_the_zone_of_a_log_made_elsewhere_gives_its_day(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("walking")
    said = {"exercise_type": "walking", "minutes": 5, "intensity": "light", "done_at": "2026-03-09T16:00:00Z"}
    answer = api_as(cast.member).post(LOGS, {**said, "time_zone": "Asia/Tokyo"})
    assert (answer.data["local_on"], answer.data["time_zone"]) == ("2026-03-10", "Asia/Tokyo")
    refused = api_as(cast.member).post(LOGS, {**said, "time_zone": "Moon/Sea"})
    assert refused.json()["errors"][0]["field"] == "time_zone"


def test_nobody_else_finds_or_ends_it(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("walking")
    address = api_as(cast.member).post(URL, {"exercise_type": "walking", "guess": 3}).data["uuid"]
    for name in ("stranger", "host", "superuser"):
        client = api_as(cast.people[name])
        assert client.get(URL).data["results"] == []
        assert client.get(f"{URL}{address}/").status_code == client.delete(f"{URL}{address}/").status_code == 404
        assert client.post(URL, {"exercise_type": "walking", "uuid": address}).status_code == 404
    assert api_as(cast.member).delete(f"{URL}{address}/").status_code == 204
    assert not Beginning.objects.visible_to(cast.member).exists()


def test_a_guess_without_a_beginning_says_when_that_was(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("walking")
    client = api_as(cast.member)
    said = {"exercise_type": "walking", "minutes": 25, "intensity": "light", "guess": 4}
    refused = client.post(LOGS, said)
    assert (refused.status_code, refused.json()["code"]) == (400, "guess_needs_start")
    assert refused.json()["errors"][0]["field"] == "guess"
    assert client.post(LOGS, {**said, "started_at": "2026-03-10T08:30:00Z"}).data["guess"] == 4
