"""The mechanism map as a landscape: the path is minutes away, the woods weeks, the ridge months."""

from collections.abc import Collection, Mapping, Sequence

from library.drawing import layout, terrain
from library.drawing.layout import ASCENT, DESCENT, MARGIN, Column
from library.drawing.scene import Band, Box, Drawing, Edge, Face, Format, Heading, Line, Node, Stop
from library.drawing.text import width, wrap
from library.drawing.trails import trail

CAPTION_AT = 14.0
TREES = 18.0  # room above a crest
FOOT = 14.0
GLYPH = 20.0  # a domain's mark beside its name


def draw(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    format: Format,
    *,
    horizons: Mapping[str, str],
    highlights: Collection[str] = (),
) -> Drawing:
    """Return the picture of `nodes` and the `edges` between them.

    `horizons` are those of the bands, the farthest first, with their names; a band that nobody stands in is left
    away. The trails of `highlights` are lit without being asked for.
    """
    columns = layout.columns(nodes, format)
    across = max((column.right for column in columns), default=format.slot) + MARGIN
    faces: dict[str, Face] = {}
    crests: list[tuple[str, float]] = []
    y = format.sky
    for seed, horizon in enumerate(horizons):
        if not any(node.horizon == horizon for node in nodes):
            continue
        crests.append((horizon, y))
        y = _fill_band(columns, horizon, y + _caption_room(format), format, seed, faces)
    headings, foot = _headings(columns, y - TREES, format)
    return Drawing(
        width=round(across),
        height=round(foot),
        format=format,
        sun=(round(across * 0.64), round(format.sky * 0.62)),
        far_range=terrain.mountains(across, format.sky - format.relief, foot, tall=format.sky * 0.62, seed=2),
        path=terrain.path(across, format.sky + format.relief, foot),
        bands=tuple(_band(horizon, horizons, top, across, foot, format) for horizon, top in crests),
        headings=headings,
        stops=tuple(_stop(node.slug, faces, edges, format, highlights) for node in nodes if node.slug in faces),
    )


def _caption_room(format: Format) -> float:
    return 2 * format.relief + (format.text * 2 if format.text else 6)


def _fill_band(
    columns: list[Column], horizon: str, top: float, format: Format, seed: int, faces: dict[str, Face]
) -> float:
    """Place a band's mechanisms below `top`, shorter columns in its middle, and return where the next may begin."""
    found = [(column, layout.rows(column, horizon, format)) for column in columns]
    tallest = max(layout.height(rows, format) for _, rows in found)
    for column, rows in found:
        start = top + (tallest - layout.height(rows, format)) / 2
        faces |= {face.node.slug: face for face in layout.place(column, rows, start, format, seed)}
    return top + tallest + 2 * format.relief + TREES


def _band(
    horizon: str, horizons: Mapping[str, str], top: float, across: float, foot: float, format: Format
) -> Band:
    seed = list(horizons).index(horizon)
    caption = horizons[horizon] if format.text else ""
    baseline = top + format.relief + format.text * 1.4
    box = Box(
        CAPTION_AT,
        baseline - format.text * ASCENT,
        CAPTION_AT + width(caption, format.text),
        baseline + format.text * DESCENT,
    )
    return Band(
        horizon=horizon,
        ground=terrain.ground(across, top, foot, relief=format.relief, seed=seed),
        trees=terrain.trees(across, top, relief=format.relief, seed=seed) if seed == 1 else "",
        caption=Line(caption, CAPTION_AT, round(baseline, 1)),
        caption_box=box,
    )


def _headings(columns: list[Column], top: float, format: Format) -> tuple[tuple[Heading, ...], float]:
    """Return the domains' names under their columns, and the foot of the picture."""
    if format.per_row or not format.text or not columns:
        return (), top + FOOT
    found = []
    for column in columns:
        node, x = column.nodes[0], (column.left + column.right) / 2
        texts = wrap(node.domain_name, format.text, column.right - column.left - 12)
        lines = layout.centred(texts, x, top + GLYPH + 6 + format.text * ASCENT, format)
        half = max(GLYPH / 2, *(width(line.text, format.text) / 2 for line in lines))
        bottom = lines[-1].y + format.text * DESCENT
        corner = (round(x - GLYPH / 2, 1), round(top, 1))
        found.append(Heading(node.domain, corner, lines, Box(x - half, top, x + half, bottom)))
    return tuple(found), max(heading.box.bottom for heading in found) + FOOT


def _stop(
    slug: str, faces: Mapping[str, Face], edges: Sequence[Edge], format: Format, highlights: Collection[str]
) -> Stop:
    own = [edge for edge in edges if edge.source == slug and edge.target in faces and edge.target != slug]
    trails = tuple(trail(edge.kind, faces[slug], faces[edge.target], mark=format.mark) for edge in own)
    return Stop(faces[slug], trails, slug in highlights)
