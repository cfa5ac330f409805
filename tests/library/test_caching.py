"""A visitor's page is kept until content changes; a person's page never is."""

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache, caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from library.caching import content_changed
from library.models import Claim, Mechanism
from library.services.publishing import publish, unpublish
from tests.kit.admin_form import form_of
from tests.kit.cast import Cast

PAGE = "/library/mechanisms/sleep/"
pytestmark = pytest.mark.usefixtures("library", "keeping")


@pytest.fixture
def keeping(settings: Settings) -> Iterator[None]:
    settings.PAGE_CACHE_SECONDS = 300
    caches["pages"].clear()
    cache.clear()
    yield
    caches["pages"].clear()


def rename(name: str) -> None:
    Mechanism.objects.filter(slug="sleep").update(one_line_en=name)


def test_the_second_visitor_gets_the_same_bytes_without_a_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = client.get(PAGE)
    with django_assert_num_queries(0):
        second = Client().get(PAGE)

    assert second.content == first.content
    assert "nonce" not in second.text
    for name in ("ETag", "Cache-Control", "Vary", "Content-Type", "Content-Language", "Content-Security-Policy"):
        assert second[name] == first[name], name


def test_languages_are_kept_apart(client: Client) -> None:
    assert client.get(PAGE).content != client.get(f"/zh-hans{PAGE}").content
    assert client.get(f"/zh-hans{PAGE}")["Content-Language"] == "zh-hans"
    assert client.get(PAGE)["Content-Language"] == "en"


def test_what_an_editor_publishes_is_there_at_once(
    client: Client, cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    client.get(PAGE)
    rename("Rewritten.")
    assert "Rewritten." not in client.get(PAGE).text

    with django_capture_on_commit_callbacks(execute=True):
        unpublish(page=Mechanism.objects.get(slug="sleep"), by=cast.editor, note="One more look.")
        publish(page=Mechanism.objects.get(slug="sleep"), by=cast.editor)

    assert "Rewritten." in client.get(PAGE).text


def test_what_an_editor_saves_in_the_admin_is_there_at_once(
    client: Client,
    cast: Cast,
    as_person: Callable[..., Client],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    row = Mechanism.objects.get(slug="sleep")
    admin, address = as_person(cast.superuser), f"/admin/library/mechanism/{row.pk}/change/"
    client.get(PAGE)

    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(address, form_of(admin, address) | {"one_line_en": "Saved in the admin."})

    assert answer.status_code == 302
    assert "Saved in the admin." in client.get(PAGE).text


def test_a_page_never_depends_on_the_shared_cache(client: Client, settings: Settings) -> None:
    away = {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = settings.CACHES | {"default": away}
    content_changed()

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("name", ["sessionid", "messages", "help_region"])
def test_whoever_carries_a_personal_cookie_gets_a_page_of_their_own(client: Client, name: str) -> None:
    client.get(PAGE)
    rename("Changed.")
    client.cookies[name] = "something"

    answer = client.get(PAGE)

    assert "Changed." in answer.text
    assert answer["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer


def test_a_members_page_is_neither_kept_nor_served_from_what_is_kept(
    client: Client, cast: Cast, as_person: Callable[..., Client]
) -> None:
    page = as_person(cast.member).get(PAGE)

    assert page["Cache-Control"] == "private, no-store"
    assert "csrfmiddlewaretoken" in page.text
    assert "csrfmiddlewaretoken" not in client.get(PAGE).text


def test_a_page_with_a_form_token_is_not_shared(client: Client) -> None:
    answer = client.get("/library/get-help/?region=gb")

    assert "csrfmiddlewaretoken" in answer.text
    assert answer["Cache-Control"] == "private, no-store"


def test_what_is_not_there_is_not_kept(client: Client) -> None:
    Mechanism.objects.filter(slug="sleep").update(status="draft")
    assert client.get(PAGE).status_code == 404
    Mechanism.objects.filter(slug="sleep").update(status="published")
    assert client.get(PAGE).status_code == 200


def test_addresses_with_a_query_are_made_each_time(client: Client) -> None:
    client.get(f"{PAGE}?one")
    rename("Fresh.")

    assert "Fresh." in client.get(f"{PAGE}?one").text


def test_an_unchanged_page_is_a_304_with_its_headers_and_no_body(client: Client) -> None:
    first = client.get(PAGE)

    again = client.get(PAGE, headers={"if-none-match": first["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    for name in ("ETag", "Cache-Control", "Vary"):
        assert again[name] == first[name]


def test_head_has_the_headers_of_get(client: Client) -> None:
    get, head = client.get(PAGE), client.head(PAGE)

    assert (head.status_code, head.content) == (200, b"")
    assert head["ETag"] == get["ETag"]
    assert head["Content-Length"] == get["Content-Length"]


def test_a_page_made_anew_takes_six_queries_with_one_claim_and_with_thirty(
    client: Client, settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    settings.PAGE_CACHE_SECONDS = 0
    sleep = Mechanism.objects.get(slug="sleep")
    sources = list(sleep.citations.all())
    for wanted in (1, 30):
        sleep.claims.all().delete()
        for order in range(wanted):
            claim = Claim.objects.create(mechanism=sleep, order=order, basis="human", text_en=f"Claim {order}.")
            claim.citations.set(sources)
        with django_assert_num_queries(6):
            page = client.get(PAGE).text
        assert page.count("Claim ") == wanted
        assert page.count('href="#source-') == wanted * len(sources)
