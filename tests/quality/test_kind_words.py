"""No text says missed, failed, behind or must of what a person does; no mail raises its voice."""

from collections.abc import Callable

import pytest

from tests.quality.kind_words import (
    ALLOWED,
    EXCLAIMED,
    UNKIND,
    Text,
    bare_words,
    mails,
    messages,
    plans,
    unkind,
)

type Record = Callable[[str, object], None]
FEWEST = {"messages": 1500, "plans": 800, "mails": 60}  # so that a reader that finds nothing is noticed


def test_no_message_says_it(record_property: Record) -> None:
    texts = list(messages())
    record_property("texts", len(texts))
    assert len(texts) > FEWEST["messages"]
    assert unkind(texts, ALLOWED) == []


def test_no_template_says_it_without_a_translation() -> None:
    assert unkind(bare_words(), ALLOWED) == []


def test_no_plan_says_it(record_property: Record) -> None:
    texts = list(plans())
    record_property("texts", len(texts))
    assert len(texts) > FEWEST["plans"]
    assert unkind(texts, ALLOWED) == []


def test_no_mail_exclaims(record_property: Record) -> None:
    texts = list(mails())
    record_property("texts", len(texts))
    assert len(texts) > FEWEST["mails"]
    assert [text for text in texts if EXCLAIMED.search(text.words)] == []


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("You missed your walk.", "en"),
        ("Two days behind", "en"),
        ("You really must go out", "en"),
        ("A streak of nine days", "en"),
        ("你错过了昨天的练习", "zh"),
        ("已连续 7 天", "zh"),
        ("今天打卡了吗", "zh"),
        ("再坚持一下", "zh"),
    ],
)
def test_what_is_planted_is_found(words: str, language: str) -> None:
    assert unkind([Text("planted", words, language)], ALLOWED)


@pytest.mark.parametrize("words", ["Welcome back. Here is the version that felt comfortable.", "Mistakes and mustard"])
def test_what_is_kind_is_let_through(words: str) -> None:
    assert not unkind([Text("planted", words, "en")], ALLOWED)


def test_what_is_allowed_is_still_said() -> None:
    said = {text.words for text in messages()} | {text.words for text in plans()}
    said |= {text.words for text in bare_words()}
    assert set(ALLOWED) <= said
    assert all(any(pattern.search(words) for pattern in UNKIND.values()) for words in ALLOWED)
