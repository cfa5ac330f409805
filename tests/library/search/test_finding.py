"""Who finds what, in which order, in how many queries."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from library.models import Citation, ExerciseType, Mechanism, Need, Publication, SafetyText
from library.search.finding import Ranking, hits, rank
from library.services.editors import make_editor
from library.services.search_index import rebuild, reindex
from plans.models import PlanTemplate
from tests.kit.cast import Cast

pytestmark = pytest.mark.usefixtures("index")

CANARY = "zorptinella"
NOBODY = AnonymousUser()


def ranked(typed: str, language: str = "en", viewer: User | AnonymousUser = NOBODY) -> Ranking:
    return rank(typed, language=language, viewer=viewer)


def found(typed: str, language: str = "en", viewer: User | AnonymousUser = NOBODY) -> list[str]:
    ranking = ranked(typed, language, viewer)
    return [f"{hit.document.kind}/{hit.document.key}" for hit in hits(ranking, ranking.documents)]


def name(slug: str, **texts: str) -> None:
    Mechanism.objects.filter(slug=slug).update(**texts)
    reindex(Mechanism.objects.filter(slug=slug))


def test_title_comes_before_line_and_line_before_text() -> None:
    name("gaba", try_it_en=CANARY)
    name("nature", one_line_en=f"Some {CANARY}.")
    name("sleep", name_en=CANARY.title())

    assert found(CANARY) == ["mechanism/sleep", "mechanism/nature", "mechanism/gaba"]


def test_the_whole_word_comes_before_a_beginning_and_a_typo_counts_only_alone() -> None:
    name("gaba", name_en=f"{CANARY}s")
    name("sleep", name_en=CANARY)
    name("nature", name_en=CANARY.replace("z", "x"))

    assert found(CANARY) == ["mechanism/sleep", "mechanism/gaba"]
    assert found(CANARY[:5]) == ["mechanism/gaba", "mechanism/sleep"]
    assert found("zorptinelal")[0] == "mechanism/sleep"


def test_what_is_equal_keeps_its_order() -> None:
    for slug in ("sleep", "bdnf", "nature"):
        name(slug, name_en=CANARY)

    assert found(CANARY) == ["mechanism/bdnf", "mechanism/nature", "mechanism/sleep"]


@pytest.mark.parametrize("typed", ["眠", "睡眠", "跑", "焦"])
def test_one_and_two_signs_of_chinese_find_pages(typed: str) -> None:
    assert found(typed, "zh-hans")


@pytest.mark.parametrize(("english", "chinese"), [("lonely", "孤独"), ("insomnia", "失眠"), ("stress", "压力")])
def test_either_language_finds_the_pages_of_the_other(english: str, chinese: str) -> None:
    for language in ("en", "zh-hans"):
        assert set(found(english, language)[:2]) == set(found(chinese, language)[:2])


def test_the_mended_text_is_offered_and_only_when_it_finds_something() -> None:
    assert ranked("good for anxeity?").suggestion == "good for anxiety?"
    assert ranked("zzzzqqqq").suggestion == ""
    assert ranked("anxiety").suggestion == ""


@pytest.mark.parametrize(
    "typed", ["", "   ", "\x00", "\ufffd\ufffd", "🙂", "%_\\'\"", "a" * 100, "睡" * 100, "a b " * 25]
)
def test_anything_may_be_typed(typed: str) -> None:
    assert isinstance(ranked(typed).documents, list)


def test_words_of_care_find_the_way_to_help_and_are_never_offered() -> None:
    for typed, language in [("i want to die", "en"), ("suicde", "en"), ("想死", "zh-hans")]:
        ranking = ranked(typed, language)
        assert ranking.needs_care
        assert ranking.suggestion == ""
        assert found(typed, language)[0].startswith(("page/library:get_help", "help-"))


def test_a_draft_is_found_by_editors_alone_the_moment_it_becomes_one(cast: Cast) -> None:
    name("sleep", name_en=CANARY)
    make_editor(person=cast.editor)
    Mechanism.objects.filter(slug="sleep").update(status=Publication.DRAFT)

    assert found(CANARY) == found(CANARY, viewer=cast.member) == []
    assert ranked("zorptinela").suggestion == ""
    assert found(CANARY, viewer=cast.editor) == ["mechanism/sleep"]


def test_a_withdrawn_plan_and_a_deleted_row_are_found_no_more() -> None:
    assert "plan/walk-to-5k" in found("jog")
    PlanTemplate.objects.filter(slug="walk-to-5k").update(is_published=False)
    Need.objects.filter(slug="anxiety").delete()

    assert "plan/walk-to-5k" not in found("jog")
    assert "need/anxiety" not in found("anxiety")


def test_what_only_editors_see_and_what_nobody_checked_is_not_in_the_index() -> None:
    Mechanism.objects.update(editors_record_en=CANARY, editors_record_zh_hans=CANARY)
    Need.objects.update(do_not_say_en=CANARY, product_rule_en=CANARY, product_rule_zh_hans=CANARY)
    Citation.objects.update(editors_note=CANARY, seen_at=CANARY, doi_note=CANARY)
    Citation.objects.filter(numbers_verified=False).update(finding_en=CANARY, finding_zh_hans=CANARY)
    SafetyText.objects.update(editors_note=CANARY)
    SafetyText.objects.filter(group=SafetyText.Group.EDITORS).update(text_en=CANARY, text_zh_hans=CANARY)
    ExerciseType.objects.update(headline_en=CANARY, headline_zh_hans=CANARY)
    rebuild()

    assert found(CANARY) == found(CANARY, "zh-hans") == []


@pytest.mark.parametrize(
    ("typed", "queries"),
    [("sleep", 3), ("can't sleep after running", 3), ("睡眠", 3), ("serotinin", 5), ("serotinin for sleep", 6)],
)
def test_the_number_of_queries_is_fixed(
    typed: str, queries: int, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]
        assert found(typed)
    Mechanism.objects.exclude(slug__in=["sleep", "serotonin"]).update(status=Publication.DRAFT)
    with django_assert_num_queries(queries):  # type: ignore[attr-defined]
        assert found(typed)
