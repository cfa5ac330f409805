"""Student's t against SciPy."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy import stats

from plans.insights.student import quantile, upper_tail


@given(st.floats(0.51, 0.99999), st.floats(1, 10_000))
def test_quantiles_agree_with_scipy(probability: float, df: float) -> None:
    assert quantile(probability, df) == pytest.approx(stats.t.ppf(probability, df), rel=1e-8)


@example(1.2e-7, 128.0)  # so near to the middle that 1 − t² is 1
@given(st.floats(0, 60), st.floats(1, 10_000))
def test_tails_agree_with_scipy(t: float, df: float) -> None:
    assert upper_tail(t, df) == pytest.approx(stats.t.sf(t, df), rel=1e-8, abs=1e-14)
