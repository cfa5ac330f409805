"""Curves from one mark to another. Each bows to its own left, so that a way there and a way back lie apart."""

from math import hypot

from library.drawing.scene import Face, Trail

BOW, MOST_BOW = 0.16, 42.0
HEAD = 8.0
AIR = 3.0


def trail(kind: str, source: Face, target: Face, *, mark: float) -> Trail:
    """Return the curve between two marks of radius `mark`, and the arrowhead at its end."""
    over_x, over_y = _bow(source, target)
    out_x, out_y = _towards(source, over_x, over_y)
    back_x, back_y = _towards(target, over_x, over_y)
    start, end, tip = mark + AIR, mark + AIR + HEAD, mark + AIR
    curve = (
        f"M{source.x + out_x * start:.1f} {source.y + out_y * start:.1f}"
        f"Q{over_x:.1f} {over_y:.1f} {target.x + back_x * end:.1f} {target.y + back_y * end:.1f}"
    )
    base_x, base_y = target.x + back_x * (end + 1), target.y + back_y * (end + 1)
    side_x, side_y = -back_y * HEAD * 0.55, back_x * HEAD * 0.55
    head = (
        f"M{target.x + back_x * tip:.1f} {target.y + back_y * tip:.1f}"
        f"L{base_x + side_x:.1f} {base_y + side_y:.1f}L{base_x - side_x:.1f} {base_y - side_y:.1f}Z"
    )
    return Trail(kind=kind, curve=curve, head=head, target=target)


def _bow(source: Face, target: Face) -> tuple[float, float]:
    """Return the point that pulls the curve aside."""
    along_x, along_y = target.x - source.x, target.y - source.y
    far = hypot(along_x, along_y)
    pull = min(far * BOW, MOST_BOW) * 2
    return (
        (source.x + target.x) / 2 + along_y / far * pull,
        (source.y + target.y) / 2 - along_x / far * pull,
    )


def _towards(face: Face, x: float, y: float) -> tuple[float, float]:
    far = hypot(x - face.x, y - face.y)
    return (x - face.x) / far, (y - face.y) / far
