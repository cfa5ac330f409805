"""The small map: nine tiles and a mark, and the one host that a page may then ask."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from groups.maps import TILE, in_words, tile_map
from groups.near import Point
from mindmove.settings.maps import tile_host

TILES = "https://tiles.example.org/{z}/{x}/{y}.png"


def test_the_brandenburg_gate_stands_on_the_tile_where_maps_have_it() -> None:
    found = tile_map(Point(52.51628, 13.37770), TILES)

    assert found.tiles[4] == "https://tiles.example.org/15/17601/10746.png"
    assert len(found.tiles) == 9


@given(st.floats(-90, 90), st.floats(-180, 179.999))
def test_the_mark_stands_on_the_map_wherever_on_earth(latitude: float, longitude: float) -> None:
    found = tile_map(Point(latitude, longitude), TILES)

    assert len(set(found.tiles)) == 9
    assert TILE <= found.left <= 2 * TILE
    assert 0 <= found.top <= 3 * TILE


def test_a_point_in_words() -> None:
    assert in_words(Point(-33.8568, 151.2153)) == "33.85680° S, 151.21530° E"


def test_the_one_host_of_tiles() -> None:
    assert tile_host(TILES) == "https://tiles.example.org"


@pytest.mark.parametrize(
    "address",
    [
        "http://tiles.example.org/{z}/{x}/{y}.png", "https://{s}.example.org/{z}/{x}/{y}.png", "https://tiles.example.org/",
        "https://me@tiles.example.org/{z}/{x}/{y}.png", "*", "https:///{z}/{x}/{y}",
    ],
)  # fmt: skip
def test_an_address_that_is_not_one_host_over_https_is_refused(address: str) -> None:
    with pytest.raises(ImproperlyConfigured):
        tile_host(address)
