"""A second factor and a token, as somebody makes them in a browser: without scripts, read by axe with them."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import Page

from tests.browser.conftest import DESKTOP, PHONE, Visit, Visits
from tests.browser.test_every_page import RULES, overflows
from tests.kit.cast import PASSWORD
from tests.kit.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def code_of(secret: str) -> str:
    """Return a code that is good for ten seconds at least: one that ends on the way is refused, as it should be."""
    if (left := 30 - time.time() % 30) < 10:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def give(page: Page, field: str, words: str) -> None:
    page.fill(f"main input[name={field}]", words)
    page.locator(f"main form:has(input[name={field}]) button[type=submit]").first.click()


def turn_on(window: Visit) -> str:
    """Turn it on after the password; return the app's secret."""
    window.open("/account/second-factor/on/")
    give(window.page, "password", PASSWORD)
    secret = window.page.input_value("#secret")
    give(window.page, "code", code_of(secret))
    return secret


def test_turned_on_and_asked_for_without_scripts(world: World, visit: Visits) -> None:
    turn_on(visit(world.cast.host, scripts=False))
    codes = visit(scripts=False)
    codes.open("/account/login/")
    codes.page.fill("input[name=login]", world.cast.host.email)
    give(codes.page, "password", PASSWORD)
    assert "/account/second-factor/code/" in codes.page.url
    codes.open("/me/settings/")
    assert "/account/second-factor/code/" in codes.page.url


def test_a_recovery_code_opens_when_the_phone_is_not_at_hand(world: World, visit: Visits) -> None:
    first = visit(world.cast.host, scripts=False)
    turn_on(first)
    recovery = first.page.locator("main code").first.inner_text()
    window = visit(scripts=False)
    window.open("/account/login/")
    window.page.fill("input[name=login]", world.cast.host.email)
    give(window.page, "password", PASSWORD)
    give(window.page, "code", recovery)
    window.open("/me/settings/")
    assert "/me/settings/" in window.page.url


def test_a_token_is_made_and_opens_the_api(world: World, visit: Visits) -> None:
    window = visit(world.cast.host, scripts=False)
    window.open("/me/tokens/")
    give(window.page, "name", "Watch")
    give(window.page, "password", PASSWORD)
    secret = window.page.input_value("#secret")
    answer = Client().get("/api/v1/me/", headers={"Authorization": f"Bearer {secret}"})
    assert answer.json()["uuid"] == str(world.cast.host.uuid)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_of_it_reads_well(world: World, visit: Visits, language: str, dark: bool) -> None:
    world.speak(world.cast.host, language)
    window = visit(world.cast.host, size=PHONE if dark else DESKTOP, dark=dark)
    found: list[str] = []

    def look(path: str = "") -> None:
        if path:
            window.open(path)
        found.extend(f"{window.page.url}: {complaint}" for complaint in window.complaints)
        if overflows(window.page):
            found.append(f"{window.page.url} scrolls sideways")
        broken = axe.run(window.page, options=RULES).response["violations"]
        found.extend(f"{window.page.url}: {one['id']} {one['nodes'][0]['html'][:120]}" for one in broken)
        window.complaints.clear()

    axe = Axe()
    window.open("/account/second-factor/on/")
    look()
    give(window.page, "password", PASSWORD)
    look()
    give(window.page, "code", code_of(window.page.input_value("#secret")))
    cache.clear()
    look()
    for page in ("", "again/", "off/", "recovery/new/"):
        look(f"/account/second-factor/{page}")
    assert found == []
