"""Every page: axe finds nothing, no script complains, nothing leaves for another host."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import translate_url

from tests.browser.conftest import DESKTOP, PHONE, Visits
from tests.kit.world import World

LANGUAGES = ["en", "zh-hans"]
RULES = {
    "preload": False,  # styles come in layers by @import, which axe would ask for at the wrong addresses
    "resultTypes": ["violations"],  # all rules run; what they found in order is not gathered and sent
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["visitor", "member", "owner of it all"])
def test_every_page_is_accessible_and_quiet(world: World, visit: Visits, who: str, language: str, dark: bool) -> None:
    person = {"member": world.cast.host, "owner of it all": world.cast.member}.get(who)
    if person is not None:
        world.speak(person, language)
    pages = world.own_pages() if who == "owner of it all" else world.pages(who)
    window = visit(person, size=PHONE if dark else DESKTOP, dark=dark)
    axe = Axe()
    found: dict[str, object] = {}
    for path in pages:
        window.complaints.clear()
        window.open(translate_url(path, language))
        complaints = [c for c in window.complaints if "404" not in c or "no-such" not in path]
        if overflows(window.page):
            complaints.append("scrolls sideways")
        if complaints:
            found[path] = complaints
        # Last, because axe styles elements itself and the policy complains of it.
        if broken := axe.run(window.page, options=RULES).response["violations"]:
            found[f"axe {path}"] = [f"{v['id']}: {v['nodes'][0]['html'][:160]}" for v in broken]
    assert found == {}, "\n".join(f"{path} {what}" for path, what in found.items())


def overflows(page: object) -> bool:
    """Whether the page is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))  # type: ignore[attr-defined]
