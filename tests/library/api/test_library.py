"""The library for apps."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from library.models import Mechanism, Publication
from library.services.editors import make_editor
from tests.kit.cast import Cast

pytestmark = pytest.mark.usefixtures("library")


def test_a_mechanism_comes_with_claims_sources_and_relations() -> None:
    answer = APIClient().get("/api/v1/mechanisms/hippocampus/").json()

    keys = [source["key"] for source in answer["sources"]]
    assert answer["grade"] == "contested"
    assert answer["claims"][2]["sources"] == ["erickson2011"]
    assert {key for claim in answer["claims"] for key in claim["sources"]} <= set(keys)
    assert {row["target"] for row in answer["relations"]} == {"hpa-axis", "executive-function"}


def test_the_language_asked_for_is_the_one_answered() -> None:
    answer = APIClient().get("/api/v1/mechanisms/sleep/", headers={"accept-language": "zh-CN"})

    assert answer.json()["name"] == Mechanism.objects.get(slug="sleep").name_zh_hans
    assert answer["Content-Language"] == "zh-hans"


def test_a_need_comes_with_ten_minutes_and_red_flags_severe_first() -> None:
    answer = APIClient().get("/api/v1/needs/low-mood/").json()

    assert answer["first_ten_minutes"]
    assert answer["red_flags"][0]["action"] == "crisis"
    assert [row["exercise_type"] for row in answer["exercise_types"]] == ["walking", "strength", "mindful"]


def test_lists_are_whole() -> None:
    client = APIClient()

    assert len(client.get("/api/v1/domains/").json()) == 5
    assert len(client.get("/api/v1/mechanisms/").json()) == 20
    assert len(client.get("/api/v1/needs/").json()) == 9
    assert len(client.get("/api/v1/citations/").json()) == 113
    assert len(client.get("/api/v1/help/").json()["regions"]) == 12


def test_how_soon_is_said_as_on_the_page(django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        short, middle, long = APIClient().get("/api/v1/phases/").json()

    assert [phase["slug"] for phase in (short, middle, long)] == ["short", "mid", "long"]
    assert short["span"] == "minutes to hours"
    assert short["text"].startswith("One session can be enough")
    assert "sleep" in middle["mechanisms"]
    chinese = APIClient().get("/api/v1/phases/", headers={"accept-language": "zh-CN"}).json()
    assert chinese[0]["span"] == "几分钟到几小时"


def test_phases_name_no_draft_but_to_editors(cast: Cast, api_as: Callable[..., APIClient]) -> None:
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)
    make_editor(person=cast.editor)

    named = {
        who: api_as(who).get("/api/v1/phases/").json()[1]["mechanisms"] for who in (None, cast.member, cast.editor)
    }
    assert ["sleep" in slugs for slugs in named.values()] == [False, False, True]
    assert "hpa-axis" in named[None]


def test_figures_that_nobody_checked_are_left_out() -> None:
    answer = APIClient().get("/api/v1/citations/wang2000/").json()

    assert answer["finding"] == ""
    assert answer["people_count"] is None


def test_a_draft_is_absent_but_for_editors(cast: Cast, api_as: Callable[..., APIClient]) -> None:
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)
    make_editor(person=cast.editor)

    hidden, never = (api_as(None).get(f"/api/v1/mechanisms/{slug}/") for slug in ("sleep", "never"))
    assert (hidden.status_code, hidden.json()) == (never.status_code, never.json())
    assert api_as(cast.editor).get("/api/v1/mechanisms/sleep/").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_written(cast: Cast, api_as: Callable[..., APIClient], method: str) -> None:
    answer = getattr(api_as(cast.superuser), method)("/api/v1/mechanisms/sleep/", {})

    assert answer.status_code in {403, 405}


@pytest.mark.parametrize("slug", ["sleep", "hippocampus"])
def test_one_mechanism_takes_a_fixed_number_of_queries(
    slug: str, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(5):  # type: ignore[attr-defined]
        APIClient().get(f"/api/v1/mechanisms/{slug}/")
