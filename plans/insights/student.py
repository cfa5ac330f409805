"""Student's t distribution: its upper tail, and where that tail begins.

The tail is the regularized incomplete beta function by its continued fraction (Numerical Recipes, 6.4).
"""

from functools import lru_cache
from math import exp, lgamma, log, pi
from statistics import NormalDist

NORMAL = NormalDist()
PRECISION = 1e-12
TINY = 1e-300


def upper_tail(t: float, df: float) -> float:
    """Return the probability of a value above `t`, for `t` ≥ 0."""
    square = t * t
    return _beta(df / (df + square), square / (df + square), df / 2, 0.5) / 2


@lru_cache(maxsize=4096)
def quantile(probability: float, df: float) -> float:
    """Return the value that is exceeded with 1 − `probability`, for `probability` > 0.5.

    Newton's steps on a log-log scale, where the tail is nearly a straight line, from the normal quantile upward.
    """
    tail = 1 - probability
    t = NORMAL.inv_cdf(probability)
    for _ in range(100):
        now = upper_tail(t, df)
        step = log(now / tail) * now / (t * _density(t, df))
        t *= exp(max(-1.0, min(1.0, step)))
        if abs(step) < PRECISION:
            break
    return t


def _density(t: float, df: float) -> float:
    scale = lgamma((df + 1) / 2) - lgamma(df / 2) - log(df * pi) / 2
    return exp(scale - (df + 1) / 2 * log(1 + t * t / df))


def _beta(x: float, rest: float, a: float, b: float) -> float:
    """Return the regularized incomplete beta function at `x`; `rest` is 1 − `x`, which a small one would lose."""
    if x == 0 or rest == 0:
        return float(rest == 0)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(rest))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(rest, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Evaluate the continued fraction from its front (Lentz's method)."""
    c, d = 1.0, 1 / _away_from_zero(1 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 1000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for part in (even, odd):
            d = 1 / _away_from_zero(1 + part * d)
            c = _away_from_zero(1 + part / c)
            found *= (turn := c * d)
        if abs(turn - 1) < PRECISION / 10:
            break
    return found


def _away_from_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
