"""Charts stay within their box, and say the same as the numbers."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from plans.drawing.dots import Row, dots
from plans.drawing.line import line
from plans.drawing.scale import SIZES
from plans.drawing.year import year

MEANS = st.floats(1, 7)


@given(st.lists(st.tuples(MEANS, MEANS, st.floats(-9, 9), st.floats(0, 9)), min_size=1, max_size=9))
def test_dots_stand_on_the_scale_and_bands_are_cut_at_its_ends(values: list[tuple[float, float, float, float]]) -> None:
    for _, width in SIZES:
        rows = [Row("walk", "", first, second, low, low + wide) for first, second, low, wide in values]
        chart = dots(rows, width=width, low=1, high=7)
        for pair in chart.pairs:
            assert pair.band is not None
            assert 0 < pair.band[0] <= sum(pair.band) < width + 0.2
            assert (pair.first < pair.second) <= (pair.row.first < pair.row.second)
            assert 0 < pair.y < chart.height


def test_the_line_is_not_drawn_over_a_week_without_a_mood() -> None:
    start = date(2026, 1, 5)
    means = [(start + timedelta(weeks=n), mean) for n, mean in enumerate([4.0, 5.0, None, 6.0, None, 3.0, 3.0])]

    chart = line([(start, "before", 2), (start, "after", 6)], means, width=340, labels=["5 Jan"] + [""] * 6)

    assert (len(chart.runs), len(chart.means)) == (2, 5)
    before, after = chart.dots
    assert before.y > after.y  # a lower mood stands lower
    assert [tick.label for tick in chart.weeks] == ["5 Jan"]


def test_a_year_fits_in_one_row_or_in_two() -> None:
    start = date(2025, 3, 3)
    days = [(start + timedelta(days=n), n % 5) for n in range(52 * 7 + 2)]
    for rows in (1, 2):
        chart = year(days, width=340, rows=rows, months={start: "Mar"})
        assert len(chart.squares) == len(days)
        assert len({(square.x, square.y) for square in chart.squares}) == len(days)
        assert max(square.x for square in chart.squares) + chart.side <= 340
        assert max(square.y for square in chart.squares) + chart.side <= chart.height + 0.2
        assert [month.label for month in chart.months] == ["Mar"]
