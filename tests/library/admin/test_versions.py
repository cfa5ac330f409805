"""The history of an article, its preview and the desk."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from library.models import Citation, HelpLine, HelpRegion, Mechanism, Publication, Revision
from library.queues import counted
from library.services.editors import make_editor
from tests.kit.admin_form import form_of
from tests.kit.cast import Cast
from tests.kit.world_content import make_library


@pytest.fixture
def editor(cast: Cast, as_person: Callable[..., Client]) -> Client:
    make_library()
    make_editor(person=cast.editor)
    return as_person(cast.editor)


def url_of(row: Mechanism | HelpRegion, page: str = "change") -> str:
    return reverse(f"admin:library_{row._meta.model_name}_{page}", args=[row.pk])


def save(editor: Client, row: Mechanism | HelpRegion, **changes: object) -> None:
    url = url_of(row)
    answer = editor.post(url, form_of(editor, url) | changes)
    assert answer.status_code == 302, answer.context["errors"]


def test_an_earlier_version_comes_back_whole_as_a_new_one(editor: Client, cast: Cast) -> None:
    page = Mechanism.objects.get(slug="sleep")
    save(editor, page, one_line_en="Second.")
    save(editor, page, **{"claims-0-text_en": "Third.", "relations-0-DELETE": "on", "status": "draft"})
    oldest = Revision.objects.of("mechanisms", "sleep").last()
    history = url_of(page, "history")

    shown = editor.get(history)
    editor.post(history, {"version": oldest.pk})  # type: ignore[union-attr]

    assert "<ins>Third</ins>." in shown.text
    page.refresh_from_db()
    assert (page.one_line_en, page.claims.get().text_en, page.relations.count()) == (
        "It tends to help.",
        "It was seen.",
        1,
    )
    last = Revision.objects.of("mechanisms", "sleep")[0]
    assert (last.act, last.person, last.content) == ("restored", cast.editor, oldest.content)  # type: ignore[union-attr]


def test_a_version_that_would_not_pass_the_gate_does_not_come_back_to_a_public_page(editor: Client) -> None:
    page = Mechanism.objects.get(slug="unfinished")
    save(editor, page, name_zh_hans="")
    lacking = Revision.objects.of("mechanisms", "unfinished")[0]
    save(editor, page, name_zh_hans="未完成", _publish="")

    answer = editor.post(url_of(page, "history"), {"version": lacking.pk}, follow=True)

    assert "Not brought back." in answer.text
    assert Mechanism.objects.get(pk=page.pk).name_zh_hans == "未完成"


def test_a_version_that_refers_to_what_is_gone_says_so(editor: Client) -> None:
    page = Mechanism.objects.get(slug="unfinished")
    save(editor, page, one_line_en="With its source.")
    version = Revision.objects.of("mechanisms", "unfinished")[0]
    Citation.objects.all().delete()

    answer = editor.post(url_of(page, "history"), {"version": version.pk}, follow=True)

    assert "walkers2024" in answer.text
    assert "does not exist" in answer.text


def test_other_kinds_of_articles_have_a_history_too(editor: Client) -> None:
    region = HelpRegion.objects.get()
    save(editor, region, emergency_numbers="112", **{"lines-0-phone": "1"})
    oldest = Revision.objects.of("help_regions", region.code).last()

    editor.post(url_of(region, "history"), {"version": oldest.pk})  # type: ignore[union-attr]

    region.refresh_from_db()
    assert (region.emergency_numbers, region.lines.get().phone) == ("999", "116 123")


def test_a_part_that_is_deleted_leaves_its_article_in_the_history_as_written(editor: Client) -> None:
    region = HelpRegion.objects.get()
    line = region.lines.get()

    editor.post(url_of(line, "delete"), {"post": "yes"})

    now, before = Revision.objects.of("help_regions", region.code)
    assert (now.act, "lines" in now.content) == ("written", False)
    assert (before.act, before.content["lines"][0]["phone"]) == ("found", line.phone)


def test_a_preview_shows_what_is_typed_in_both_languages_and_keeps_nothing(editor: Client) -> None:
    page = Mechanism.objects.get(slug="unfinished")
    typed = {"one_line_en": "Typed just now.", "one_line_zh_hans": "刚刚写的。", "claims-0-text_en": "A new claim."}

    answer = editor.post(url_of(page, "preview"), form_of(editor, url_of(page)) | typed)

    english, chinese = (html for _code, _name, html in answer.context["frames"])
    assert "Typed just now." in english
    assert "刚刚写的。" in chinese
    assert "A new claim." in answer.text
    assert Mechanism.objects.get(pk=page.pk).one_line_en == "It tends to help."
    assert not Revision.objects.exists()


def test_a_page_that_was_never_saved_can_be_previewed(editor: Client) -> None:
    add = reverse("admin:library_mechanism_add")
    domain = Mechanism.objects.get(slug="sleep").domain_id
    data = form_of(editor, add) | {"name_en": "Cold water", "domain": domain, "horizon": "weeks"}

    answer = editor.post(f"{add}preview/", data)

    assert "Cold water" in answer.context["frames"][0][2]
    assert not Mechanism.objects.filter(slug="cold-water").exists()


def test_a_preview_says_what_to_put_right_first(editor: Client) -> None:
    answer = editor.post(reverse("admin:library_mechanism_add") + "preview/", {})

    assert answer.status_code == 200
    assert "frames" not in answer.context


def test_the_desk_counts_what_waits_and_leads_to_each_list(editor: Client, now: datetime) -> None:
    Mechanism.objects.filter(slug="sleep").update(review_due_on=date(2026, 3, 9), does_not_apply_to_en="Only English.")
    Mechanism.objects.filter(slug="nature").update(review_due_on=date(2026, 4, 1))
    Mechanism.objects.filter(slug="unfinished").update(status=Publication.REVIEW)
    Citation.objects.update(numbers_verified=False, doi_is_verified=False)
    HelpLine.objects.update(verified_on=date(2025, 1, 1))

    desk = editor.get("/admin/").context["desk"]

    waiting = {(line.queue.model.__name__, line.queue.name) for lines in desk.values() for line in lines if line.count}
    assert waiting == {
        ("Mechanism", "review"), ("Mechanism", "overdue"), ("Mechanism", "due-soon"), ("Mechanism", "translation"),
        ("Citation", "numbers"), ("Citation", "doi"), ("HelpLine", "unchecked"),
    }  # fmt: skip
    for lines in desk.values():
        for line in lines:
            assert editor.get(line.address).context["cl"].result_count == line.count


def test_the_desk_asks_the_same_number_of_queries_however_much_waits(
    editor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(11):
        list(counted(date(2026, 3, 10)))
    Mechanism.objects.update(status=Publication.DRAFT)
    with django_assert_num_queries(11):
        list(counted(date(2026, 3, 10)))


@pytest.mark.parametrize("number", ["²", "9" * 30, "9" * 5000, "-1", "one"])
def test_a_version_that_is_no_number_is_not_there(editor: Client, number: str) -> None:
    history = url_of(Mechanism.objects.get(slug="sleep"), "history")

    assert editor.get(history, {"old": number, "new": number}).status_code == 200
    assert editor.post(history, {"version": number}).status_code == 404
