"""Where everything stands: bands from the ridge down to the path, in them domains, in them mechanisms in rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from library.drawing.scene import Box, Face, Line, Node, Style
from library.drawing.terrain import rise
from library.drawing.text import sized, width, wrap

MARGIN = 4.0
LABEL_GAP = 5.0  # between a mark and its name
ASCENT, DESCENT = 0.95, 0.3  # of the font size, above and below the baseline
HALF_TARGET = 22.0  # a thumb needs 44
MOST_ROWS = 2  # of one domain in one band, before its column grows


@dataclass(frozen=True)
class Column:
    """A part of the picture's width, and who stands in it."""

    left: float
    right: float
    nodes: tuple[Node, ...]


def columns(nodes: Sequence[Node], style: Style) -> list[Column]:
    """Return one column a domain, as wide as its fullest band asks for; or one for all."""
    if style.per_row:
        return [Column(MARGIN, MARGIN + style.slot * style.per_row, tuple(nodes))]
    found: list[Column] = []
    left = MARGIN
    for domain in dict.fromkeys(node.domain for node in nodes):
        own = tuple(node for node in nodes if node.domain == domain)
        fullest = max(sum(node.horizon == horizon for node in own) for horizon in {node.horizon for node in own})
        right = left + style.slot * ceil(fullest / MOST_ROWS)
        found.append(Column(left, right, own))
        left = right
    return found


def rows(column: Column, horizon: str, style: Style) -> list[tuple[Node, ...]]:
    """Return the column's mechanisms of one horizon, in rows of nearly the same length."""
    nodes = [node for node in column.nodes if node.horizon == horizon]
    fit = int((column.right - column.left + 0.5) // style.slot)
    count = ceil(len(nodes) / fit)
    short, longer = divmod(len(nodes), count) if count else (0, 0)
    cut, result = 0, []
    for number in range(count):
        size = short + (number < longer)
        result.append(tuple(nodes[cut : cut + size]))
        cut += size
    return result


def height(found: list[tuple[Node, ...]], style: Style) -> float:
    """Return how tall the rows are together, the gaps between them included."""
    tall = sum(row_height(row, style) for row in found)
    return tall + style.row_gap * max(0, len(found) - 1)


def row_height(row: tuple[Node, ...], style: Style) -> float:
    return 2 * style.mark + max(label_height(len(label(node, style)), style) for node in row)


def label(node: Node, style: Style) -> tuple[str, ...]:
    return wrap(node.name, style.label_room, sized(style.text)) if style.text else ()


def label_height(lines: int, style: Style) -> float:
    return LABEL_GAP + style.text * (ASCENT + DESCENT) + style.line * (lines - 1) if lines else 0.0


def place(column: Column, found: list[tuple[Node, ...]], top: float, style: Style, seed: int) -> Iterator[Face]:
    """Set the rows down from `top`, each mark as high as the ground is where it stands."""
    for row in found:
        for number, node in enumerate(row):
            x = column.left + (column.right - column.left) * (number + 0.5) / len(row)
            yield face(node, x, top + style.mark - style.relief * rise(x, seed=seed), style)
        top += row_height(row, style) + style.row_gap


def face(node: Node, x: float, y: float, style: Style) -> Face:
    """Return the mark at (x, y) with the lines of its name below."""
    baseline = y + style.mark + LABEL_GAP + style.text * ASCENT
    lines = centred(label(node, style), x, baseline, style)
    half = max([HALF_TARGET, *(width(line.text, style.text) / 2 for line in lines)])
    bottom = y + style.mark + label_height(len(lines), style)
    corner = (round(x - style.glyph / 2, 1), round(y - style.glyph / 2, 1))
    box = Box(round(x - half, 1), round(y - style.mark, 1), round(x + half, 1), round(bottom, 1))
    return Face(node, round(x, 1), round(y, 1), corner, lines, box)


def centred(texts: tuple[str, ...], x: float, baseline: float, style: Style) -> tuple[Line, ...]:
    return tuple(Line(text, round(x, 1), round(baseline + n * style.line, 1)) for n, text in enumerate(texts))
