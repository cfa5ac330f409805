"""A real Chromium against the live server. In CI its absence is an error, elsewhere a skip."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from accounts.services.people import confirm_address
from library.services.content import load_library
from plans.services.content import load_plans
from tests.journeys.conftest import club, sink
from tests.kit.cast import PASSWORD

__all__ = ["club", "sink"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if not CHROMIUM and not os.environ.get("CI"):
                item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


@pytest.fixture(scope="session", autouse=True)
def _allow_database_beside_playwright() -> None:
    """Playwright keeps an event loop in this thread; the database calls of tests are still synchronous."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """A browser window that keeps account of what a page did wrong."""

    page: Page
    origin: str
    scripts: bool = True
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """Go to a path of the site and wait until it has loaded."""
        self.page.goto(f"{self.origin}{path}", wait_until="load")

    def watch(self) -> None:
        """Note console errors, script errors and requests to any other host."""
        host = urlsplit(self.origin).netloc
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("console", lambda m: self.complaints.append(f"console: {m.text}") if m.type == "error" else None)
        self.page.on(
            "request",
            lambda r: None if urlsplit(r.url).netloc in {host, ""} else self.complaints.append(f"third party: {r.url}"),
        )


class Visits:
    """Opens windows: of a person or a visitor, on a phone or a desk, light or dark, with or without scripts."""

    def __init__(self, browser: Browser, origin: str) -> None:
        self._browser = browser
        self._origin = origin
        self._contexts: list[BrowserContext] = []

    def __call__(
        self,
        person: User | None = None,
        *,
        size: dict[str, int] = PHONE,
        dark: bool = False,
        scripts: bool = True,
        touch: bool = False,
        locale: str = "en-GB",
        zone: str = "Europe/Berlin",
    ) -> Visit:
        context = self._browser.new_context(
            viewport=size,
            color_scheme="dark" if dark else "light",
            java_script_enabled=scripts,
            has_touch=touch,
            locale=locale,
            timezone_id=zone,
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        context.set_default_timeout(10_000)
        visit = Visit(context.new_page(), self._origin, scripts)
        visit.watch()
        if person is not None:
            self._sign_in(visit, person)
        return visit

    def _sign_in(self, visit: Visit, person: User) -> None:
        """Sign in by the form; an address that is not confirmed would lead to the page that asks for a code."""
        confirm_address(person=person)
        visit.open("/account/login/")
        visit.page.fill("input[name=login]", person.email)
        visit.page.fill("input[name=password]", PASSWORD)
        visit.page.click("main button[type=submit]")
        visit.page.wait_for_url(lambda url: "/account/" not in url)

    def close(self) -> None:
        for context in self._contexts:
            context.close()


@pytest.fixture
def content(transactional_db: None) -> None:
    """Load the real content where the live server sees it; it is gone after the test."""
    load_library()
    load_plans()


@pytest.fixture
def visit(chromium: Browser, live_server: LiveServer, settings: Any) -> Iterator[Visits]:
    """Return the maker of browser windows; all are closed after the test.

    Limits against guessing are counted in the cache, by address and for all tests of this process: each begins anew.
    """
    cache.clear()
    settings.SITE_ORIGIN = live_server.url
    visits = Visits(chromium, live_server.url)
    yield visits
    visits.close()
