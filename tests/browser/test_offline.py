"""Get-help without a connection: loaded once, then there, in both languages; nothing personal is kept."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit, Visits
from tests.kit.world import World

pytestmark = pytest.mark.django_db(transaction=True)
ALL_KEPT = """async () => {
  await navigator.serviceWorker.ready;
  const kept = await caches.open("get-help");
  const read = async (request) => [new URL(request.url).pathname, await (await kept.match(request)).text()];
  return Object.fromEntries(await Promise.all((await kept.keys()).map(read)));
}"""


def kept(page: Page) -> dict[str, str]:
    """Return what the browser kept, once the worker is there: path → text."""
    found: dict[str, str] = page.evaluate(ALL_KEPT)
    return found


def without_connection(window: Visit) -> Page:
    """Wait until help is kept, then take the connection away from the window and its worker."""
    kept(window.page)
    window.page.context.set_offline(True)
    return window.page


def test_help_is_there_without_a_connection_in_both_languages(world: World, visit: Visits) -> None:
    window = visit()
    window.open("/")
    page = without_connection(window)

    for path, word in (("/library/get-help/", "Get help"), ("/zh-hans/library/get-help/", "寻求帮助")):
        page.goto(f"{window.origin}{path}")
        expect(page.get_by_role("heading", level=1)).to_have_text(word)
        expect(page.locator('a[href="tel:999"]').first).to_be_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.library-number')).fontVariantNumeric") == (
            "tabular-nums"
        )


def test_any_other_page_becomes_a_kind_one_with_the_numbers(world: World, visit: Visits) -> None:
    window = visit()
    window.open("/library/")
    page = without_connection(window)

    page.goto(f"{window.origin}/zh-hans/library/mechanisms/sleep/")

    expect(page.get_by_role("heading", level=1)).to_have_text("现在没有网络")
    expect(page.locator('a[href="tel:116123"]')).to_be_visible()
    page.get_by_role("link", name="寻求帮助").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("寻求帮助")


def test_nothing_of_a_person_is_kept_and_signing_out_clears_the_rest(world: World, visit: Visits) -> None:
    member = world.cast.member
    window = visit(member)
    for path in ("/", "/library/get-help/", "/messages/"):
        window.open(path)

    pages = {path: text for path, text in kept(window.page).items() if not path.startswith("/static/")}

    assert set(pages) == {
        f"{prefix}/library/{page}/" for prefix in ("", "/zh-hans") for page in ("get-help", "offline")
    }
    assert not [path for path, text in pages.items() if member.display_name in text or "csrfmiddlewaretoken" in text]
    with window.page.expect_response(lambda answer: "logout" in answer.url) as signing_out:
        window.page.get_by_role("button", name="Sign out").click()
    assert "storage" in (signing_out.value.all_headers()["clear-site-data"])


def test_with_a_connection_every_page_comes_from_the_site(world: World, visit: Visits) -> None:
    window = visit()
    window.open("/")
    kept(window.page)
    with window.page.expect_response(lambda answer: answer.url.endswith("/library/get-help/")) as answer:
        window.open("/library/get-help/")

    assert answer.value.status == 200
    assert window.complaints == []
