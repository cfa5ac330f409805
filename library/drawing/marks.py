"""Domain shapes, grades and the wordmark for Pillow: the curves of templates/components/domain_shape.html."""

from collections.abc import Iterator, Sequence

from PIL import ImageColor, ImageDraw

from library.drawing.palette import DAWN, MOSS

type Point = tuple[float, float]
# On a field of 24 × 24: a curve is a start and three points for each cubic Bézier after it.
WAVE = ((2.5, 9), (5.7, 4), (8.8, 4), (12, 9), (15.2, 14), (18.3, 14), (21.5, 9))
LEAF = ((5, 19), (3.5, 10), (9.5, 4), (20, 4), (20.5, 14.5), (14, 20.5), (5, 19))
CURVES: dict[str, list[Sequence[Point]]] = {
    "neuroplasticity": [LEAF],
    "physiological": [WAVE, [(x, y + 7) for x, y in WAVE]],
    "cognitive-behavioural": [((4, 18.5), (4.5, 11.5), (9, 7.5), (18.5, 7.5))],
    "social-environmental": [
        ((2.5, 20), (2.5, 15.5), (5, 13), (8.5, 13), (12, 13), (14.5, 15.5), (14.5, 20)),
        ((15.5, 14.3), (19.2, 13.5), (21.5, 16), (21.5, 20)),
    ],
}
LINES: dict[str, Sequence[Point]] = {
    "neuroplasticity": ((3, 21), (13.5, 10.5)),
    "cognitive-behavioural": ((14, 3), (19, 7.5), (14, 12)),
}
CIRCLES = {"neurochemical": ((12, 12, 8.5),), "social-environmental": ((8.5, 7, 3.2), (17, 9, 2.6))}
DOTS = {"neurochemical": (12, 12, 2.5)}
GROUND = ((1, 22), (5, 20.5), (7, 14), (12, 14), (16, 14), (17.5, 17.5), (20, 17.5), (22.2, 17.5), (24, 16.5), (27, 17))


def draw_mark(
    pen: ImageDraw.ImageDraw, domain: str, colour: str, *, ground: str, at: Point, side: float, scale: int
) -> None:
    """Draw a domain's shape in a disc, as the mechanism map has it."""
    x, y, side = at[0] * scale, at[1] * scale, side * scale
    pen.ellipse([x, y, x + side, y + side], fill=ground, outline=colour, width=3 * scale)
    unit = side * 0.68 / 24
    corner = (x + side * 0.16, y + side * 0.16)
    thick = round(1.75 * unit)
    soft = _between(ground, colour)

    def put(points: Sequence[Point]) -> list[Point]:
        return [(corner[0] + px * unit, corner[1] + py * unit) for px, py in points]

    for cx, cy, r in CIRCLES.get(domain, ()):
        (left, top), (right, bottom) = put([(cx - r, cy - r), (cx + r, cy + r)])
        pen.ellipse([left, top, right, bottom], fill=soft, outline=colour, width=thick)
    if domain == "neuroplasticity":
        pen.polygon(put(list(_curve(LEAF))), fill=soft)
    lines = [LINES[domain]] if domain in LINES else []
    for points in [*(list(_curve(curve)) for curve in CURVES.get(domain, ())), *lines]:
        pen.line(put(points), fill=colour, width=thick, joint="curve")
    if domain in DOTS:
        cx, cy, r = DOTS[domain]
        (left, top), (right, bottom) = put([(cx - r, cy - r), (cx + r, cy + r)])
        pen.ellipse([left, top, right, bottom], fill=colour)


def draw_grade(pen: ImageDraw.ImageDraw, grade: str, colour: str, *, at: Point, scale: int) -> None:
    """Draw the strata beside a grade's word: as many whole ones as science is sure, crossed ones when contested."""
    x, y = at[0] * scale, at[1] * scale
    wide, gap, thick = 34 * scale, 11 * scale, 4 * scale
    if grade == "contested":
        for curve in (((0, 2), (12, 2), (20, 0), (34, 0)), ((0, 0), (12, 0), (20, 2), (34, 2))):
            points = [(x + px * scale, y + py * gap) for px, py in _curve(curve)]
            pen.line(points, fill=colour, width=thick, joint="curve")
        return
    whole = {"strong": 3, "moderate": 2, "limited": 1}.get(grade, 0)
    for number in range(3):
        level = y + (2 - number) * gap
        if number < whole:
            pen.line([(x, level), (x + wide, level)], fill=colour, width=thick)
        else:
            for dot in range(0, 34, 9):
                pen.line([(x + dot * scale, level), (x + (dot + 4) * scale, level)], fill=colour, width=thick // 2)


def draw_wordmark(pen: ImageDraw.ImageDraw, *, at: Point, side: float, scale: int) -> None:
    """Draw the product's sign: first light behind a hill."""
    unit = side * scale / 28
    x, y = at[0] * scale, at[1] * scale
    pen.ellipse([x + 12.5 * unit, y + 5 * unit, x + 22.5 * unit, y + 15 * unit], fill=DAWN)
    ground = [*_curve(GROUND), (27, 22), (26.1, 24.1), (24, 25), (4, 25), (1.9, 24.1)]
    pen.polygon([(x + px * unit, y + py * unit) for px, py in ground], fill=MOSS)


def _curve(points: Sequence[Point]) -> Iterator[Point]:
    """Return points along cubic Béziers that follow one another."""
    yield points[0]
    for number in range(0, len(points) - 1, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points[number : number + 4]
        for step in range(1, 13):
            t, u = step / 12, 1 - step / 12
            yield (
                u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx,
                u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy,
            )


def _between(ground: str, colour: str) -> tuple[int, ...]:
    """Return the ground with a fifth of the colour in it."""
    pairs = zip(ImageColor.getrgb(ground), ImageColor.getrgb(colour), strict=True)
    return tuple(round(one * 0.78 + other * 0.22) for one, other in pairs)
