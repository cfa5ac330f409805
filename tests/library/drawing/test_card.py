"""The picture for where an address is shared."""

import re
from io import BytesIO

import pytest
from PIL import Image

from library.drawing import palette
from library.drawing.card import NOWHERE, ROOM, SIZE, Card, FontOf, fit, paint, sans, serif
from tests.core.test_contrast import luminance, tokens

CARD = Card(
    name="海马体：记忆与压力恢复",
    line="It helps you remember, and to let go of stress.",
    domain="neuroplasticity",
    domain_name="Brain plasticity",
    grade="contested",
    grade_words="How sure: Contested",
    site_name="MindMove",
)


def test_a_card_is_a_png_of_the_size_that_is_asked_for_everywhere() -> None:
    picture = Image.open(BytesIO(paint(CARD)))

    assert (picture.format, picture.size) == ("PNG", SIZE)


@pytest.mark.parametrize("field", ["name", "line", "domain", "domain_name", "grade", "grade_words", "site_name"])
def test_every_part_of_a_card_is_seen(field: str) -> None:
    other = {"domain": "physiological", "grade": "strong"}.get(field, "Else")

    assert paint(CARD) != paint(Card(**{**vars(CARD), field: other}))


@pytest.mark.parametrize("domain", [*palette.DOMAINS, "a-new-one"])
@pytest.mark.parametrize("grade", ["strong", "moderate", "limited", "contested"])
def test_every_domain_and_grade_can_be_drawn(domain: str, grade: str) -> None:
    assert paint(Card(**{**vars(CARD), "domain": domain, "grade": grade}))


@pytest.mark.parametrize("font", [sans, serif])
def test_a_letter_that_the_font_lacks_is_left_away(font: FontOf) -> None:
    assert fit(f"Sleep {NOWHERE}睡眠", 32, font, 3) == (["Sleep 睡眠"], 32)


@pytest.mark.parametrize("text", ["word " * 200, "睡" * 800, "w" * 900])
def test_a_text_that_is_too_long_ends_in_an_ellipsis_and_fits(text: str) -> None:
    lines, size = fit(text, 60, serif, 2)

    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert all(serif(size).getlength(line) <= ROOM + size for line in lines)


def test_the_colours_are_those_of_the_tokens() -> None:
    """Compared by luminance, in which the tokens' own test speaks."""
    colours = tokens("light")
    named = {"paper": palette.PAPER, "ink": palette.INK, "ink-soft": palette.INK_SOFT, "moss": palette.MOSS}
    for name, value in {**named, "dawn": palette.DAWN, **palette.DOMAINS}.items():
        assert shine(value) == pytest.approx(luminance(*colours[name]), abs=0.006), name


def shine(value: str) -> float:
    parts = [int(part, 16) / 255 for part in re.findall("[0-9a-f]{2}", value)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
