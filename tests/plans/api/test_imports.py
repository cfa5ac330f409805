"""Bringing in a file over the API."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from jsonschema import Draft202012Validator

from mindmove import openapi
from plans.models import SessionLog
from tests.kit.cast import Cast
from tests.kit.tracks import fit, gpx, tcx
from tests.plans.kit import make_type

URL = "/api/v1/imports/"


def send(client: Any, data: bytes, query: str = "", **values: Any) -> Any:
    return client.post(URL + query, {"file": SimpleUploadedFile("x", data), **values}, format="multipart")


def test_a_preview_stores_nothing_and_its_fields_make_a_log(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("aerobic")
    client = api_as(cast.member)
    answer = send(client, tcx())
    assert answer.status_code == 200
    expected = {"source": "tcx", "exercise_type": "aerobic", "minutes": 10, "distance_m": 900, "intensity": ""}
    assert {name: answer.data[name] for name in expected} == expected
    assert not answer.data["is_noted"]
    assert not SessionLog.objects.exists()
    noted = client.post("/api/v1/logs/", {**answer.data, "intensity": "light"})
    assert noted.status_code == 201
    assert noted.data["uuid"] == answer.data["uuid"]
    assert send(client, tcx()).data["is_noted"]


def test_it_can_be_noted_at_once_and_twice_is_one_log(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("aerobic")
    client, felt = api_as(cast.member), {"intensity": "moderate", "mood_after": "6", "setting": "green"}
    first, again = (send(client, fit(), "?save=1", **felt) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert (first.data["mood_after"], first.data["setting"]) == (6, "green")
    assert first.data == again.data
    assert SessionLog.objects.get().source == "fit"


def test_every_reply_is_of_the_one_shape_that_the_document_gives_it(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("aerobic")
    client, document = api_as(cast.member), openapi.made()
    replies = document["paths"][URL]["post"]["responses"]
    answers = [send(client, fit(), query, intensity="moderate") for query in ("", "?save=1", "?save=1")]

    assert [answer.status_code for answer in answers] == [200, 201, 200]
    for answer in answers:
        schema = replies[str(answer.status_code)]["content"]["application/json"]["schema"]
        shape = Draft202012Validator({**schema, "components": document["components"]})
        assert list(shape.iter_errors(answer.json())) == []


@pytest.mark.parametrize(
    ("data", "values", "field"),
    [(gpx(), {"exercise_type": "aerobic"}, "intensity"), (gpx(), {"intensity": "light"}, "exercise_type"),
     (b"x", {"intensity": "light"}, "file"), (b"", {}, "file"), (b"x" * (10 * 1024 * 1024 + 1), {}, "file"),
     (fit(), {"intensity": "brutal"}, "intensity"), (fit(), {"age": "7"}, "age")],
)  # fmt: skip
def test_what_is_missing_or_wrong_is_a_problem_at_its_field(
    cast: Cast, now: Any, api_as: Any, data: bytes, values: Any, field: str
) -> None:
    make_type("aerobic")
    answer = send(api_as(cast.member), data, "?save=1", **values)
    assert answer.status_code == 400
    assert [row["field"] for row in answer.json()["errors"]] == [field]
    assert not SessionLog.objects.exists()


def test_nothing_is_written_to_disk_and_visitors_are_asked_who_they_are(
    cast: Cast, now: Any, api_as: Any, settings: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR, settings.FILE_UPLOAD_MAX_MEMORY_SIZE = "/nonexistent", 10
    assert send(api_as(cast.member), gpx()).status_code == 200
    assert send(api_as(None), gpx()).status_code == 401


def test_a_key_goes_with_a_file_which_stays_in_memory(
    cast: Cast, now: Any, as_person: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_type("aerobic")
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", None)  # none goes to disk
    client = as_person(cast.member)

    def bring(data: bytes, key: str) -> Any:
        body = {"file": SimpleUploadedFile("x", data), "intensity": "moderate"}
        return client.post(f"{URL}?save=1", body, headers={"Idempotency-Key": key})

    first, again = bring(fit(), "one"), bring(fit(), "one")
    assert (first.status_code, again.status_code, again["Idempotent-Replayed"]) == (201, 201, "true")
    assert bring(b"x" * (3 * 1024 * 1024), "two").status_code == 400  # more than Django keeps in memory by itself
