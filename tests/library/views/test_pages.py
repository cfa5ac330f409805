"""Pages that anybody may read."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.http import HttpResponse
from django.test import Client

from library.models import Citation, Claim, Mechanism, Need, Publication, SafetyText
from library.services.editors import make_editor
from tests.kit.cast import Cast

pytestmark = pytest.mark.usefixtures("library")

PAGES = [
    "/library/",
    "/library/map/",
    "/library/mechanisms/hippocampus/",
    "/library/sources/",
    "/library/exercise/",
    "/library/exercise/mindful/",
    "/library/dose/",
    "/library/start/",
    "/library/start/low-mood/",
    "/library/get-help/",
    "/library/safety/",
]
CANARY = "canary-4711"


def without_nonce(answer: HttpResponse) -> str:
    return re.sub(r'nonce="[^"]*"', "", answer.text)


def both_languages(pages: list[str]) -> list[str]:
    return [prefix + page for page in pages for prefix in ("", "/zh-hans")]


@pytest.mark.parametrize("page", both_languages(PAGES))
def test_a_visitor_reads_it_in_both_languages(client: Client, page: str) -> None:
    assert client.get(page).status_code == 200


def test_a_mechanism_says_how_sure_how_soon_and_what_to_try(client: Client) -> None:
    page = client.get("/library/mechanisms/hippocampus/").text
    chinese = client.get("/zh-hans/library/mechanisms/hippocampus/").text

    row = Mechanism.objects.get(slug="hippocampus")
    for name in ("name", "one_line", "grade_reason", "try_it", "does_not_apply_to"):
        assert getattr(row, f"{name}_zh_hans") in chinese
    assert row.name_en in page
    assert "Contested" in page
    assert "over months" in page
    assert "seen in people" in page


def test_every_source_mark_leads_to_a_source_below(client: Client) -> None:
    for mechanism in Mechanism.objects.all():
        page = client.get(mechanism.get_absolute_url()).text
        cited = Claim.objects.filter(mechanism=mechanism).values_list("citations", flat=True)
        shown = set(cited) | set(mechanism.citations.values_list("pk", flat=True))
        for number in range(1, len(shown) + 1):
            assert f'id="source-{number}"' in page
        assert page.count('href="#source-') == len(cited)


@pytest.mark.parametrize("page", ["/library/", "/library/mechanisms/sleep/", "/library/start/poor-sleep/"])
def test_editors_notes_weights_and_unchecked_figures_are_nowhere(client: Client, page: str) -> None:
    plant_canaries()

    for address in [*both_languages([*PAGES, page]), *API]:
        assert CANARY not in client.get(address, headers={"accept-language": "zh-hans"}).text, address


API = [
    "/api/v1/domains/",
    "/api/v1/phases/",
    "/api/v1/mechanisms/",
    "/api/v1/mechanisms/sleep/",
    "/api/v1/mechanisms/hippocampus/",
    "/api/v1/mechanism-map/",
    "/api/v1/needs/",
    "/api/v1/needs/low-mood/",
    "/api/v1/citations/",
    "/api/v1/help/",
    "/api/v1/safety/",
    "/api/v1/dose/",
    "/api/v1/exercise-types/",
    "/api/v1/exercise-types/mindful/",
    "/api/v1/start/?need=low-mood",
]


def plant_canaries() -> None:
    """Put a word into everything that no reader may see."""
    Mechanism.objects.update(editors_record_en=CANARY, editors_record_zh_hans=CANARY)
    Need.objects.update(do_not_say_en=CANARY, product_rule_en=CANARY, product_rule_zh_hans=CANARY)
    unchecked = Citation.objects.filter(numbers_verified=False)
    unchecked.update(finding_en=CANARY, finding_zh_hans=CANARY)
    Citation.objects.update(editors_note=CANARY, seen_at=CANARY, doi_note=CANARY)
    Citation.objects.filter(doi_is_verified=False).update(doi=CANARY)
    texts = SafetyText.objects.filter(group=SafetyText.Group.EDITORS)
    texts.update(text_en=CANARY, text_zh_hans=CANARY)
    SafetyText.objects.update(editors_note=CANARY)


def test_a_draft_is_as_absent_as_what_never_was(client: Client, cast: Cast, as_person: Callable[..., Client]) -> None:
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)
    make_editor(person=cast.editor)

    hidden, never = client.get("/library/mechanisms/sleep/"), client.get("/library/mechanisms/never/")
    assert (hidden.status_code, never.status_code) == (404, 404)
    assert without_nonce(hidden).replace("/sleep/", "") == without_nonce(never).replace("/never/", "")
    assert as_person(cast.member).get("/library/mechanisms/sleep/").status_code == 404
    assert as_person(cast.editor).get("/library/mechanisms/sleep/").status_code == 200
    for page in ("/library/", "/library/start/poor-sleep/", "/library/mechanisms/autonomic-hrv/", "/library/exercise/"):
        assert "mechanisms/sleep/" not in client.get(page).text


def test_an_overdue_review_is_said(client: Client, now: datetime) -> None:
    words = "due for another look"
    assert words not in client.get("/library/mechanisms/sleep/").text

    Mechanism.objects.filter(slug="sleep").update(review_due_on=date(2026, 3, 9))

    assert words in client.get("/library/mechanisms/sleep/").text


def test_a_page_that_names_events_is_made_anew(client: Client) -> None:
    assert "Cache-Control" not in client.get("/library/start/low-mood/").headers


@pytest.mark.parametrize("page", [page for page in PAGES if page != "/library/start/low-mood/"])
def test_visitors_pages_are_cached_and_members_pages_never(
    client: Client, cast: Cast, as_person: Callable[..., Client], page: str
) -> None:
    answer = client.get(page)
    again = client.get(page, headers={"if-none-match": answer["ETag"]})

    assert "public" in answer["Cache-Control"]
    assert "Cookie" in answer["Vary"]
    assert again.status_code == 304
    assert as_person(cast.member).get(page)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("page", ["/library/mechanisms/hippocampus/", "/library/mechanisms/sleep/"])
def test_a_mechanism_takes_the_same_queries_whatever_it_holds(
    client: Client, page: str, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(6):  # type: ignore[attr-defined]
        client.get(page)
