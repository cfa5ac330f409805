"""The mechanism map on its page, beside a mechanism, and as a picture to share."""

import re
from collections.abc import Callable
from html import unescape
from itertools import combinations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.test import Client
from django.utils.translation import override

from library.drawing.card import sans, serif
from library.drawing.scene import Box
from library.map import map_page
from library.models import Mechanism, Publication, Relation
from library.services.editors import make_editor
from tests.kit.cast import Cast

pytestmark = pytest.mark.usefixtures("library")

PICTURE = "/library/mechanisms/sleep/picture.png"


def drawings(page: str) -> list[str]:
    return re.findall(r'<svg class="map__drawing.*?</svg>', page, re.DOTALL)


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_no_name_of_the_real_map_overlaps_another(language: str) -> None:
    with override(language):
        rows = Mechanism.objects.visible_to(AnonymousUser()).with_relations(AnonymousUser())
        page = map_page(list(rows))

    for drawing in (page.wide, page.tall):
        named = [stop.face.box for stop in drawing.stops] + [heading.box for heading in drawing.headings]
        named += [band.caption_box for band in drawing.bands]
        assert [pair for pair in combinations(named, 2) if pair[0].meets(pair[1])] == []
        assert all(Box(0, 0, drawing.width, drawing.height).holds(box) for box in named)


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_every_mechanism_is_a_link_in_both_pictures_and_every_reason_is_in_words(client: Client, prefix: str) -> None:
    page = client.get(f"{prefix}/library/map/").text

    wide, tall = drawings(page)
    for mechanism in Mechanism.objects.all():
        link = f'href="{prefix}/library/mechanisms/{mechanism.slug}/"'
        assert (wide.count(link), tall.count(link)) == (1, 1)
    language = "zh_hans" if prefix else "en"
    words = unescape(page)
    assert not [r for r in Relation.objects.all() if getattr(r, f"why_{language}") not in words]
    assert wide.count('class="trail trail--quiet"') == Relation.objects.count() == 56


def test_kinds_of_relations_are_kinds_of_lines(client: Client) -> None:
    wide, _tall = drawings(client.get("/library/map/").text)

    for kind in Relation.Kind:
        assert wide.count(f"trail--{kind}") == Relation.objects.filter(kind=kind).count()


def test_beside_a_mechanism_stand_those_that_it_strengthens(client: Client) -> None:
    (drawing,) = drawings(client.get("/library/mechanisms/hippocampus/").text)

    assert re.findall(r'data-stop="([\w-]+)"', drawing) == ["hippocampus", "hpa-axis", "executive-function"]
    assert drawing.count("is-lit") == 1


def test_a_mechanism_that_strengthens_nothing_shows_no_map(client: Client) -> None:
    Relation.objects.filter(mechanism__slug="sleep").delete()

    assert drawings(client.get("/library/mechanisms/sleep/").text) == []


def test_a_draft_is_not_on_the_map(client: Client, cast: Cast, as_person: Callable[..., Client]) -> None:
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)
    make_editor(person=cast.editor)

    assert "mechanisms/sleep/" not in client.get("/library/map/").text
    assert "mechanisms/sleep/" in as_person(cast.editor).get("/library/map/").text


@pytest.mark.parametrize("shown", [20, 1, 0])
def test_the_map_takes_two_queries_whatever_it_holds(
    client: Client, shown: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    keep = Mechanism.objects.values_list("pk", flat=True)[:shown]
    Mechanism.objects.exclude(pk__in=list(keep)).update(status=Publication.DRAFT)

    with django_assert_num_queries(2 if shown else 1):  # type: ignore[attr-defined]
        assert client.get("/library/map/").status_code == 200


def test_the_picture_to_share_is_drawn_once_and_kept(
    client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    cache.clear()
    first = client.get(PICTURE)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        again = client.get(PICTURE)

    assert first["Content-Type"] == "image/png"
    assert "public" in first["Cache-Control"]
    assert first.content == again.content
    assert client.get(PICTURE, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(f"/zh-hans{PICTURE}").content != first.content


def test_an_editors_change_is_in_the_picture(client: Client) -> None:
    before = client.get(PICTURE).content
    Mechanism.objects.filter(slug="sleep").update(name_en="Rest")

    assert client.get(PICTURE).content != before


def test_there_is_no_picture_of_a_draft(client: Client) -> None:
    client.get(PICTURE)
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)

    assert client.get(PICTURE).status_code == 404


@pytest.mark.parametrize("font", [sans, serif])
def test_the_fonts_of_the_picture_have_every_letter_of_the_content(font: Callable[[int], object]) -> None:
    rows = Mechanism.objects.values_list("name_en", "name_zh_hans", "one_line_en", "one_line_zh_hans")
    letters = {letter for row in rows for text in row for letter in text if not letter.isspace()}
    small = font(16)
    missing = bytes(small.getmask("\uffff"))  # type: ignore[attr-defined]

    assert {letter for letter in letters if bytes(small.getmask(letter)) == missing} == set()  # type: ignore[attr-defined]
