"""Promise I4: words in any script survive; what hides or breaks what stands around them does not."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.words import MOST_MARKS, tidy, tidy_line

SCRIPTS = ["早上好，山路很安静", "שלום\u200f לכולם", "می‌روم", "नमस्ते", "สวัสดีครับ", "Cảm ơn", "👩‍👩‍👧 🏞️", "Ça va — à 8 h"]


@pytest.mark.parametrize("text", SCRIPTS)
def test_every_script_survives(text: str) -> None:
    assert tidy(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a\u202eb\u202d\u2066c\u2069", "abc"),
        ("a\x00b\x1b[31m", "ab[31m"),
        ("a\ud800b", "ab"),
        ("one\r\ntwo\u2028three", "one\ntwo\nthree"),
        ("x" + "\u0316" * 100_000, "x" + "\u0316" * MOST_MARKS),
    ],
)
def test_what_hides_or_breaks_goes(sent: str, kept: str) -> None:
    assert tidy(sent) == kept


def test_a_line_is_one() -> None:
    assert tidy_line(" At\n the\tgate\u2029 ") == "At the gate"


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)
    assert "\n" not in tidy_line(text)
