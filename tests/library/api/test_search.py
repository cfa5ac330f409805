"""Search for apps."""

import pytest
from rest_framework.test import APIClient

from tests.library.search.conftest import index, loaded_index

__all__ = ["index", "loaded_index"]
pytestmark = pytest.mark.usefixtures("index")


def test_results_come_best_first_in_the_language_asked_for() -> None:
    answer = APIClient().get("/api/v1/search/", {"q": "失眠"}, headers={"accept-language": "zh-CN"}).json()

    assert answer["results"][0] == {
        "kind": "mechanism",
        "kind_label": "为什么动一动有帮助",
        "key": "sleep",
        "title": "睡眠",
        "line": "在试验里，经常活动让睡眠好了一些；睡眠好转之后，抑郁和焦虑也有所减轻。",
        "excerpt": "",
        "grade": "strong",
        "grade_label": "较强",
        "url": "/zh-hans/library/mechanisms/sleep/",
    }
    assert answer["did_you_mean"] == answer["get_help"] == ""


def test_pages_are_counted_and_one_beyond_the_last_is_empty() -> None:
    first = APIClient().get("/api/v1/search/", {"q": "exercise"}).json()
    beyond = APIClient().get("/api/v1/search/", {"q": "exercise", "page": first["pages"] + 1}).json()

    assert len(first["results"]) == 20 < first["count"]
    assert beyond["results"] == []


def test_typos_and_words_of_care_are_said() -> None:
    assert APIClient().get("/api/v1/search/", {"q": "serotinin"}).json()["did_you_mean"] == "serotonin"
    assert APIClient().get("/api/v1/search/", {"q": "kill myself"}).json()["get_help"] == "/library/get-help/"


@pytest.mark.parametrize(
    ("query", "field"),
    [({}, "q"), ({"q": " "}, "q"), ({"q": "a" * 101}, "q"), ({"q": "a\x00"}, "q"), ({"q": "a", "page": "0"}, "page"),
     ({"q": "a", "page": "x"}, "page"), ({"q": "a", "page": "9" * 30}, "page")],
)  # fmt: skip
def test_bad_input_is_a_problem_that_names_the_field(query: dict[str, str], field: str) -> None:
    answer = APIClient().get("/api/v1/search/", query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]
