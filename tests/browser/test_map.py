"""The mechanism map in a real browser: pointed at, focused, tapped, without scripts, on paper."""

import pytest
from playwright.sync_api import Locator, Page, expect

from library.services.content import load_library
from tests.browser.conftest import DESKTOP, PHONE, Visits

OVERLAPS = """() => {
  const drawing = [...document.querySelectorAll(".map__drawing")].find((svg) => svg.checkVisibility());
  const names = [...drawing.querySelectorAll(".stop__link .face__name, .stop__link .face__disc, .map__caption, .map__heading text")];
  const boxes = names.map((name) => [name.textContent, name.getBBox(), name.closest(".face, .map__heading")]);
  const frame = drawing.viewBox.baseVal;
  const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
  const out = boxes.filter(([, b]) => b.x < 0 || b.y < 0 || b.x + b.width > frame.width || b.y + b.height > frame.height);
  return [...out.map(([text]) => text), ...boxes.flatMap(([one, a, own], n) =>
    boxes.slice(n + 1).filter(([, b, other]) => own !== other && meet(a, b)).map(([two]) => `${one} / ${two}`))];
}"""  # noqa: E501


@pytest.fixture
def content(transactional_db: None) -> None:
    load_library()


def stop(page: Page, slug: str) -> Locator:
    return page.locator(f"[data-stop={slug}] > a:visible")


def trails(page: Page, slug: str) -> int:
    """Return how many trails of a mechanism can be seen."""
    return page.locator(f"[data-stop={slug}] > .stop__trails > .trail:visible").count()


@pytest.mark.parametrize("size", [PHONE, DESKTOP, {"width": 820, "height": 1100}], ids=["phone", "desktop", "tablet"])
@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_names_stand_free_in_the_browsers_own_font(content: None, visit: Visits, prefix: str, size: dict) -> None:
    window = visit(size=size)
    window.open(f"{prefix}/library/map/")

    assert window.page.evaluate(OVERLAPS) == []
    assert window.complaints == []


def test_pointing_at_a_mechanism_lights_its_trails_and_shows_why(content: None, visit: Visits) -> None:
    window = visit(size=DESKTOP)
    window.open("/library/map/")
    assert trails(window.page, "sleep") == 0

    stop(window.page, "sleep").hover()

    expect(window.page.locator("[data-map-panel]")).to_contain_text("It is easier to get going tomorrow")
    assert trails(window.page, "sleep") == 4
    stop(window.page, "nature").hover()
    assert (trails(window.page, "sleep"), trails(window.page, "nature")) == (0, 3)
    window.page.keyboard.press("Escape")
    assert trails(window.page, "nature") == 0


def test_the_keyboard_shows_the_same_and_enter_opens_the_page(content: None, visit: Visits) -> None:
    window = visit(size=DESKTOP)
    window.open("/library/map/")
    window.page.locator(".map__drawing--wide .stop__link").first.focus()
    window.page.keyboard.press("Tab")

    expect(window.page.locator("[data-map-panel]")).to_contain_text("Serotonin")
    assert trails(window.page, "serotonin") == 2
    window.page.keyboard.press("Enter")
    window.page.wait_for_url("**/mechanisms/serotonin/")


def test_a_first_tap_shows_why_and_a_second_opens_the_page(content: None, visit: Visits) -> None:
    window = visit(size=PHONE, touch=True)
    window.open("/library/map/")

    stop(window.page, "sleep").tap()
    expect(window.page.locator("[data-map-panel]")).to_contain_text("Low-grade inflammation")
    assert window.page.url.endswith("/library/map/")
    stop(window.page, "sleep").tap()
    window.page.wait_for_url("**/mechanisms/sleep/")


def test_what_is_tapped_at_the_foot_of_the_screen_stays_above_its_sheet(content: None, visit: Visits) -> None:
    window = visit(size=PHONE, touch=True)
    window.open("/library/map/")
    low = stop(window.page, "sleep")
    low.evaluate("link => scrollBy(0, link.getBoundingClientRect().bottom - innerHeight + 8)")

    low.tap()

    sheet = window.page.locator("[data-map-panel]")
    expect(sheet).to_contain_text("Low-grade inflammation")
    assert low.evaluate("link => link.getBoundingClientRect().bottom") < sheet.evaluate(
        "it => it.getBoundingClientRect().top"
    )


def test_without_scripts_trails_light_up_and_a_click_opens_the_page(content: None, visit: Visits) -> None:
    window = visit(size=DESKTOP, scripts=False)
    window.open("/library/map/")

    stop(window.page, "sleep").hover()
    assert trails(window.page, "sleep") == 4
    stop(window.page, "sleep").click()
    window.page.wait_for_url("**/mechanisms/sleep/")
