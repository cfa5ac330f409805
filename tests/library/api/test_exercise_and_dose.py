"""Exercise types, the dose and the safety texts for apps."""

from collections.abc import Callable
from typing import Any

import pytest
from rest_framework.test import APIClient

from library import dose
from library.models import Citation, Emphasis, ExerciseType, SafetyText

pytestmark = pytest.mark.usefixtures("library")


def get(path: str, language: str = "en", **query: Any) -> Any:
    return APIClient().get(f"/api/v1/{path}", query, headers={"accept-language": language})


def test_the_list_of_types_is_the_matrix() -> None:
    types = get("exercise-types/").json()

    cells = [cell for kind in types for cell in kind["emphases"]]
    assert [kind["slug"] for kind in types] == ["walking", "aerobic", "strength", "mindful", "group-outdoor"]
    assert len(cells) == Emphasis.objects.count()
    assert {cell["strength"] for cell in cells} == {"main", "often", "little", "hardly"}
    assert {cell["basis"] for cell in cells} == {"evidence", "inference", "source"}
    assert not any("weight" in cell for cell in cells)


def test_a_type_comes_with_cautions_mets_and_the_sources_it_names() -> None:
    kind = get("exercise-types/mindful/", "zh-hans").json()

    row = ExerciseType.objects.get(slug="mindful")
    keys = {source["key"] for source in kind["sources"]}
    assert kind["name"] == row.name_zh_hans
    assert [caution["text"] for caution in kind["cautions"]] == [c.text_zh_hans for c in row.cautions.all()]
    assert kind["met_range"] == ["1.8", "4.0"]
    assert kind["met_values"][-1]["met"] is None
    assert {key for cell in kind["emphases"] for key in cell["sources"]} <= keys
    assert set(kind["suits_needs"]) == {"anxiety", "stress", "poor-sleep", "rumination"}


def test_what_nobody_checked_is_left_out() -> None:
    assert get("exercise-types/strength/").json()["headline"] == ""
    assert len(get("exercise-comparisons/").json()) == 1
    ExerciseType.objects.update(met_is_verified=False)
    kind = get("exercise-types/walking/").json()
    assert (kind["met_range"], kind["met_values"]) == (None, [])
    assert "herrmann2024" not in {source["key"] for source in kind["sources"]}


def test_safety_texts_are_whole_but_for_the_editors_rules() -> None:
    texts = get("safety/", "zh-hans").json()

    shown = SafetyText.objects.exclude(group=SafetyText.Group.EDITORS)
    assert {text["text"] for text in texts} == {text.text_zh_hans for text in shown}
    assert next(text for text in texts if text["key"] == "medication")["places"] == ["mechanism-pages", "plans", "dose"]


def test_the_constants_are_those_of_the_content_file() -> None:
    answer = get("dose/").json()

    constants = dose.content()["constants"]
    assert answer["target_minutes"] == constants["moderate_target_min"]
    assert answer["half_dose_minutes"] == constants["half_dose_moderate_equivalent_min"]
    assert answer["rest_offered_above_minutes"] == constants["rest_offered_above_min"]
    assert [band["key"] for band in answer["bands"]] == [band.key for band in dose.BANDS]
    assert [effort["key"] for effort in answer["efforts"]] == ["light", "moderate", "vigorous"]
    assert {key for row in answer["statements"] for key in row["sources"]} <= {s["key"] for s in answer["sources"]}


@pytest.mark.parametrize("row", [row for row in dose.content()["worked_examples"] if "moderate" in row], ids=str)
def test_worked_weeks(row: dict[str, Any]) -> None:
    week = get("dose/calculate/", **{name: row[name] for name in ("light", "moderate", "vigorous")}).json()["week"]

    assert (week["minutes"], week["band"]) == (row["expect_equivalent"], row["expect_band"])


@pytest.fixture
def zones_are_checked(library: None) -> None:
    Citation.objects.filter(key__in=dose.HEART_RATE_SOURCES).update(numbers_verified=True)


def test_heart_rates_wait_until_their_sources_are_checked() -> None:
    assert get("dose/calculate/", age=40).json()["zones"] == []


def test_worked_heart_rates(zones_are_checked: None) -> None:
    zones = get("dose/calculate/", age=40).json()["zones"]

    assert zones[1:] == [
        {"effort": "moderate", "low": 115, "high": 137},
        {"effort": "vigorous", "low": 139, "high": 171},
    ]


def test_what_cannot_be_is_refused_with_its_fields(zones_are_checked: None) -> None:
    answer = get("dose/calculate/", "zh-hans", moderate=10081, age=3, strength="x")

    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"moderate", "age", "strength"}
    assert "10081" not in answer.text
    assert "一周" in answer.text


@pytest.mark.parametrize("path", ["exercise-types/", "exercise-comparisons/", "safety/", "dose/"])
def test_the_number_of_queries_does_not_grow(path: str, django_assert_max_num_queries: Callable[[int], object]) -> None:
    with django_assert_max_num_queries(8):  # type: ignore[attr-defined]
        get(path)
