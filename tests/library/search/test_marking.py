"""What is marked, and what is shown of a long text."""

import pytest

from library.search.marking import LONGEST_EXCERPT, Marker


def marked(text: str, *phrases: str) -> list[str]:
    cut = Marker(phrases).pieces(text)
    assert "".join(piece for piece, _is_match in cut) == text
    return [piece for piece, is_match in cut if is_match]


@pytest.mark.parametrize(
    ("text", "phrases", "matches"),
    [
        ("Sleep, and sleepless nights", ["sleep"], ["Sleep"]),
        ("I can’t sleep at night", ["cant sleep"], ["can’t sleep"]),
        ("A sleep that cannot last", ["cant sleep", "awake at night"], []),
        ("晚上睡不着，不着急", ["睡不着"], ["睡不着"]),
        ("腦源性（ＢＤＮＦ）", ["bdnf", "脑源"], ["腦源", "ＢＤＮＦ"]),
        ("ends with awake at", ["awake at night", "at"], ["at"]),
        ("", ["sleep"], []),
    ],
)
def test_whole_words_and_whole_phrases_are_marked(text: str, phrases: list[str], matches: list[str]) -> None:
    assert marked(text, *phrases) == matches


def test_the_paragraph_with_the_most_matches_is_shown() -> None:
    body = "Nothing here.\nSleep once.\nSleep follows sleep."

    assert Marker(["sleep"]).excerpt(body) == "Sleep follows sleep."


def test_a_long_paragraph_is_shortened_around_the_match_at_whole_words() -> None:
    shown = Marker(["sleep"]).excerpt(f"{'before ' * 60}sleep{' after' * 60}")

    assert "sleep" in shown
    assert len(shown) <= LONGEST_EXCERPT + 2
    assert set(shown.strip("…").split()) == {"before", "sleep", "after"}


def test_nothing_is_shown_when_nothing_matches() -> None:
    assert Marker(["sleep"]).excerpt("Nothing here.") == ""
