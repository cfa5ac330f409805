"""The picture of the map: everything in its place, whatever the mechanisms."""

import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from library.drawing.draw import draw
from library.drawing.scene import BESIDE, SMALL, TALL, WIDE, Box, Drawing, Edge, Node, Style

HORIZONS = {"months": "over months", "weeks": "over weeks", "minutes": "within minutes"}
STYLES = [WIDE, TALL, BESIDE, SMALL]
WORDS = st.lists(
    st.sampled_from(["Sleep", "endocannabinoids", "and", "heart-rate", "记忆与压力恢复", "（GABA）"]),
    min_size=1,
    max_size=6,
)
PLACES = st.tuples(st.sampled_from("abcde"), st.sampled_from(list(HORIZONS)), WORDS.map(" ".join))


@st.composite
def maps(make: st.DrawFn) -> tuple[list[Node], list[Edge]]:
    places = sorted(make(st.lists(PLACES, max_size=26)))
    nodes = [
        Node(f"m{n}", name, f"/m{n}/", domain, f"Domain {domain}", horizon)
        for n, (domain, horizon, name) in enumerate(places)
    ]
    ends = st.sampled_from([node.slug for node in nodes]) if nodes else st.nothing()
    edges = make(st.lists(st.builds(Edge, ends, ends, st.sampled_from(["reinforces", "enables"])), max_size=40))
    return nodes, edges


def boxes(drawing: Drawing) -> list[Box]:
    """Return where names stand: those of mechanisms with their marks, of domains, of horizons."""
    named = [stop.face.box for stop in drawing.stops] + [heading.box for heading in drawing.headings]
    return named + [band.caption_box for band in drawing.bands if band.caption.text]


@settings(deadline=None, max_examples=60)
@given(maps(), st.sampled_from(STYLES))
def test_no_name_or_mark_overlaps_another_and_all_lie_within_the_picture(
    world: tuple[list[Node], list[Edge]], style: Style
) -> None:
    drawing = draw(*world, style, horizons=HORIZONS)

    frame = Box(0, 0, drawing.width, drawing.height)
    assert [box for box in boxes(drawing) if not frame.holds(box)] == []
    assert [pair for pair in combinations(boxes(drawing), 2) if pair[0].meets(pair[1])] == []


@settings(deadline=None, max_examples=60)
@given(maps(), st.sampled_from(STYLES))
def test_everything_is_drawn_once_and_always_alike(world: tuple[list[Node], list[Edge]], style: Style) -> None:
    nodes, edges = world
    drawing = draw(nodes, edges, style, horizons=HORIZONS)

    assert drawing == draw(nodes, edges, style, horizons=HORIZONS)
    assert [stop.face.node for stop in drawing.stops] == nodes
    drawn = [(stop.face.node.slug, t.target.node.slug, t.kind) for stop in drawing.stops for t in stop.trails]
    assert sorted(drawn) == sorted((e.source, e.target, e.kind) for e in edges if e.source != e.target)


@settings(deadline=None, max_examples=60)
@given(maps(), st.sampled_from(STYLES))
def test_the_sooner_stands_below_the_later_and_domains_side_by_side(
    world: tuple[list[Node], list[Edge]], style: Style
) -> None:
    drawing = draw(*world, style, horizons=HORIZONS)

    faces = [stop.face for stop in drawing.stops]
    order = list(HORIZONS)
    for one, other in combinations(faces, 2):
        if order.index(one.node.horizon) < order.index(other.node.horizon):
            assert one.box.bottom < other.box.top
        if not style.per_row and one.node.domain < other.node.domain:
            assert one.box.right < other.box.left


def node(slug: str, horizon: str = "weeks") -> Node:
    return Node(slug, slug.title(), f"/{slug}/", "physiological", "Body regulation", horizon)


def test_only_bands_with_somebody_in_them_are_drawn() -> None:
    drawing = draw([node("sleep"), node("stress", "minutes")], [], TALL, horizons=HORIZONS)

    assert [band.horizon for band in drawing.bands] == ["weeks", "minutes"]


def test_highlights_are_lit_and_an_end_that_is_not_there_is_left_away() -> None:
    edges = [Edge("sleep", "stress", "enables"), Edge("sleep", "nobody", "enables")]
    drawing = draw([node("sleep"), node("stress")], edges, BESIDE, horizons=HORIZONS, highlights={"sleep"})

    lit, other = drawing.stops
    assert (lit.is_highlighted, other.is_highlighted) == (True, False)
    assert [trail.target.node.slug for trail in lit.trails] == ["stress"]


def test_a_way_there_and_a_way_back_lie_apart() -> None:
    edges = [Edge("sleep", "stress", "enables"), Edge("stress", "sleep", "enables")]
    there, back = draw([node("sleep"), node("stress")], edges, WIDE, horizons=HORIZONS).stops

    bends = [stop.trails[0].curve.split("Q")[1].split()[:2] for stop in (there, back)]
    assert bends[0] != bends[1]


@pytest.mark.parametrize("style", STYLES)
def test_paths_are_paths(style: Style) -> None:
    drawing = draw([node("sleep"), node("stress")], [Edge("sleep", "stress", "enables")], style, horizons=HORIZONS)

    paths = [
        drawing.path,
        drawing.far_range,
        *(band.ground for band in drawing.bands),
        drawing.stops[0].trails[0].curve,
    ]
    assert [path for path in paths if not re.fullmatch(r"M[-\d. LQ]+Z?", path)] == []
