"""Breaking lines, in two scripts."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.drawing.text import CLOSES, OPENS, sized, width, wrap

LETTERS = st.text(st.sampled_from("abcdefgilmorstwAHW 0123-:,记忆与压力恢复脑神经（），。：、“”"), max_size=60)
ROOMS = st.floats(60, 300)


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Sleep", 112, ("Sleep",)),
        ("Brain networks", 75, ("Brain", "networks")),
        ("Amygdala and prefrontal cortex: alarm", 160, ("Amygdala and", "prefrontal", "cortex: alarm")),
        ("海马体：记忆与压力恢复", 100, ("海马体：记忆", "与压力恢复")),
        ("γ-氨基丁酸（GABA）", 80, ("γ-氨基丁酸", "（GABA）")),
        ("HPA 轴与皮质醇", 150, ("HPA 轴与皮质醇",)),
        ("", 100, ()),
    ],
)  # fmt: skip
def test_lines_are_few_and_even(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, room, sized(13)) == lines


@given(LETTERS, ROOMS)
def test_no_letter_is_lost_and_their_order_stays(text: str, room: float) -> None:
    assert "".join("".join(wrap(text, room, sized(13))).split()) == "".join(text.split())


@given(st.text(st.sampled_from("abcdwW记忆恢复 "), max_size=60), ROOMS)
def test_every_line_fits(text: str, room: float) -> None:
    assert all(width(line, 13) <= room for line in wrap(text, room, sized(13)))


@given(st.text(st.sampled_from("记忆恢复脑（），。：“”"), max_size=40))
def test_no_line_begins_with_a_closing_mark_after_a_letter_or_ends_with_an_opening_one(text: str) -> None:
    lines = wrap(text, 120, sized(13))

    assert not [pair for pair in pairwise(lines) if pair[1][0] in CLOSES and pair[0][-1] not in CLOSES + OPENS]


@given(LETTERS, LETTERS)
def test_the_width_of_two_texts_is_the_sum_of_theirs(one: str, other: str) -> None:
    assert width(one + other, 13) == pytest.approx(width(one, 13) + width(other, 13))
