"""An editor writes a mechanism in the admin, and the gate answers on the fields."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from library.models import Citation, Claim, Mechanism, Publication, Revision, SafetyText
from library.services.editors import make_editor, make_writer
from tests.kit.admin_form import form_of
from tests.kit.cast import Cast
from tests.kit.world_content import make_library

AsPerson = Callable[..., Client]
ADD = "/admin/library/mechanism/add/"


@pytest.fixture
def pages(db: None) -> dict[str, Mechanism]:
    make_library()
    return {page.slug: page for page in Mechanism.objects.all()}


@pytest.fixture
def editor(cast: Cast, pages: dict[str, Mechanism], as_person: AsPerson) -> Client:
    make_editor(person=cast.editor)
    return as_person(cast.editor)


@pytest.fixture
def writer(cast: Cast, pages: dict[str, Mechanism], as_person: AsPerson) -> Client:
    make_writer(person=cast.staff)
    return as_person(cast.staff)


def address(slug: str) -> str:
    return reverse("admin:library_mechanism_change", args=[Mechanism.objects.get(slug=slug).pk])


def status_of(slug: str) -> str:
    return Mechanism.objects.values_list("status", flat=True).get(slug=slug)


def test_a_changed_text_is_on_the_page_in_its_language_and_every_version_is_kept(editor: Client, cast: Cast) -> None:
    url = address("sleep")

    answer = editor.post(
        url,
        form_of(editor, url)
        | {"one_line_en": "A quieter night.", "one_line_zh_hans": "夜里更安稳。", "note": "Shorter."},
    )

    assert answer.status_code == 302, answer.context["errors"]
    assert "A quieter night." in Client().get("/library/mechanisms/sleep/").text
    assert "夜里更安稳。" in Client().get("/zh-hans/library/mechanisms/sleep/").text
    new, old = Revision.objects.of("mechanisms", "sleep")
    assert (new.act, new.person, new.note) == ("written", cast.editor, "Shorter.")
    assert (old.act, old.content["one_line"]["en"]) == ("found", "It tends to help.")
    assert new.content["how_it_works"][0]["cite"] == ["walkers2024"]


def test_a_changed_text_and_a_changed_claim_are_found_at_once(editor: Client) -> None:
    url = address("sleep")
    data = form_of(editor, url)

    editor.post(url, data | {"one_line_en": "Zorptinella helps.", "claims-0-text_zh_hans": "佐普丁有用。"})

    assert "/library/mechanisms/sleep/" in Client().get("/library/search/?q=zorptinella").text
    assert "/library/mechanisms/sleep/" in Client().get("/zh-hans/library/search/?q=佐普丁").text


def test_a_draft_may_be_half_written_and_its_address_is_made(editor: Client) -> None:
    domain = Mechanism.objects.get(slug="sleep").domain_id
    data = form_of(editor, ADD) | {"name_en": "Cold water", "domain": domain, "horizon": "weeks"}
    data |= {"claims-TOTAL_FORMS": 1, "claims-0-basis": "human", "claims-0-text_zh_hans": "冷水。"}

    answer = editor.post(ADD, data)

    assert answer.status_code == 302, answer.context["errors"]
    page = Mechanism.objects.get(slug="cold-water")
    assert (page.status, page.claims.get().order) == (Publication.DRAFT, 1)


def test_publication_is_refused_on_every_field_and_nothing_typed_is_lost(editor: Client) -> None:
    url = address("unfinished")
    Claim.objects.get(mechanism__slug="unfinished").citations.clear()
    emptied = {"name_zh_hans": "", "grade": "", "reviewed_on": "", "citations": [], "claims-0-text_zh_hans": ""}

    answer = editor.post(url, form_of(editor, url) | emptied | {"try_it_en": "Typed just now.", "_publish": ""})

    form = answer.context["adminform"].form
    claim = answer.context["inline_admin_formsets"][0].formset.forms[0]
    assert set(form.errors) == {"name_zh_hans", "grade", "reviewed_on", "citations"}
    assert set(claim.errors) == {"text_zh_hans", "citations"}
    assert "Typed just now." in answer.text
    assert Mechanism.objects.get(slug="unfinished").try_it_en == "Walk at dusk."
    assert status_of("unfinished") == Publication.DRAFT


def test_a_public_page_cannot_be_saved_without_what_readers_need(editor: Client) -> None:
    url = address("sleep")

    answer = editor.post(url, form_of(editor, url) | {"grade_reason_zh_hans": ""})

    assert set(answer.context["adminform"].form.errors) == {"grade_reason_zh_hans"}
    assert Mechanism.objects.get(slug="sleep").grade_reason_zh_hans == "有一些试验。"


@pytest.mark.parametrize(
    ("button", "status"),
    [("_submit_for_review", "review"), ("_publish", "published"), ("_save", "draft")],
)
def test_a_button_saves_and_takes_one_step(editor: Client, button: str, status: str) -> None:
    url = address("unfinished")

    answer = editor.post(url, form_of(editor, url) | {"try_it_en": "New.", button: ""})

    assert answer.status_code == 302, answer.context["errors"]
    assert (status_of("unfinished"), Mechanism.objects.get(slug="unfinished").try_it_en) == (status, "New.")


def test_a_page_is_scheduled_by_the_editors_own_clock(editor: Client, cast: Cast) -> None:
    cast.editor.time_zone = "Asia/Shanghai"
    cast.editor.save()
    url = address("unfinished")

    answer = editor.post(url, form_of(editor, url) | {"at_0": "2036-05-01", "at_1": "08:00", "_schedule": ""})

    assert answer.status_code == 302, answer.context["errors"]
    page = Mechanism.objects.get(slug="unfinished")
    assert (page.status, page.publish_at.isoformat()) == ("scheduled", "2036-05-01T00:00:00+00:00")  # type: ignore[union-attr]


@pytest.mark.parametrize(("button", "field"), [("_schedule", "at"), ("_send_back", "note")])
def test_what_a_step_needs_is_asked_for_on_its_field(editor: Client, button: str, field: str) -> None:
    Mechanism.objects.filter(slug="unfinished").update(status=Publication.REVIEW)
    url = address("unfinished")

    answer = editor.post(url, form_of(editor, url) | {button: ""})

    assert set(answer.context["adminform"].form.errors) == {field}


def test_claims_change_places(editor: Client) -> None:
    page = Mechanism.objects.get(slug="sleep")
    second = page.claims.create(order=2, basis="human", text_en="Second.", text_zh_hans="第二。")
    second.citations.add(Citation.objects.get())
    url = address("sleep")

    answer = editor.post(url, form_of(editor, url) | {"claims-0-order": 2, "claims-1-order": 1})

    assert answer.status_code == 302, answer.context["errors"]
    assert [claim.text_en for claim in page.claims.all()] == ["Second.", "It was seen."]


def test_a_writer_asks_for_a_review_and_publishes_nothing(writer: Client) -> None:
    url = address("unfinished")

    writer.post(url, form_of(writer, url) | {"_publish": ""})
    assert status_of("unfinished") == Publication.DRAFT
    writer.post(url, form_of(writer, url) | {"_submit_for_review": "", "note": "Please read."})
    assert status_of("unfinished") == Publication.REVIEW

    public = address("sleep")
    assert writer.get(public).status_code == 200
    assert writer.post(public, {}).status_code == 403


def test_a_deleted_page_is_kept_in_the_history(editor: Client) -> None:
    editor.post(address("unfinished").replace("change", "delete"), {"post": "yes"})

    last = Revision.objects.of("mechanisms", "unfinished")[0]
    assert (last.act, last.content["slug"]) == ("deleted", "unfinished")


def test_a_source_is_named_by_author_and_year(editor: Client) -> None:
    url = reverse("admin:library_citation_add")
    data = form_of(editor, url) | {
        "authors": "Noetel M, Sanders T", "year": "2024", "title": "T", "journal": "BMJ", "kind": "review",
        "tier": "core", "finding_en": "F.", "finding_zh_hans": "发现。",
    }  # fmt: skip

    answer = editor.post(url, data)

    assert answer.status_code == 302, answer.context["errors"]
    assert Citation.objects.filter(key="noetel2024").exists()


@pytest.mark.parametrize(
    "name",
    [
        "domain", "phase", "citation", "exercisetype", "comparisonnote", "need", "redflag", "helpregion", "helpline",
        "safetytext", "mechanism",
    ],
)  # fmt: skip
def test_every_admin_page_of_the_library_opens(editor: Client, name: str) -> None:
    assert editor.get(reverse(f"admin:library_{name}_changelist")).status_code == 200
    assert editor.get(reverse(f"admin:library_{name}_add")).status_code == 200


def test_an_editor_reaches_nothing_but_the_library(editor: Client) -> None:
    assert editor.get(reverse("admin:accounts_user_changelist")).status_code == 403


def test_places_of_a_safety_text_are_written_with_commas_between(editor: Client) -> None:
    text = SafetyText.objects.create(
        group="disclaimer", key="k", order=1, placements=",plans,", text_en="Ask.", text_zh_hans="问。"
    )
    url = reverse("admin:library_safetytext_change", args=[text.pk])
    data = form_of(editor, url)

    editor.post(url, data | {"placements": f"{data['placements']}， low-mood"})

    assert SafetyText.objects.get(pk=text.pk).placements == ",plans,low-mood,"


def add_source(client: Client) -> Citation:
    new = {"key": "zorp2026", "authors": "Zorp Q", "year": 2026, "title": "Zorpin for everybody", "journal": "Zorp"}
    new |= {"kind": "RCT", "tier": "core", "finding_en": "It halves low mood.", "finding_zh_hans": "低落减半。"}
    checked = {"is_verified": "on", "numbers_verified": "on", "doi": "10.1000/zorp", "doi_is_verified": "on"}
    url = "/admin/library/citation/add/"
    answer = client.post(url, form_of(client, url) | new | checked)
    assert answer.status_code == 302, answer.context["errors"]
    return Citation.objects.get(key="zorp2026")


def is_public(source: Citation) -> bool:
    reader = Client()
    pages = [reader.get("/library/sources/"), reader.get("/api/v1/citations/"), reader.get("/library/search/?q=zorpin")]
    shown = {source.title in page.text.replace("<mark>", "").replace("</mark>", "") for page in pages}
    shown.add(reader.get(f"/library/sources/{source.key}.bib").status_code == 200)
    assert len(shown) == 1
    return shown.pop()


def test_a_writers_source_is_shown_once_an_editor_has_saved_it(writer: Client, editor: Client) -> None:
    source = add_source(writer)
    url = reverse("admin:library_citation_change", args=[source.pk])

    assert not is_public(source)
    assert "zorp2026" in editor.get("/admin/library/citation/?queue=new").text
    editor.post(url, form_of(editor, url))
    assert is_public(source)


def test_an_editors_source_is_shown_at_once(editor: Client) -> None:
    assert is_public(add_source(editor))


def test_no_page_is_published_on_a_source_that_waits(writer: Client, editor: Client) -> None:
    source = add_source(writer)
    page = Mechanism.objects.get(slug="sleep")
    Mechanism.objects.filter(pk=page.pk).update(status=Publication.DRAFT)
    page.citations.add(source)
    page.claims.get().citations.add(source)

    answer = editor.post(address("sleep"), form_of(editor, address("sleep")) | {"_publish": "1"})

    assert status_of("sleep") == "draft"
    assert answer.text.count("An editor has not looked at “zorp2026” yet.") >= 2


def test_nothing_is_published_that_its_editor_has_not_read(writer: Client, editor: Client) -> None:
    Mechanism.objects.filter(slug="sleep").update(status=Publication.REVIEW)
    url = address("sleep")
    read = form_of(editor, url)
    claim = {
        "text_en": "Zorpin does it.",
        "text_zh_hans": "佐普丁。",
        "basis": "human",
        "citations": Citation.objects.get().pk,
    }
    slipped = {"claims-TOTAL_FORMS": 2} | {f"claims-1-{name}": value for name, value in claim.items()}
    assert writer.post(url, form_of(writer, url) | slipped).status_code == 302

    answer = editor.post(url, read | {"one_line_en": "Typed just now.", "_publish": ""})

    assert status_of("sleep") == Publication.REVIEW
    assert "Somebody saved this page after you opened it." in answer.text
    assert "Typed just now." in answer.text
    assert editor.post(url, form_of(editor, url) | {"_publish": ""}).status_code == 302
    assert status_of("sleep") == Publication.PUBLISHED


def test_the_form_sends_the_version_that_it_shows(editor: Client) -> None:
    url = address("sleep")
    editor.post(url, form_of(editor, url) | {"one_line_en": "Changed."})

    assert f'name="seen" value="{Revision.objects.of("mechanisms", "sleep")[0].pk}"' in editor.get(url).text
