"""The mechanism map as a landscape: the path is minutes away, the woods weeks, the ridge months."""

from collections.abc import Collection, Mapping, Sequence

from library.drawing import layout, terrain
from library.drawing.layout import ASCENT, DESCENT, MARGIN, Column
from library.drawing.scene import Band, Box, Drawing, Edge, Face, Heading, Line, Node, Stop, Style
from library.drawing.terrain import as_path
from library.drawing.text import sized, width, wrap
from library.drawing.trails import trail

CAPTION_AT = 14.0
TREES = 18.0  # room above a crest
FOOT = 14.0
GLYPH = 20.0  # a domain's mark beside its name


def draw(
    nodes: Sequence[Node],
    edges: Sequence[Edge],
    style: Style,
    *,
    horizons: Mapping[str, str],
    highlights: Collection[str] = (),
) -> Drawing:
    """Return the picture of `nodes` and the `edges` between them.

    `horizons` are those of the bands, the farthest first, with their names; a band that nobody stands in is left
    away. The trails of `highlights` are lit without being asked for.
    """
    columns = layout.columns(nodes, style)
    across = max((column.right for column in columns), default=style.slot) + MARGIN
    faces: dict[str, Face] = {}
    crests: list[tuple[str, float]] = []
    y = style.sky
    for seed, horizon in enumerate(horizons):
        if not any(node.horizon == horizon for node in nodes):
            continue
        crests.append((horizon, y))
        placed, y = _fill_band(columns, horizon, y + _caption_room(style), style, seed)
        faces |= {face.node.slug: face for face in placed}
    headings, foot = _headings(columns, y - TREES, style)
    return Drawing(
        width=round(across),
        height=round(foot),
        style=style,
        sun=(round(across * 0.64), round(style.sky * 0.62)),
        far_range=as_path(terrain.mountains(across, style.sky - style.relief, foot, tall=style.sky * 0.62, seed=2)),
        path=as_path(terrain.path(across, style.sky + style.relief, foot)),
        bands=tuple(_band(horizon, horizons, top, across, foot, style) for horizon, top in crests),
        headings=headings,
        stops=tuple(_stop(node.slug, faces, edges, style, highlights) for node in nodes if node.slug in faces),
    )


def _caption_room(style: Style) -> float:
    return 2 * style.relief + (style.text * 2 if style.text else 6)


def _fill_band(columns: list[Column], horizon: str, top: float, style: Style, seed: int) -> tuple[list[Face], float]:
    """Return a band's mechanisms set below `top`, shorter columns in its middle, and where the next may begin."""
    found = [(column, layout.rows(column, horizon, style)) for column in columns]
    tallest = max(layout.height(rows, style) for _, rows in found)
    placed = [
        face
        for column, rows in found
        for face in layout.place(column, rows, top + (tallest - layout.height(rows, style)) / 2, style, seed)
    ]
    return placed, top + tallest + 2 * style.relief + TREES


def _band(horizon: str, horizons: Mapping[str, str], top: float, across: float, foot: float, style: Style) -> Band:
    seed = list(horizons).index(horizon)
    caption = horizons[horizon] if style.text else ""
    baseline = top + style.relief + style.text * 1.4
    box = Box(
        CAPTION_AT,
        baseline - style.text * ASCENT,
        CAPTION_AT + width(caption, style.text),
        baseline + style.text * DESCENT,
    )
    return Band(
        horizon=horizon,
        ground=as_path(terrain.ground(across, top, foot, relief=style.relief, seed=seed)),
        trees=terrain.trees(across, top, relief=style.relief, seed=seed) if seed == 1 else "",
        caption=Line(caption, CAPTION_AT, round(baseline, 1)),
        caption_box=box,
    )


def _headings(columns: list[Column], top: float, style: Style) -> tuple[tuple[Heading, ...], float]:
    """Return the domains' names under their columns, and the foot of the picture."""
    if style.per_row or not style.text or not columns:
        return (), top + FOOT
    found = []
    for column in columns:
        node, x = column.nodes[0], (column.left + column.right) / 2
        texts = wrap(node.domain_name, column.right - column.left - 12, sized(style.text))
        lines = layout.centred(texts, x, top + GLYPH + 6 + style.text * ASCENT, style)
        half = max(GLYPH / 2, *(width(line.text, style.text) / 2 for line in lines))
        bottom = lines[-1].y + style.text * DESCENT
        corner = (round(x - GLYPH / 2, 1), round(top, 1))
        found.append(Heading(node.domain, corner, lines, Box(x - half, top, x + half, bottom)))
    return tuple(found), max(heading.box.bottom for heading in found) + FOOT


def _stop(
    slug: str, faces: Mapping[str, Face], edges: Sequence[Edge], style: Style, highlights: Collection[str]
) -> Stop:
    own = [edge for edge in edges if edge.source == slug and edge.target in faces and edge.target != slug]
    trails = tuple(trail(edge.kind, faces[slug], faces[edge.target], mark=style.mark) for edge in own)
    return Stop(faces[slug], trails, slug in highlights)
