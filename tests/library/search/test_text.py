"""What makes no difference to search."""

import pytest

from library.search.text import fold, phrase, runs, sought_terms, terms


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Sleep", "sleep"),
        ("Can’t  SLEEP?", "cant sleep"),
        ("ＢＤＮＦ", "bdnf"),
        ("Gallardo-Gómez", "gallardo gomez"),
        ("焦慮、壓力", "焦虑 压力"),
        ("睡不著", "睡不着"),
        ("海马体BDNF", "海马体 bdnf"),
        ("\x00\ufffd\ud800 🙂 ！", ""),
    ],
)
def test_case_accents_width_apostrophes_and_traditional_signs_make_no_difference(typed: str, folded: str) -> None:
    assert phrase(typed) == folded


def test_words_are_whole_and_chinese_is_kept_as_signs_and_pairs() -> None:
    assert list(terms("Slow 睡眠好")) == ["slow", "睡", "眠", "好", "睡眠", "眠好"]


def test_a_single_sign_is_looked_up_as_itself() -> None:
    assert sought_terms("睡") == ["睡"]
    assert sought_terms("睡不着") == ["睡不", "不着"]


def test_a_run_knows_where_its_signs_stood() -> None:
    text = "a ﬁne Runner’s high"

    places = {run.text: text[run.places[0] : run.places[-1] + 1] for run in runs(text)}

    assert places == {"a": "a", "fine": "ﬁne", "runners": "Runner’s", "high": "high"}


def test_folding_twice_is_folding_once() -> None:
    signs = [chr(code) for code in range(0x20, 0x30000, 7)]

    assert [sign for sign in signs if "".join(map(fold, fold(sign))) != fold(sign)] == []
