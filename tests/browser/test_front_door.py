"""From the landing page to something to do, and in by the keyboard alone."""

import pytest
from playwright.sync_api import expect

from accounts.services.people import confirm_address
from tests.browser.conftest import DESKTOP, Visit, Visits
from tests.browser.newcomers import ADA, XIAOHE, Newcomer
from tests.browser.walker import Walker
from tests.kit.cast import PASSWORD
from tests.kit.world import World


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("who", "locale"), [(ADA, "en-GB"), (XIAOHE, "zh-CN")], ids=["en", "zh-hans"])
def test_from_landing_to_ten_minutes_in_one_tap(content: None, visit: Visits, who: Newcomer, locale: str) -> None:
    walker = Walker(visit(locale=locale), who.language)
    walker.arrive()
    walker.tap_exactly(who.need)
    walker.reads(who.action)
    assert walker.taps == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("who", "locale"), [(ADA, "en-GB"), (XIAOHE, "zh-CN")], ids=["en", "zh-hans"])
def test_by_the_time_there_is_in_at_most_five_taps(content: None, visit: Visits, who: Newcomer, locale: str) -> None:
    walker = Walker(visit(locale=locale), who.language)
    walker.arrive()
    walker.tap("None of these? Begin with the time you have.")
    walker.choose(who.need)
    walker.choose("Five minutes")
    walker.choose("On my own")
    walker.send("Show me a first step")
    walker.reads(who.action)
    assert walker.taps <= 5


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_signing_in_by_keyboard_alone(world: World, visit: Visits, language: str) -> None:
    world.speak(world.cast.host, language)
    confirm_address(person=world.cast.host)
    window = visit(size=DESKTOP)
    window.open("/account/login/")
    tab_to(window, "login")
    window.page.keyboard.type(world.cast.host.email)
    tab_to(window, "password")
    window.page.keyboard.type(PASSWORD)
    window.page.keyboard.press("Enter")
    expect(window.page.locator("html")).to_have_attribute("lang", language)
    expect(window.page.locator("main")).to_contain_text(str(world.cast.host))


def tab_to(window: Visit, name: str, *, at_most: int = 20) -> None:
    """Press Tab until the field of that name has the focus."""
    for _press in range(at_most):
        window.page.keyboard.press("Tab")
        if window.page.evaluate("document.activeElement.name") == name:
            return
    pytest.fail(f"{name} is not reached by {at_most} presses of Tab")
