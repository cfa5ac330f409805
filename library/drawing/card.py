"""The picture that stands for a mechanism where its address is shared: 1200 × 630, drawn without a browser."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path

import pylopdf_fonts_zh_cn as fonts
from PIL import Image, ImageDraw, ImageFont

from library.drawing import terrain
from library.drawing.marks import draw_grade, draw_mark, draw_wordmark
from library.drawing.palette import DOMAINS, INK, INK_SOFT, MINUTES, MONTHS, PAPER, RANGE, SUN, SURFACE, WEEKS
from library.drawing.text import wrap

SIZE = (1200, 630)
SHARPNESS = 2  # drawn twice as large and made small again, so that edges are smooth
MARGIN, ROOM = 80, 1040
COLOURS = 200  # enough for flat areas with smooth edges; a third of the bytes
ELLIPSIS = "…"
NOWHERE = "\uffff"  # no font has it, so it shows what a font draws in the place of a missing letter


@dataclass(frozen=True)
class Card:
    name: str
    line: str
    domain: str
    domain_name: str
    grade: str
    grade_words: str
    site_name: str


def paint(card: Card) -> bytes:
    """Return the card as a PNG."""
    image = Image.new("RGB", (SIZE[0] * SHARPNESS, SIZE[1] * SHARPNESS), PAPER)
    pen = ImageDraw.Draw(image)
    _landscape(pen)
    colour = DOMAINS.get(card.domain, INK)
    draw_mark(pen, card.domain, colour, ground=SURFACE, at=(MARGIN, 64), side=76, scale=SHARPNESS)
    _write(pen, [card.domain_name], at=(MARGIN + 96, 84), size=30, font=sans, fill=colour)
    y = 164.0
    for text, size, font, fill, most in (
        (card.name, 62, serif, INK, 2),
        (card.line, 32, sans, INK_SOFT, 3),
    ):
        lines, fitted = fit(text, size, font, most)
        y = _write(pen, lines, at=(MARGIN, y), size=fitted, font=font, fill=fill) + 12
    draw_grade(pen, card.grade, INK, at=(MARGIN, 562), scale=SHARPNESS)
    _write(pen, [card.grade_words], at=(MARGIN + 50, 554), size=28, font=sans, fill=INK)
    length = serif(40 * SHARPNESS).getlength(card.site_name) / SHARPNESS
    draw_wordmark(pen, at=(SIZE[0] - MARGIN - length - 68, 540), side=56, scale=SHARPNESS)
    _write(pen, [card.site_name], at=(SIZE[0] - MARGIN - length, 540), size=40, font=serif, fill=INK)
    out = BytesIO()
    small = image.resize(SIZE, Image.Resampling.LANCZOS)
    small.quantize(COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


type FontOf = Callable[[int], ImageFont.FreeTypeFont]


@cache
def serif(size: int) -> ImageFont.FreeTypeFont:
    return _font(fonts.serif_path(), size)


@cache
def sans(size: int) -> ImageFont.FreeTypeFont:
    return _font(fonts.sans_path(), size)


def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def fit(text: str, size: int, font: FontOf, most: int) -> tuple[list[str], int]:
    """Return `text` in at most `most` lines, set smaller where it must be, and cut where even that is not enough."""
    text = _drawable(text, font)
    for smaller in range(size, size * 2 // 3, -4):
        lines = list(wrap(text, ROOM, font(smaller).getlength))
        if len(lines) <= most:
            break
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip("，。,. ") + ELLIPSIS]
    return lines, smaller


def _drawable(text: str, font: FontOf) -> str:
    """Leave away the letters that the font lacks: nothing is better than an empty box."""
    small = font(16)
    missing = bytes(small.getmask(NOWHERE))
    return "".join(letter for letter in text if letter.isspace() or bytes(small.getmask(letter)) != missing)


def _write(
    pen: ImageDraw.ImageDraw, lines: list[str], *, at: tuple[float, float], size: int, font: FontOf, fill: str
) -> float:
    """Write the lines one below the other, and return where the next may begin."""
    x, y = at
    for line in lines:
        pen.text((x * SHARPNESS, y * SHARPNESS), line, font=font(size * SHARPNESS), fill=fill)
        y += size * 1.36
    return y


def _landscape(pen: ImageDraw.ImageDraw) -> None:
    """Draw the foot of the picture: sun, mountains, woods and meadow, as on the mechanism map."""
    width, foot = SIZE
    s = SHARPNESS
    pen.ellipse([640 * s, 498 * s, 720 * s, 578 * s], fill=SUN)
    outlines = [
        (terrain.mountains(width, 544, foot, tall=48, seed=2), RANGE),
        (terrain.ground(width, 540, foot, relief=5, seed=0), MONTHS),
        (terrain.ground(width, 568, foot, relief=9, seed=1), WEEKS),
        (terrain.ground(width, 600, foot, relief=7, seed=2), MINUTES),
    ]
    for outline, colour in outlines:
        pen.polygon([(x * s, y * s) for x, y in outline], fill=colour)
