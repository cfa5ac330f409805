"""The mechanism map for apps."""

from collections.abc import Callable

import pytest
from rest_framework.test import APIClient

from library.models import Mechanism, Publication, Relation

pytestmark = pytest.mark.usefixtures("library")

PATH = "/api/v1/mechanism-map/"


def test_nodes_edges_domains_and_horizons_come_in_one_answer() -> None:
    answer = APIClient().get(PATH).json()

    slugs = {node["slug"] for node in answer["nodes"]}
    assert len(slugs) == len(answer["nodes"]) == 20
    assert len(answer["edges"]) == 56
    assert {edge[end] for edge in answer["edges"] for end in ("mechanism", "target")} <= slugs
    assert answer["domains"][0] == {"slug": "neurochemical", "name": "Brain chemistry"}
    assert {node["domain"] for node in answer["nodes"]} == {domain["slug"] for domain in answer["domains"]}
    assert [row["horizon"] for row in answer["horizons"]] == ["minutes", "weeks", "months"]


def test_it_speaks_the_language_asked_for() -> None:
    answer = APIClient().get(PATH, headers={"accept-language": "zh-CN"}).json()

    edge = answer["edges"][0]
    row = Relation.objects.get(mechanism__slug=edge["mechanism"], target__slug=edge["target"])
    assert edge["why"] == row.why_zh_hans
    assert answer["nodes"][0]["name"] == Mechanism.objects.first().name_zh_hans
    assert answer["horizons"][0]["name"] == "几分钟内"


def test_neither_a_draft_nor_a_way_to_it_is_told() -> None:
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)

    assert '"sleep"' not in APIClient().get(PATH).content.decode()


def test_two_queries_whatever_it_holds(django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        APIClient().get(PATH)
    Mechanism.objects.exclude(slug="sleep").update(status=Publication.DRAFT)
    with django_assert_num_queries(2):  # type: ignore[attr-defined]
        APIClient().get(PATH)


def test_the_schema_names_the_kinds() -> None:
    schema = APIClient().get("/api/v1/schema/?format=json").json()["components"]["schemas"]

    assert schema["RelationKindEnum"]["enum"] == ["reinforces", "enables", "mediates"]
    assert set(schema["Map"]["properties"]) == {"horizons", "domains", "nodes", "edges"}
