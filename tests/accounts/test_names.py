"""Names in any script survive, or are refused with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.names import MAX_LENGTH, clean_display_name
from core.errors import InvalidInput


@pytest.mark.parametrize(
    "name",
    [
        "Anna",
        "李小龙",
        "محمد",
        "Ørjan Ås",
        "नमिता",
        "O'Neil-Straße",
        "می\u200cخواهم",
        "Łukasz 2",
        "Nguyễn Thị Ánh",
        "👩\u200d🌾",
    ],
)
def test_names_of_many_scripts_are_kept(name: str) -> None:
    assert clean_display_name(name) == name


def test_name_is_composed_and_trimmed() -> None:
    assert clean_display_name("  Ame\u0301lie   P  ") == "Amélie P"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("evil\u202egnp", "name_bidi"),
        ("a\u2066b", "name_bidi"),
        ("two\nlines", "name_control"),
        ("Bcc:\r\nx", "name_control"),
        ("nul\x00", "name_control"),
        ("zero\u200bwidth", "name_control"),
        ("\ud800", "name_control"),
        ("", "name_empty"),
        ("   ", "name_empty"),
        ("\u200d", "name_empty"),
        ("x" * 61, "name_long"),
        ("z" + "\u0348" * 20, "name_marks"),
    ],
)
def test_names_that_hide_or_break_are_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        clean_display_name(text)

    assert refusal.value.code == code
    assert refusal.value.field == "display_name"
    assert str(refusal.value.message)


@given(st.text(max_size=80))
def test_whatever_is_typed_the_answer_is_a_safe_line_or_a_refusal(text: str) -> None:
    try:
        name = clean_display_name(text)
    except InvalidInput:
        return
    assert 0 < len(name) <= MAX_LENGTH
    assert name == name.strip()
    assert len(name.splitlines()) == 1
    assert clean_display_name(name) == name
