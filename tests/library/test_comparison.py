"""Two versions side by side."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from library.comparison import compare, marked


def said(text: str, **others: object) -> dict[str, object]:
    return {"en": text, "zh-hans": "", "basis": "human", **others}


def test_english_is_told_apart_by_words() -> None:
    old, new = marked("Sleep gets better with exercise.", "Sleep gets deeper with exercise & rest.")

    assert old == "Sleep gets <del>better</del> with exercise."
    assert new == "Sleep gets <ins>deeper</ins> with exercise<ins> &amp; rest</ins>."


def test_chinese_is_told_apart_by_characters() -> None:
    assert marked("睡眠变好了。", "睡眠会变好。") == ("睡眠变好<del>了</del>。", "睡眠<ins>会</ins>变好。")


def test_markup_in_a_text_stays_text() -> None:
    assert marked("", "<script>") == ("", "<ins>&lt;script&gt;</ins>")


@given(st.text(), st.text())
def test_nothing_is_lost_of_either_text(old: str, new: str) -> None:
    left, right = marked(old, new)
    plain = [html.unescape(re.sub(r"</?(ins|del)>", "", side)) for side in (left, right)]
    assert plain == [old, new]


def test_a_claim_that_was_edited_and_moved_is_still_the_same_claim() -> None:
    first, second = said("People fall asleep sooner after a walk."), said("Slow-wave sleep grows a little.")
    edited = said("Slow-wave sleep grows by a little.")

    found = compare("mechanisms", {"how_it_works": [first, second]}, {"how_it_works": [edited, first]})

    assert [one.label for one in found] == ["claims · order", "claim 1 · text (English)"]
    assert found[1].new == "Slow-wave sleep grows <ins>by </ins>a little."


def test_sources_and_choices_are_said_in_words() -> None:
    old = {"evidence_grade": "strong", "citations": ["a2020"]}
    new = {"evidence_grade": "limited", "citations": ["a2020", "b2021"]}

    found = compare("mechanisms", old, new)

    assert [(one.label, one.new) for one in found] == [
        ("grade", "<ins>Limited</ins>"),
        ("sources", "a2020<ins>\nb2021</ins>"),
    ]


def test_a_list_without_an_article_of_its_own_is_compared_too() -> None:
    old = {"rows": [said("Chest pain.", action="crisis")]}

    assert [one.label for one in compare("general_red_flags", old, {"rows": []})] == [
        "red flag 1 · text (English)",
        "red flag 1 · action",
    ]
