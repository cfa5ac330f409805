"""Where everything stands: bands from the ridge down to the path, in them domains, in them mechanisms in rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from library.drawing.scene import Box, Face, Format, Line, Node
from library.drawing.terrain import rise
from library.drawing.text import width, wrap

MARGIN = 4.0
LABEL_GAP = 5.0  # between a mark and its name
ASCENT, DESCENT = 0.95, 0.3  # of the font size, above and below the baseline
MOST_ROWS = 2  # of one domain in one band, before its column grows


@dataclass(frozen=True)
class Column:
    """A part of the picture's width, and who stands in it."""

    left: float
    right: float
    nodes: tuple[Node, ...]


def columns(nodes: Sequence[Node], format: Format) -> list[Column]:
    """Return one column a domain, as wide as its fullest band asks for; or one for all."""
    if format.per_row:
        return [Column(MARGIN, MARGIN + format.slot * format.per_row, tuple(nodes))]
    found: list[Column] = []
    left = MARGIN
    for domain in dict.fromkeys(node.domain for node in nodes):
        own = tuple(node for node in nodes if node.domain == domain)
        fullest = max(sum(node.horizon == horizon for node in own) for horizon in {node.horizon for node in own})
        right = left + format.slot * ceil(fullest / MOST_ROWS)
        found.append(Column(left, right, own))
        left = right
    return found


def rows(column: Column, horizon: str, format: Format) -> list[tuple[Node, ...]]:
    """Return the column's mechanisms of one horizon, in rows of nearly the same length."""
    nodes = [node for node in column.nodes if node.horizon == horizon]
    fit = int((column.right - column.left + 0.5) // format.slot)
    count = ceil(len(nodes) / fit)
    short, longer = divmod(len(nodes), count) if count else (0, 0)
    cut, result = 0, []
    for number in range(count):
        size = short + (number < longer)
        result.append(tuple(nodes[cut : cut + size]))
        cut += size
    return result


def height(found: list[tuple[Node, ...]], format: Format) -> float:
    """Return how tall the rows are together, the gaps between them included."""
    tall = sum(row_height(row, format) for row in found)
    return tall + format.row_gap * max(0, len(found) - 1)


def row_height(row: tuple[Node, ...], format: Format) -> float:
    return 2 * format.mark + max(label_height(len(label(node, format)), format) for node in row)


def label(node: Node, format: Format) -> tuple[str, ...]:
    return wrap(node.name, format.text, format.label_room) if format.text else ()


def label_height(lines: int, format: Format) -> float:
    return LABEL_GAP + format.text * (ASCENT + DESCENT) + format.line * (lines - 1) if lines else 0.0


def place(column: Column, found: list[tuple[Node, ...]], top: float, format: Format, seed: int) -> Iterator[Face]:
    """Set the rows down from `top`, each mark as high as the ground is where it stands."""
    for row in found:
        for number, node in enumerate(row):
            x = column.left + (column.right - column.left) * (number + 0.5) / len(row)
            yield face(node, x, top + format.mark - format.relief * rise(x, seed=seed), format)
        top += row_height(row, format) + format.row_gap


def face(node: Node, x: float, y: float, format: Format) -> Face:
    """Return the mark at (x, y) with the lines of its name below."""
    baseline = y + format.mark + LABEL_GAP + format.text * ASCENT
    lines = centred(label(node, format), x, baseline, format)
    half = max([format.mark, *(width(line.text, format.text) / 2 for line in lines)])
    bottom = y + format.mark + label_height(len(lines), format)
    corner = (round(x - format.glyph / 2, 1), round(y - format.glyph / 2, 1))
    return Face(node, round(x, 1), round(y, 1), corner, lines, Box(x - half, y - format.mark, x + half, bottom))


def centred(texts: tuple[str, ...], x: float, baseline: float, format: Format) -> tuple[Line, ...]:
    return tuple(Line(text, round(x, 1), round(baseline + n * format.line, 1)) for n, text in enumerate(texts))
