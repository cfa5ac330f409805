"""Somebody in front of a window who reads, taps and types what the page offers, in one language."""

import re

from django.utils import translation
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Visit

expect.set_options(timeout=10_000)
RADIOS_AND_BOXES = ("radio", "checkbox")


class Walker:
    """Words are given in English and looked for in the walker's language. `taps` counts what a finger did."""

    def __init__(self, visit: Visit, language: str) -> None:
        self.visit, self.page, self.language = visit, visit.page, language
        self.taps = 0

    def words(self, english: str, **values: object) -> str:
        """Return how the site says it in the walker's language."""
        with translation.override(self.language):
            said = translation.gettext(english)
        return said % values if values else said

    def arrive(self) -> None:
        self.visit.open("/")

    def tap(self, english: str, **values: object) -> None:
        """Follow the link of that name, in the page before in the frame around it."""
        self.tap_exactly(self.words(english, **values))

    def tap_exactly(self, name: str) -> None:
        """Follow a link whose name is content, or a language's own."""
        link = self.page.get_by_role("link", name=name, exact=True)
        inside = self.page.locator("main").get_by_role("link", name=name, exact=True)
        self._touch((inside if inside.count() else link).first)

    def send(self, english: str, **values: object) -> None:
        """Press the button of that name in the page's own part."""
        self._touch(self.page.locator("main").get_by_role("button", name=self.words(english, **values), exact=True))

    def sign_out(self) -> None:
        footer = self.page.get_by_role("contentinfo")
        self._touch(footer.get_by_role("button", name=self.words("Sign out"), exact=True))

    def unfold(self, english: str) -> None:
        self._touch(self.page.locator("summary", has_text=self.words(english)))

    def type(self, label: str, text: str) -> None:
        self._field(label).fill(text)

    def pick(self, label: str, value: str) -> None:
        self._field(label).select_option(value)

    def choose(self, option: str, *, of: str = "") -> None:
        """Choose a radio button or a box by what stands beside it, in the group `of` when many look alike."""
        within = self.page.get_by_role("group", name=self.words(of)) if of else self.page.locator("main")
        name = re.compile(rf"^\s*{re.escape(self.words(option))}")
        radio, box = (within.get_by_role(role, name=name) for role in RADIOS_AND_BOXES)  # type: ignore[arg-type]
        found = radio.or_(box)
        if not found.is_checked():
            found.locator("xpath=ancestor::label").click()  # as a finger does: on the words around it
        expect(found).to_be_checked()
        self.taps += 1

    def reads(self, english: str, **values: object) -> None:
        """Wait until the page says it."""
        expect(self.page.locator("body")).to_contain_text(self.words(english, **values))

    def _field(self, label: str) -> Locator:
        control = self.page.locator("main").locator("input:not([type=radio], [type=checkbox]), select, textarea")
        return control.and_(self.page.get_by_label(self.words(label))).filter(visible=True)

    def _touch(self, thing: Locator) -> None:
        thing.click()
        self.taps += 1
