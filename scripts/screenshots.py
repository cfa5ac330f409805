"""Take pictures of a running site that holds the demo community.

    .venv/bin/python scripts/screenshots.py --base http://127.0.0.1:8000 --into docs/images

Each page is taken 390 and 1280 pixels wide, in light and dark, in English and Chinese. `--readme` takes
the picture of the README alone.
"""

import argparse
import os
import shutil
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, sync_playwright

PASSWORD = "slow-morning-walk"
MEMBERS = {"en": "lena@people.example", "zh": "yun@people.example"}
PREFIX = {"en": "", "zh": "/zh-hans"}
LOCALES = {"en": "en-GB", "zh": "zh-CN"}
GROUPS = {"en": "Morning Mosses", "zh": "晨光太极"}
WIDTHS = {390: 844, 1280: 900}
VISITOR = {
    "landing": "/",
    "mechanism": "/library/mechanisms/behavioural-activation/",
    "library": "/library/",
    "finder": "/library/start/",
    "need": "/library/start/low-mood/",
    "exercise": "/library/exercise/",
    "sources": "/library/sources/",
    "get-help": "/library/get-help/",
    "safety": "/library/safety/",
    "plans": "/plans/",
    "plan": "/plans/low-mood-activation/",
    "groups": "/groups/",
    "sign-in": "/account/login/",
    "sign-up": "/account/signup/",
    "not-found": "/groups/no-such/",
}
MEMBER = {
    "today": "/",
    "mine": "/plans/mine/",
    "follow": "/plans/low-mood-activation/follow/",
    "log": "/plans/log/",
    "logs": "/plans/logs/",
    "messages": "/messages/",
    "settings": "/me/settings/",
    "welcome-language": "/me/welcome/language/",
    "welcome-place": "/me/welcome/place/",
    "welcome-name": "/me/welcome/name/",
    "new-group": "/groups/new/",
    "email": "/account/email/",
    "sessions": "/account/sessions/",
    "styleguide": "/dev/styleguide/",
}
README = ("en", 1280, "light")


def open_browser_page(browser: Browser, language: str, width: int, scheme: str) -> Page:
    context = browser.new_context(
        viewport=ViewportSize(width=width, height=WIDTHS[width]),
        locale=LOCALES[language],
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    return context.new_page()


def sign_in(page: Page, root: str, email: str) -> None:
    page.goto(f"{root}/account/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(lambda url: "/account/" not in url)


def follow(page: Page, base: str, link: Locator) -> None:
    """Open what the link leads to, and wait until it is there."""
    page.goto(base + (link.get_attribute("href") or ""))


def take_all(page: Page, base: str, folder: Path, shot: tuple[str, int, str], only: set[str]) -> None:
    """Visit the pages of a visitor, then, signed in, those of a member."""
    language, width, scheme = shot
    root = base + PREFIX[language]

    def take(name: str) -> None:
        if only and name not in only:
            return
        # As tall as the page, so that what is fixed to the window's edge stays at the edge.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size(ViewportSize(width=width, height=max(height, WIDTHS[width])))
        page.screenshot(path=folder / f"{name}-{width}-{scheme}-{language}.png")
        page.set_viewport_size(ViewportSize(width=width, height=WIDTHS[width]))

    def take_each(pages: dict[str, str]) -> None:
        for name, path in pages.items():
            if not only or name in only:
                page.goto(f"{root}{path}")
                take(name)

    take_each(VISITOR)
    sign_in(page, root, MEMBERS[language])
    take_each(MEMBER)
    page.goto(f"{root}/groups/")
    follow(page, base, page.get_by_role("link", name=GROUPS[language]).first)
    take("group")
    follow(page, base, page.locator("main a[href*='/events/']:not([href*='/new/'])").first)
    take("event")


def take_readme(page: Page, base: str, folder: Path) -> None:
    sign_in(page, base, MEMBERS["en"])
    page.goto(f"{base}/")
    page.screenshot(path=folder / "today.png", full_page=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", default="http://127.0.0.1:8000")
    parser.add_argument("--into", type=Path, default=Path("var/screenshots"))
    parser.add_argument("--only", default="", help="names of pages, with commas")
    parser.add_argument("--readme", action="store_true")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    only = set(filter(None, options.only.split(",")))
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        if options.readme:
            take_readme(open_browser_page(browser, *README), options.base, options.into)
        else:
            for shot in product(MEMBERS, WIDTHS, ("light", "dark")):
                page = open_browser_page(browser, *shot)
                take_all(page, options.base, options.into, shot, only)
                page.context.close()
        browser.close()


if __name__ == "__main__":
    main()
