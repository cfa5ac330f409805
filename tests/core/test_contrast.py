"""Colour pairs of the design system, computed from the tokens: WCAG 2.2 AA in light and dark."""

import math
import re

import pytest
from django.conf import settings

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
TEXT, PICTURE = 4.5, 3.0

GROUNDS = ["paper", "surface"]
WASHES = ["moss-wash", "sky-wash", "dawn-wash", "clay-wash", "ground"]
DOMAINS = ["neurochemical", "neuroplasticity", "physiological", "cognitive-behavioural", "social-environmental"]

PAIRS = [
    *[(ink, ground, TEXT) for ink in ("ink", "ink-soft") for ground in (*GROUNDS, *WASHES)],
    *[(ink, ground, TEXT) for ink in ("moss", "moss-deep", "sky", "clay", "dawn-ink") for ground in GROUNDS],
    *[(name, ground, TEXT) for name in DOMAINS for ground in GROUNDS],
    ("moss-deep", "moss-wash", TEXT),
    ("moss", "moss-wash", TEXT),
    ("sky", "sky-wash", TEXT),
    ("dawn-ink", "dawn-wash", TEXT),
    ("clay", "clay-wash", TEXT),
    ("sky", "ground", TEXT),
    ("sky", "moss-wash", TEXT),
    ("sky", "clay-wash", TEXT),
    ("on-action", "action", TEXT),
    ("on-action", "action-deep", TEXT),
    *[("action", ground, PICTURE) for ground in GROUNDS],
    *[("edge", ground, PICTURE) for ground in GROUNDS],
    *[("dawn", ground, PICTURE) for ground in GROUNDS],
]


def tokens(scheme: str) -> dict[str, tuple[float, float, float]]:
    light, dark = TOKENS.split("@media (prefers-color-scheme: dark)")
    dark = dark.split("@media")[0]
    found = {}
    for part in [light] if scheme == "light" else [light, dark]:
        for name, *numbers in re.findall(r"--([\w-]+): oklch\(([\d.]+) ([\d.]+) ([\d.]+)\);", part):
            found[name] = tuple(float(number) for number in numbers)
    return found


def luminance(lightness: float, chroma: float, hue: float) -> float:
    """Relative luminance of an OKLCH colour, clipped to sRGB."""
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    red = 4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short
    green = -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short
    blue = -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short
    red, green, blue = (min(1.0, max(0.0, part)) for part in (red, green, blue))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    high, low = sorted((luminance(*one), luminance(*other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "ground", "least"), PAIRS)
def test_pair_can_be_read(scheme, front, ground, least):
    colours = tokens(scheme)

    assert contrast(colours[front], colours[ground]) >= least


def test_black_on_white_is_21():
    assert contrast((1.0, 0.0, 0.0), (0.0, 0.0, 0.0)) == pytest.approx(21, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_domains_share_lightness_and_chroma(scheme):
    colours = tokens(scheme)

    assert len({colours[name][:2] for name in DOMAINS}) == 1
    assert len({colours[name][2] for name in DOMAINS}) == len(DOMAINS)
