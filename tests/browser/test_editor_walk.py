"""The editor's walk of docs/editing.md: from a new draft to a page on the site, and back to an earlier version."""

import re

import pytest
from allauth.account.models import EmailAddress
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.hashers import make_password
from playwright.sync_api import Page, expect

from accounts.models import User
from library.models import Mechanism, Revision
from library.services.editors import make_editor
from tests.browser.conftest import DESKTOP, Visit, Visits
from tests.browser.test_every_page import overflows
from tests.kit.world import World

pytestmark = pytest.mark.django_db(transaction=True)
PASSWORD = "slow-morning-walk"
TEXTS = {
    "name": ("Daylight", "日光"),
    "one_line": ("Morning light helps to set the body's clock.", "早晨的光有助于校准身体的时钟。"),
    "grade_reason": ("Small trials point the same way.", "几项小型试验方向一致。"),
    "try_it": ("Step outside for ten minutes after getting up.", "起床后到户外待十分钟。"),
}
# What the theme itself breaks, and a page of ours cannot mend; so do the pickers of the admin (select2).
OF_THE_THEME = {"region", "landmark-one-main", "page-has-heading-one", "heading-order", "landmark-unique"}


@pytest.fixture
def desk(world: World, visit: Visits) -> Visit:
    """Return a window in which the editor has signed in by the form."""
    editor = world.cast.editor
    make_editor(person=editor)
    User.objects.filter(pk=editor.pk).update(password=make_password(PASSWORD))
    EmailAddress.objects.create(user=editor, email=editor.email, verified=True, primary=True)
    window = visit(size=DESKTOP)
    window.open("/account/login/?next=/admin/")
    window.page.fill("[name=login]", editor.email)
    window.page.fill("[name=password]", PASSWORD)
    window.page.click("main button[type=submit]")
    expect(window.page.get_by_role("heading", name="Library desk")).to_be_visible()
    return window


def test_from_a_draft_to_the_site_and_back(desk: Visit, visit: Visits) -> None:
    page = desk.page
    begin(desk)
    refused_by_the_gate(page)
    put_right(page)
    previewed(page)
    page.click("button[name=_publish]")
    expect(page.get_by_text("It is on the site now, in both languages.")).to_be_visible()
    seen_by_a_reader(visit)
    changed_and_brought_back(page)
    assert Mechanism.objects.get(slug="daylight").one_line_en == TEXTS["one_line"][0]
    assert [one.act for one in Revision.objects.of("mechanisms", "daylight")] == [
        "restored", "written", "published", "written",
    ]  # fmt: skip
    assert desk.complaints == []


def begin(desk: Visit) -> None:
    """A title in English is enough for a draft."""
    desk.open("/admin/library/mechanism/add/")
    page = desk.page
    page.locator("[name=name_en]").press_sequentially(TEXTS["name"][0])
    expect(page.locator("[name=slug]")).to_have_value("daylight")
    page.select_option("[name=domain]", label="Body regulation")
    page.click("button[name=_save]")
    expect(page.locator(".desk-note")).to_contain_text("draft")


def refused_by_the_gate(page: Page) -> None:
    write(page, "en", "one_line", TEXTS["one_line"][0])
    page.click("button[name=_publish]")
    expect(page.locator("[name=one_line_en]")).to_have_value(TEXTS["one_line"][0])  # nothing typed is lost
    expect(page.locator(".tab-wrapper").nth(1)).to_contain_text("Write this text before publishing.")
    for reason in ["Give a grade", "Add a source", "Enter the review date"]:
        expect(page.locator(".errorlist", has_text=reason).first).to_be_visible()
    expect(page.locator("#claims-group")).to_contain_text("Write at least one claim")
    assert Mechanism.objects.get(slug="daylight").status == "draft"


def put_right(page: Page) -> None:
    for name, (english, chinese) in TEXTS.items():
        write(page, "en", name, english)
        write(page, "zh_hans", name, chinese)
    page.select_option("[name=grade]", "limited")
    page.fill("[name=reviewed_on]", "2026-03-01")
    page.fill("[name=review_due_on]", "2036-03-01")
    pick_source(page, "citations")
    page.click("#claims-group a:has-text('Add another')")
    page.select_option("[name=claims-0-basis]", "human")
    page.fill("[name=claims-0-text_en]", "Light in the morning was linked with earlier sleep.")
    page.fill("[name=claims-0-text_zh_hans]", "早晨见光与更早入睡相关。")
    pick_source(page, "claims-0-citations")


def write(page: Page, language: str, name: str, text: str) -> None:
    page.locator(".desk-tab").nth(0 if language == "en" else 1).click()
    page.fill(f"[name={name}_{language}]", text)


def pick_source(page: Page, name: str) -> None:
    """Type an author and pick what the list offers."""
    box = page.locator(f"select[name={name}] + .select2 .select2-search__field")
    box.click()
    box.press_sequentially("Walker")
    page.locator(".select2-results__option", has_text="Walking and sleep").click()


def previewed(page: Page) -> None:
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()
    preview = opened.value
    expect(preview.frame_locator("iframe").nth(0).get_by_role("heading", level=1)).to_have_text("Daylight")
    expect(preview.frame_locator("iframe").nth(1).get_by_role("heading", level=1)).to_have_text("日光")
    assert Mechanism.objects.get(slug="daylight").name_zh_hans in ("", None)
    preview.close()


def seen_by_a_reader(visit: Visits) -> None:
    reader = visit()
    for path, title in [
        ("/library/mechanisms/daylight/", "Daylight"),
        ("/zh-hans/library/mechanisms/daylight/", "日光"),
    ]:
        reader.open(path)
        expect(reader.page.get_by_role("heading", level=1)).to_have_text(title)
        expect(reader.page.locator("main")).to_contain_text("Walker")


def changed_and_brought_back(page: Page) -> None:
    write(page, "en", "one_line", "Morning light sets the body's clock.")
    page.fill("[name=note]", "Shorter.")
    page.click("button[name=_save]")
    page.get_by_role("link", name="History").click()
    row = page.locator(".desk-differences tbody tr")
    expect(row).to_contain_text("in one line (English)")
    assert re.sub(r"<[^>]+>", "", row.locator("td").nth(0).inner_html()) == TEXTS["one_line"][0]
    expect(row.locator("del").first).to_have_text("helps to set")
    page.locator(".desk-version", has_text="published").get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("The earlier version is back.")).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_pages_of_editors_are_accessible(world: World, visit: Visits, language: str, dark: bool) -> None:
    editor = world.cast.editor
    make_editor(person=editor)
    world.speak(editor, language)
    window = visit(editor, size={"width": 390, "height": 844} if dark else DESKTOP, dark=dark)
    page = f"/admin/library/mechanism/{world.mechanism.pk}"
    found: dict[str, object] = {}
    for path in ["/admin/", "/admin/library/mechanism/", f"{page}/change/", f"{page}/history/"]:
        window.open(path)
        broken = [] if not overflows(window.page) else ["scrolls sideways"]
        for violation in Axe().run(window.page, context={"exclude": [[".select2"]]}).response["violations"]:
            if violation["id"] not in OF_THE_THEME:
                broken += [f"{violation['id']}: {node['html'][:140]}" for node in violation["nodes"]]
        found |= {path: broken} if broken else {}
    assert found == {}, "\n".join(f"{path}\n  " + "\n  ".join(what) for path, what in found.items())  # type: ignore[arg-type]
