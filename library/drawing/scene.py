"""What the mechanism map is drawn from, and what comes out. Plain values: no ORM, no templates."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Node:
    """A mechanism: `domain` and `horizon` say where it stands."""

    slug: str
    name: str
    url: str
    domain: str
    domain_name: str
    horizon: str


@dataclass(frozen=True)
class Edge:
    """`source` reinforces, enables or mediates `target`."""

    source: str
    target: str
    kind: str


@dataclass(frozen=True)
class Style:
    """Sizes of a drawing, in units of its box. Without `per_row` the domains stand side by side as columns.

    `text` 0 leaves the names away. `relief` is how far the ground rises and falls.
    """

    slot: float
    mark: float
    text: float
    relief: float
    sky: float
    per_row: int = 0

    @property
    def line(self) -> float:
        return self.text * 1.28

    @property
    def glyph(self) -> float:
        """The side of a domain's shape inside its mark."""
        return round(self.mark * 1.3, 1)

    @property
    def label_room(self) -> float:
        return self.slot - 2

    @property
    def row_gap(self) -> float:
        """Between a label and the next mark below it, which may stand higher up the slope."""
        return 2 * self.relief + 8


WIDE = Style(slot=122, mark=17, text=13, relief=7, sky=84)
TALL = Style(slot=114, mark=17, text=12, relief=5, sky=72, per_row=3)
BESIDE = Style(slot=150, mark=17, text=13, relief=5, sky=56, per_row=2)
SMALL = Style(slot=78, mark=15, text=0, relief=6, sky=64)


@dataclass(frozen=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return round(self.right - self.left, 1)

    @property
    def height(self) -> float:
        return round(self.bottom - self.top, 1)

    def meets(self, other: "Box") -> bool:
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def holds(self, other: "Box") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom


@dataclass(frozen=True)
class Line:
    """One line of a label, at its baseline, centred on x."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Face:
    """A mechanism's mark and name in their place; `corner` is that of the domain's shape inside the mark.

    `box` is what a finger may hit.
    """

    node: Node
    x: float
    y: float
    corner: tuple[float, float]
    lines: tuple[Line, ...]
    box: Box


@dataclass(frozen=True)
class Trail:
    """The way from one mechanism to another: a curve and its arrowhead."""

    kind: str
    curve: str
    head: str
    target: Face


@dataclass(frozen=True)
class Stop:
    face: Face
    trails: tuple[Trail, ...]
    is_highlighted: bool


@dataclass(frozen=True)
class Band:
    """The ground of one horizon, from its crest down to the foot of the picture, and the trees on the crest."""

    horizon: str
    ground: str
    trees: str
    caption: Line
    caption_box: Box


@dataclass(frozen=True)
class Heading:
    """A domain's name under its column, and the corner of its shape above it."""

    domain: str
    corner: tuple[float, float]
    lines: tuple[Line, ...]
    box: Box


@dataclass(frozen=True)
class Drawing:
    width: float
    height: float
    style: Style
    sun: tuple[float, float]
    far_range: str
    path: str
    bands: tuple[Band, ...]
    headings: tuple[Heading, ...]
    stops: tuple[Stop, ...]

    @property
    def domains(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(stop.face.node.domain for stop in self.stops))
