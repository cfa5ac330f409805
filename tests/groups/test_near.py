"""What is near: cells of a grid find every candidate, at the poles and over the date line too."""

from hypothesis import given
from hypothesis import strategies as st

from groups.near import Point, cell_of, cells_around, distance_km

points = st.builds(Point, st.floats(-89.9, 89.9), st.floats(-180, 179.999))


@given(points, st.floats(-0.6, 0.6), st.floats(-0.6, 0.6), st.sampled_from([5, 25, 50]))
def test_whatever_is_within_reach_lies_in_a_cell_around(here: Point, north: float, east: float, km: int) -> None:
    there = Point(max(-90.0, min(90.0, here.latitude + north)), (here.longitude + east + 180) % 360 - 180)

    if distance_km(here, there) <= km:
        assert cell_of(there) in cells_around(here, km)


@given(points, points)
def test_a_distance_is_the_same_both_ways_and_at_most_half_around_the_earth(one: Point, other: Point) -> None:
    assert abs(distance_km(one, other) - distance_km(other, one)) < 1e-6
    assert distance_km(one, other) <= 20_016


def test_berlin_and_hangzhou_are_as_far_apart_as_the_atlas_says() -> None:
    assert round(distance_km(Point(52.52437, 13.41053), Point(30.29365, 120.16142)), -2) == 8400


def test_few_cells_are_asked_for() -> None:
    assert len(cells_around(Point(52.5, 13.4), 25)) <= 36
