"""An editor changes a mechanism in the admin and sees it on the page."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from library.models import Mechanism, Publication
from library.services.editors import make_editor
from tests.kit.admin_form import form_of
from tests.kit.cast import Cast

AsPerson = Callable[..., Client]


@pytest.fixture
def editor(cast: Cast, library: None, as_person: AsPerson) -> Client:
    make_editor(person=cast.editor)
    return as_person(cast.editor)


def address(slug: str) -> str:
    return reverse("admin:library_mechanism_change", args=[Mechanism.objects.get(slug=slug).pk])


def test_a_changed_text_is_on_the_page_in_its_language(editor: Client) -> None:
    url = address("sleep")
    data = form_of(editor, url)

    answer = editor.post(url, data | {"one_line_en": "A quieter night, often.", "one_line_zh_hans": "夜里常常更安稳。"})

    assert answer.status_code == 302, answer.context["errors"]
    assert "A quieter night, often." in Client().get("/library/mechanisms/sleep/").text
    assert "夜里常常更安稳。" in Client().get("/zh-hans/library/mechanisms/sleep/").text
    assert Mechanism.objects.get(slug="sleep").claims.exists()


def test_a_changed_text_and_a_changed_claim_are_found_at_once(editor: Client) -> None:
    url = address("sleep")
    data = form_of(editor, url)

    editor.post(url, data | {"one_line_en": "Zorptinella helps.", "claims-0-text_zh_hans": "佐普丁有用。"})

    assert "/library/mechanisms/sleep/" in Client().get("/library/search/?q=zorptinella").text
    assert "/library/mechanisms/sleep/" in Client().get("/zh-hans/library/search/?q=佐普丁").text


def test_every_language_is_kept_in_the_history(editor: Client) -> None:
    url = address("sleep")
    data = form_of(editor, url)

    editor.post(url, data | {"one_line_zh_hans": "夜里常常更安稳。"})

    assert Mechanism.history.filter(slug="sleep").latest().one_line_zh_hans == "夜里常常更安稳。"
    assert editor.get(url.replace("change", "history")).status_code == 200


@pytest.mark.parametrize(
    ("emptied", "field"),
    [
        ("citations", "citations"),
        ("name_zh_hans", "name_zh_hans"),
        ("reviewed_on", "reviewed_on"),
        ("grade", "grade"),
    ],
)
def test_publication_is_refused_on_the_field(editor: Client, emptied: str, field: str) -> None:
    url = address("sleep")
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)
    data = form_of(editor, url) | {"status": "published"}

    answer = editor.post(url, data | {emptied: ""} if emptied != "citations" else data | {"citations": []})

    assert field in answer.context["adminform"].form.errors
    assert Mechanism.objects.get(slug="sleep").status == Publication.DRAFT


def test_a_complete_draft_is_published(editor: Client) -> None:
    url = address("sleep")
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)

    editor.post(url, form_of(editor, url) | {"status": "published"})

    assert Mechanism.objects.get(slug="sleep").status == Publication.PUBLISHED


def test_every_admin_page_of_the_library_opens(editor: Client) -> None:
    for name in ("domain", "phase", "citation", "exercisetype", "comparisonnote", "need", "redflag"):
        assert editor.get(reverse(f"admin:library_{name}_changelist")).status_code == 200
        assert editor.get(reverse(f"admin:library_{name}_add")).status_code == 200
    for name in ("helpregion", "helpline", "safetytext", "mechanism"):
        assert editor.get(reverse(f"admin:library_{name}_changelist")).status_code == 200
        assert editor.get(reverse(f"admin:library_{name}_add")).status_code == 200


def test_an_editor_reaches_nothing_but_the_library(editor: Client) -> None:
    assert editor.get(reverse("admin:accounts_user_changelist")).status_code == 403
