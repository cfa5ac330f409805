"""What the drawings of plans say can be seen in light and dark: 3:1 for a shape, 4.5:1 for a word."""

import math
import re

import pytest
from django.conf import settings

from tests.core.test_contrast import PICTURE, TEXT, contrast, tokens

Colour = tuple[float, float, float]

PAGES = settings.BASE_DIR / "static" / "css" / "pages"
STYLES = "".join((PAGES / name).read_text() for name in ("numbers.css", "calendar.css", "check_ins.css"))
# A shape is seen by its filling or by its edge. Grid, rules and a day with nothing only set the scene.
SHAPES = [
    *(".chart__band", ".chart__first", ".chart__second", ".chart__run", ".chart__knot", ".chart__day--some"),
    *(".chart__noted--before", ".chart__noted--after"),
    *(".range__base", ".range__hill", ".range__hill--now", ".check-line path", ".check-line circle"),
    *(".dot", ".dot--done", ".dot--event", ".dot--rest", ".dot--paused"),
]
WORDS = [".chart__label", ".chart__tick"]
PAINT = r"(?:fill|stroke|background|border-color|border): (?:\d+px solid )?([^;]+);"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("selector", "least"), [(s, PICTURE) for s in SHAPES] + [(s, TEXT) for s in WORDS])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_drawing_can_be_seen(selector: str, least: float, ground: str, scheme: str) -> None:
    assert seen(selector, ground, tokens(scheme)) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_only_sets_the_scene_is_quieter(scheme: str) -> None:
    """The control: the measure tells a hairline from a shape."""
    assert seen(".chart__grid", "paper", tokens(scheme)) < PICTURE


def seen(selector: str, ground: str, colours: dict[str, Colour]) -> float:
    """Return the contrast of the paint that stands out most from the ground."""
    found = re.search(rf"^  {re.escape(selector)} {{(.*?)}}", STYLES, re.DOTALL | re.MULTILINE)
    assert found is not None, f"{selector} is not drawn"
    paints = [colour for value in re.findall(PAINT, found[1]) if (colour := painted(value, colours)) is not None]
    return max(contrast(colour, colours[ground]) for colour in paints)


def painted(value: str, colours: dict[str, Colour]) -> Colour | None:
    """Return the colour of a token or of a mixture of two; None for `none` and the like."""
    if token := re.fullmatch(r"var\(--([\w-]+)\)", value):
        return colours.get(token[1])
    if mix := re.fullmatch(r"color-mix\(in oklab, var\(--([\w-]+)\) (\d+)%, var\(--([\w-]+)\)\)", value):
        return mixed(colours[mix[1]], colours[mix[3]], int(mix[2]) / 100)
    return None


def mixed(one: Colour, other: Colour, share: float) -> Colour:
    """Mix in OKLab, as `color-mix` does."""
    lightness, a, b = (x * share + y * (1 - share) for x, y in zip(_lab(one), _lab(other), strict=True))
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a))


def _lab(colour: Colour) -> Colour:
    lightness, chroma, hue = colour
    return lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
