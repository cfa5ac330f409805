"""What somebody typed, taken apart."""

import pytest

from library.search.query import EXACT, SYNONYM, read_query
from library.search.synonyms import synonyms


def parts(typed: str) -> list[str]:
    return [part.phrase for part in read_query(typed, synonyms()).parts]


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("I can't sleep", ["cant sleep"]),
        ("running for anxiety", ["anxiety", "running"]),
        ("跑步对焦虑有用吗", ["焦虑", "跑步"]),
        ("zorptin", ["zorptin"]),
        ("zorptin blue", ["blue", "zorptin"]),
        ("the of and", []),
        ("麻烦", ["麻烦"]),
        ("", []),
        ("\x00", []),
    ],
)
def test_known_phrases_come_out_whole_and_small_words_are_left_out(typed: str, looked_for: list[str]) -> None:
    assert parts(typed) == looked_for


def test_the_word_that_was_typed_counts_most() -> None:
    part = read_query("insomnia", synonyms()).parts[0]

    assert part.ways["insomnia"] == EXACT
    assert part.ways["睡眠"] == part.ways["sleep"] == SYNONYM


@pytest.mark.parametrize(
    "typed",
    [
        "suicide",
        "Suicidal thoughts",
        "suicde",
        "i want to KILL MYSELF",
        "self-harm",
        "自杀",
        "我想死",
        "自殺",
        "不想活了",
    ],
)
def test_words_after_which_care_comes_first(typed: str) -> None:
    assert read_query(typed, synonyms()).needs_care


@pytest.mark.parametrize("typed", ["sleep", "kilometres", "dying to run", "跑步", "sidelines", "自信", ""])
def test_other_words_bring_up_no_alarm(typed: str) -> None:
    assert not read_query(typed, synonyms()).needs_care
