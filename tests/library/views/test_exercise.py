"""Kinds of exercise: the matrix, and one page a kind."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape

from library.models import Citation, ComparisonNote, Emphasis, ExerciseType, Mechanism
from tests.kit.markup import attribute, elements, text_of

pytestmark = pytest.mark.usefixtures("library")
EMPHASES = 50


def test_the_matrix_has_every_type_and_every_mechanism(client: Client) -> None:
    page = client.get("/library/exercise/").text

    columns = [text_of(cell) for cell in elements(page, "th", scope="col")]
    rows = [text_of(cell) for cell in elements(page, "th", scope="row") if attribute(cell, "scope") == "row"]
    assert columns[1:] == [kind.name_en for kind in ExerciseType.objects.all()]
    assert rows == [mechanism.name_en for mechanism in Mechanism.objects.all()]
    assert len(list(elements(page, "th", scope="rowgroup"))) == 5
    assert len(list(elements(page, "td"))) == 5 * len(rows)


def test_every_cell_says_how_much_on_what_basis_and_from_where(client: Client) -> None:
    page = client.get("/library/exercise/").text
    cells = [cell for cell in elements(page, "td") if any(elements(cell, "details"))]

    assert len(cells) == Emphasis.objects.count() == EMPHASES
    for cell in cells:
        words = text_of(cell)
        assert any(words.startswith(str(strength.label)) for strength in Emphasis.Strength)
        assert any(str(basis.label) in words for basis in Emphasis.Basis)
        assert any(elements(cell, "a", href="/library/sources/#")) or "No study of its own" in words


def test_a_weight_is_a_word_and_never_a_number(client: Client) -> None:
    for summary in elements(client.get("/library/exercise/").text, "summary"):
        assert not re.search(r"\d|%", text_of(summary))
    Emphasis.objects.filter(exercise_type__slug="walking", mechanism__slug="sleep").update(weight=0)
    assert "Hardly, if at all" in client.get("/library/exercise/walking/").text


def test_weights_order_the_routes_of_a_kind(client: Client) -> None:
    page = client.get("/library/exercise/aerobic/").text

    shown = [attribute(item, "id") for item in elements(page, "li", **{"class": "route-line"})]
    weights = dict(Emphasis.objects.filter(exercise_type__slug="aerobic").values_list("mechanism__slug", "weight"))
    assert set(shown) == set(weights)
    assert [weights[slug] for slug in shown] == sorted(weights.values(), reverse=True)


@pytest.mark.parametrize("slug", ["walking", "aerobic", "strength", "mindful", "group-outdoor"])
def test_a_kind_has_cautions_examples_and_what_it_suits_in_both_languages(client: Client, slug: str) -> None:
    kind = ExerciseType.objects.get(slug=slug)

    chinese = client.get(f"/zh-hans/library/exercise/{slug}/").text
    page = client.get(f"/library/exercise/{slug}/").text
    for caution in kind.cautions.all():
        assert escape(caution.text_en) in page
        assert caution.text_zh_hans in chinese
    for need in kind.suits_needs.all():
        assert f"/library/start/{need.slug}/" in page
    for example in kind.examples_zh_hans.splitlines():
        assert example in chinese
    assert f"{kind.met_low} to {kind.met_high} METs" in page


def test_mets_that_nobody_has_seen_on_a_page_are_left_out(client: Client) -> None:
    ExerciseType.objects.filter(slug="walking").update(met_is_verified=False)

    assert "METs" not in client.get("/library/exercise/walking/").text


def test_a_comparison_that_was_never_seen_on_a_page_is_left_out(client: Client) -> None:
    unseen = ComparisonNote.objects.get(is_verified=False)
    seen = ComparisonNote.objects.get(is_verified=True)

    for page in ("/library/exercise/", "/library/exercise/strength/"):
        text = client.get(page).text
        assert unseen.text_en not in text
        assert seen.text_en in text


def test_a_comparison_with_an_unchecked_figure_is_left_out(client: Client) -> None:
    seen = ComparisonNote.objects.get(is_verified=True)
    ComparisonNote.objects.filter(pk=seen.pk).update(text_en="In 7 of 10 trials they did not differ.")
    Citation.objects.filter(key="noetel2024").update(numbers_verified=False)

    for page in ("/library/exercise/", "/library/exercise/strength/"):
        assert "In 7 of 10 trials" not in client.get(page).text


def test_sources_are_numbered_without_a_gap_and_every_mark_leads_to_one(client: Client) -> None:
    for kind in ExerciseType.objects.all():
        page = client.get(kind.get_absolute_url()).text
        marks = {attribute(link, "href") for link in elements(page, "a", href="#source-")}
        sources = [f"#{attribute(item, 'id')}" for item in elements(page, "li", id="source-")]
        assert marks == set(sources)
        assert sources == [f"#source-{number}" for number in range(1, len(sources) + 1)]


def test_a_headline_with_an_unchecked_figure_is_left_out_with_its_sources(client: Client) -> None:
    strength = ExerciseType.objects.get(slug="strength")

    page = client.get("/library/exercise/strength/").text
    assert strength.headline_citations.filter(numbers_verified=False).exists()
    assert strength.headline_en not in page
    assert Citation.objects.get(key="gordon2017").title not in page


def test_an_unknown_kind_is_absent(client: Client) -> None:
    assert client.get("/library/exercise/juggling/").status_code == 404


@pytest.mark.parametrize(("path", "queries"), [("/library/exercise/", 12), ("/library/exercise/aerobic/", 11)])
def test_the_number_of_queries_does_not_grow(
    client: Client, path: str, queries: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]
        client.get(path)
    Emphasis.objects.exclude(mechanism__slug="sleep").delete()
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]
        client.get(path)
