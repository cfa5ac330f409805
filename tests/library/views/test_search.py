"""The page of results."""

import logging

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import AccountSession
from library.models import Mechanism
from library.services.search_index import reindex
from tests.library.search.conftest import index, loaded_index

__all__ = ["index", "loaded_index"]
pytestmark = pytest.mark.usefixtures("index")


def page(client: Client, typed: str, prefix: str = "", **more: str) -> str:
    answer = client.get(f"{prefix}/library/search/", {"q": typed, **more})
    assert answer.status_code == 200
    return answer.text


def test_a_hit_says_its_kind_its_grade_and_what_matches(client: Client) -> None:
    shown = page(client, "sero")

    assert '<a href="/library/mechanisms/serotonin/"><mark>Serotonin</mark></a>' in shown
    assert "Why moving helps" in shown
    assert "grade--" in shown
    assert 'value="sero"' in shown


def test_chinese_addresses_and_labels_in_chinese(client: Client) -> None:
    shown = page(client, "焦慮", "/zh-hans")

    assert '<a href="/zh-hans/library/start/anxiety/"><mark>焦虑</mark>与<mark>紧绷</mark></a>' in shown
    assert "第一步" in shown


def test_a_typo_is_mended_and_said(client: Client) -> None:
    assert 'Did you mean <a href="?q=serotonin">serotonin</a>?' in page(client, "serotinin")


def test_markup_of_editors_and_of_readers_stays_text(client: Client) -> None:
    Mechanism.objects.filter(slug="sleep").update(name_en="<b>Sleep</b>")
    reindex(Mechanism.objects.filter(slug="sleep"))

    shown = page(client, "sleep <script>alert(1)</script>")

    assert "&lt;b&gt;<mark>Sleep</mark>&lt;/b&gt;" in shown
    assert "<script>alert" not in shown


@pytest.mark.parametrize(
    ("typed", "prefix", "words"), [("suicide", "", "carry this alone"), ("想死", "/zh-hans", "独自扛着")]
)
def test_words_of_care_bring_the_way_to_help_to_the_top(client: Client, typed: str, prefix: str, words: str) -> None:
    shown = page(client, typed, prefix)

    assert words in shown
    assert shown.index(words) < shown.index(f'href="{prefix}/library/get-help/"') < shown.index("<ol")


def test_nothing_found_leads_on(client: Client) -> None:
    shown = page(client, "zzzzqqqq")

    for address in ("/library/start/", "/library/get-help/", "/library/"):
        assert f'class="button" href="{address}"' in shown or f'class="button button--quiet" href="{address}"' in shown
    assert "No page with these words" in shown
    assert "No page with these words" not in page(client, "")


def test_results_come_in_pages_that_keep_the_words(client: Client) -> None:
    first, second = page(client, "exercise"), page(client, "exercise", page="2")

    assert "q=exercise&amp;page=2" in first
    assert "q=exercise&amp;page=1" in second
    assert first.count("search-hit") == 20
    assert page(client, "exercise", page="99999999999999999999").count("search-hit") > 0


@pytest.mark.parametrize("typed", ["a" * 101, "sleep\x00"])
def test_what_cannot_be_searched_for_is_said_beside_the_field_and_kept(client: Client, typed: str) -> None:
    shown = page(client, typed)

    assert "field__error" in shown
    assert 'aria-invalid="true"' in shown
    assert typed[:5] in shown


def test_what_was_typed_is_neither_stored_nor_logged_nor_cached(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    cache.clear()

    answer = client.get("/library/search/", {"q": "zorptinella suicide"})
    client.post("/library/search/?q=zorptinella")

    assert "no-store" in answer["Cache-Control"]
    assert "ETag" not in answer
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert not any("zorptinella" in line for line in said)
    assert not AccountSession.objects.exists()
    assert answer.cookies.get("sessionid") is None


@pytest.mark.parametrize("address", ["/library/", "/no/such/page/"])
def test_the_front_page_and_a_lost_reader_have_the_field(client: Client, address: str) -> None:
    shown = client.get(address).text

    assert 'action="/library/search/"' in shown
    assert 'name="q"' in shown
