"""The index follows what is written, row by row, and can be made again as it was."""

import pytest
from django.utils import translation

from library.models import Claim, Mechanism, Phase, SearchDocument, SearchPosting, SearchWord
from library.services.search_index import rebuild, reindex
from tests.kit.world import World

pytestmark = pytest.mark.django_db


def words_of(slug: str, language: str = "en") -> set[str]:
    rows = SearchPosting.objects.filter(document__key=slug, document__kind="mechanism", document__language=language)
    return set(rows.values_list("word__text", flat=True))


def everything() -> list[tuple[object, ...]]:
    columns = ("document__kind", "document__key", "document__language", "document__body", "word__text", "weight")
    return sorted(SearchPosting.objects.values_list(*columns))


def test_every_row_is_described_in_every_language(world: World) -> None:
    count = rebuild()

    assert SearchDocument.objects.count() == count
    assert {"sleep", "tends"} <= words_of("sleep")
    assert {"睡", "眠", "睡眠"} <= words_of("sleep", "zh-hans")
    assert SearchDocument.objects.filter(kind="plan", language="zh-hans", title="十分钟散步").exists()


def test_a_changed_row_is_described_anew_and_the_others_are_left(world: World) -> None:
    rebuild()
    before = everything()
    Mechanism.objects.filter(slug="sleep").update(name_en="Rest")

    reindex([world.mechanism])

    changed = {row[:3] for row in set(before) ^ set(everything())}
    assert changed == {("mechanism", "sleep", "en")}
    assert "rest" in words_of("sleep")


def test_a_part_describes_the_row_it_belongs_to(world: World) -> None:
    rebuild()
    claim = Claim.objects.get(mechanism=world.mechanism)
    Claim.objects.filter(pk=claim.pk).update(text_en="Zorptinella was seen.")

    reindex([claim, *Phase.objects.all()])

    assert "zorptinella" in words_of("sleep")


def test_the_index_is_the_same_row_by_row_and_all_at_once_in_any_language(world: World) -> None:
    rebuild()
    at_once = everything()
    with translation.override("zh-hans"):
        reindex(Mechanism.objects.all())

    assert everything() == at_once


def test_a_row_that_is_gone_leaves_nothing_when_the_index_is_made_again(world: World) -> None:
    rebuild()
    world.draft.delete()
    rebuild()

    assert words_of("unfinished") == set()
    assert not SearchWord.objects.filter(text="unfinished").exists()
