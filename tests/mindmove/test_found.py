"""Public pages are found in both languages; nothing else is."""

import json
import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from groups.models import Group
from library.models import Citation, Mechanism
from tests.kit.cast import make_group
from tests.kit.world import World

SPACE = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
ORIGIN = "http://127.0.0.1:8000"


def listed() -> dict[str, dict[str, str]]:
    """Return address → language → address of what the sitemap lists."""
    root = ET.fromstring(Client().get("/sitemap.xml").content)
    return {
        url.findtext("s:loc", "", SPACE): {
            link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", SPACE)
        }
        for url in root.findall("s:url", SPACE)
    }


def test_the_sitemap_lists_every_public_page_in_both_languages(world: World) -> None:
    found = listed()

    for path in ("/", "/library/", "/library/sources/", "/library/exercise/", "/library/get-help/", "/library/start/",
                 "/library/mechanisms/sleep/", "/library/start/poor-sleep/", "/plans/", "/plans/ten-minute-walk/",
                 "/groups/", "/groups/morning-mosses/"):  # fmt: skip
        english, chinese = f"{ORIGIN}{path}", f"{ORIGIN}/zh-hans{path}"
        assert found[english] == found[chinese] == {"en": english, "zh-hans": chinese, "x-default": english}


def test_the_sitemap_names_nothing_private(world: World) -> None:
    Group.objects.filter(slug="morning-mosses").update(visibility="unlisted")
    text = Client().get("/sitemap.xml").text

    hidden = (
        "quiet-hikers",
        "morning-mosses",
        "unfinished",
        "8000/me/",
        "zh-hans/me/",
        "/account/",
        "/mine/",
        "offline",
    )
    for word in hidden:
        assert word not in text
    assert re.search("/events/[0-9a-f]{8}", text) is None


def test_every_address_of_the_sitemap_answers_and_says_it_may_be_found(world: World) -> None:
    for address in listed():
        page = Client().get(address.removeprefix(ORIGIN), headers={"referer": "http://testserver/"})
        assert page.status_code == 200, address
        assert f'<link rel="canonical" href="{address}">' in page.text
        assert "noindex" not in page.text, address
        assert page.text.count('name="description"') == 1, address


def test_the_sitemap_and_robots_are_the_same_for_everybody(world: World, as_person: Callable[..., Client]) -> None:
    world.speak(world.cast.member, "zh-hans")
    member = as_person(world.cast.member)

    assert member.get("/sitemap.xml").content == Client().get("/sitemap.xml", headers={"host": "localhost"}).content
    assert f"Sitemap: {ORIGIN}/sitemap.xml" in Client().get("/robots.txt").text


@pytest.mark.parametrize(
    "path",
    ["/account/login/", "/groups/no-such/", "/library/offline/", "/messages/unsubscribe/nothing/", "/groups/unlisted/"],
)
def test_what_is_not_public_says_noindex(world: World, path: str) -> None:
    make_group(slug="unlisted", visibility="unlisted")

    page = Client().get(path).text

    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page


@pytest.mark.django_db
def test_a_page_names_itself_and_its_other_language_without_the_query() -> None:
    page = Client().get("/zh-hans/library/start/?minutes=10").text

    assert f'<link rel="canonical" href="{ORIGIN}/zh-hans/library/start/">' in page
    assert f'<link rel="alternate" hreflang="en" href="{ORIGIN}/library/start/">' in page
    assert f'<link rel="alternate" hreflang="x-default" href="{ORIGIN}/library/start/">' in page


def test_a_mechanism_can_be_shared(world: World) -> None:
    page = Client().get("/zh-hans/library/mechanisms/sleep/").text

    tags = dict(re.findall(r'<meta property="(og:[\w:]+)" content="([^"]*)">', page))
    assert tags["og:title"] == "睡眠"
    assert tags["og:description"] == "往往有帮助。"
    assert tags["og:url"] == f"{ORIGIN}/zh-hans/library/mechanisms/sleep/"
    assert (tags["og:locale"], tags["og:locale:alternate"]) == ("zh_CN", "en_US")


def data_of(page: str) -> dict[str, object]:
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    found: dict[str, object] = json.loads(block)
    return found


def test_a_mechanism_is_described_for_machines(world: World) -> None:
    data = data_of(Client().get("/library/mechanisms/sleep/").text)

    assert (data["@type"], data["lastReviewed"], data["inLanguage"]) == ("MedicalWebPage", "2026-01-01", "en")
    assert data["citation"] == [
        {
            "@type": "ScholarlyArticle",
            "name": "Walking and sleep",
            "author": [{"@type": "Person", "name": "Walker A"}, {"@type": "Person", "name": "Stroll B"}],
            "datePublished": "2024",
            "isPartOf": {"@type": "Periodical", "name": "Journal of Walks"},
            "sameAs": "https://doi.org/10.1000/walk",
        }
    ]


def test_what_an_editor_wrote_cannot_break_out_of_the_data(world: World) -> None:
    name = '</script><script>alert("&")</script>'
    Mechanism.objects.filter(slug="sleep").update(name_en=name)
    Citation.objects.update(doi_is_verified=False)

    page = Client().get("/library/mechanisms/sleep/").text

    assert "<script>alert" not in page
    data = data_of(page)
    assert data["name"] == name
    assert "sameAs" not in data["citation"][0]  # type: ignore[index]
