"""The document of the API is what the code does, whole, valid, and in words."""

import json
from collections import Counter
from typing import Any

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator

from mindmove import openapi
from mindmove.openapi.examples import example_of
from mindmove.openapi.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(openapi.as_text(openapi.made()))


def operations(document: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [(method, one) for path in document["paths"].values() for method, one in path.items()]


def test_the_file_is_what_the_code_says(document: dict[str, Any]) -> None:
    assert openapi.kept_document() == document, "run `make openapi`, and commit docs/openapi.json"


def test_it_is_openapi_3_1_and_valid_without_a_warning() -> None:
    with GENERATOR_STATS.silence():
        GENERATOR_STATS.reset()
        found = openapi.made()
        warnings = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    validate_schema(found)
    assert (found["openapi"], warnings) == ("3.1.0", [])


def test_every_operation_is_put_into_words(document: dict[str, Any]) -> None:
    tags = {tag["name"] for tag in document["tags"]}
    for _method, one in operations(document):
        assert one["summary"], one["operationId"]
        assert one["description"], one["operationId"]
        assert set(one["tags"]) <= tags, one["operationId"]
    twice = [words for words, n in Counter(one["summary"] for _, one in operations(document)).items() if n > 1]
    assert twice == []


def test_every_operation_and_room_is_named_in_chinese(document: dict[str, Any]) -> None:
    named = [one.get("x-summary-zh-hans", "") for _, one in operations(document)]
    ids = [one["operationId"] for _, one in operations(document)]
    assert [name for name, chinese in zip(ids, named, strict=True) if not chinese] == []
    assert [name for name, n in Counter(named).items() if n > 1] == []
    assert {tag["name"] for tag in document["tags"]} <= words()["rooms"].keys()
    assert words()["operations"].keys() <= set(ids), "said of an operation that is none"


@pytest.mark.parametrize("name", ["Accept-Language", "MindMove-App"])
def test_every_operation_takes_what_all_share(document: dict[str, Any], name: str) -> None:
    said = document["components"]["parameters"][name]
    assert (said["in"], said["required"]) == ("header", False)
    shared = {"$ref": f"#/components/parameters/{name}"}
    assert [one["operationId"] for _, one in operations(document) if shared not in one["parameters"]] == []


def test_what_is_answered_with_a_tag_is_read_with_it(document: dict[str, Any]) -> None:
    unread = document["paths"]["/api/v1/me/messages/unread/"]["get"]
    assert "ETag" in unread["responses"]["200"]["headers"]
    assert "304" in unread["responses"]
    assert "If-None-Match" in [one.get("name") for one in unread["parameters"]]


def test_every_refusal_is_problem_details(document: dict[str, Any]) -> None:
    for method, one in operations(document):
        refusals = {status: answer for status, answer in one["responses"].items() if status >= "400"}
        wanted = {"400", "406", "426", "429"} if method == "get" else {"400", "401", "403", "409", "422", "426", "429"}
        assert wanted <= refusals.keys(), one["operationId"]
        for status, answer in refusals.items():
            assert answer == {"$ref": f"#/components/responses/Problem{status}"}, one["operationId"]


def test_every_example_fits_its_shape(document: dict[str, Any]) -> None:
    for _method, one in operations(document):
        for content in [one.get("requestBody", {}), *(one["responses"][s] for s in one["responses"] if s < "300")]:
            schema = content.get("content", {}).get("application/json", {}).get("schema")
            if schema:
                assert list(shape(schema, document).iter_errors(example_of(schema, document))) == [], one["operationId"]


@pytest.mark.parametrize(
    ("where", "name"),
    [
        ("Log.setting", "LogSettingEnum"),
        ("Log.company", "LogCompanyEnum"),
        ("CalendarLog.intensity", "IntensityEnum"),
        ("Meeting.answer", "AnswerStatusEnum"),
        ("Dose.band", "BandEnum"),
        ("WeekDose.band", "BandEnum"),
        ("Step.reason_code", "ReasonCodeEnum"),
        ("Step.turns", "WayEnum"),
        ("OwnStep.unit", "StepUnitEnum"),
        ("CheckIn.scale", "ScaleKeyEnum"),
        ("Mechanism.grade", "EvidenceGradeEnum"),
    ],
)
def test_a_choice_names_what_there_is(document: dict[str, Any], where: str, name: str) -> None:
    shape, field = where.split(".")
    assert f"#/components/schemas/{name}'" in str(document["components"]["schemas"][shape]["properties"][field])


def test_an_address_is_shown_as_one(document: dict[str, Any]) -> None:
    shapes = document["components"]["schemas"]
    shown = {
        f"{shape}.{name}": part["examples"][0]
        for shape, schema in shapes.items()
        for name, part in schema.get("properties", {}).items()
        if name.endswith("url") and "examples" in part
    }
    assert {where: example for where, example in shown.items() if not example.startswith(("/", "https://"))} == {}
    assert len(shown) > 5


def test_a_wrong_example_would_be_seen(document: dict[str, Any]) -> None:
    schema = {"$ref": "#/components/schemas/Problem"}
    assert list(shape(schema, document).iter_errors({"status": "four hundred"}))


def shape(schema: dict[str, Any], document: dict[str, Any]) -> Draft202012Validator:
    """Return what checks a value against a shape whose references lead into the document."""
    return Draft202012Validator({**schema, "components": document["components"]})


def test_codes_of_errors_are_told_in_both_languages(document: dict[str, Any]) -> None:
    codes = {row["code"]: row for row in document["x-problem-codes"]}
    assert codes["not_a_host"]["status"] == 403
    assert len(codes) > 100
    same = [row["code"] for row in codes.values() if row["zh-hans"] == row["en"]]
    assert same == []


def test_it_is_served_as_it_lies_and_needs_no_second_look(client: Client) -> None:
    answer = client.get("/api/v1/schema/")
    again = client.get("/api/v1/schema/", headers={"If-None-Match": answer["ETag"]})
    assert (answer.status_code, answer.json()["openapi"], again.status_code) == (200, "3.1.0", 304)
