"""Means of whole-step ratings with an interval: how far the data lets one say where the mean lies.

Method: Student's t for a mean and for the mean of paired differences, Welch's t for the difference of two means.
Is that right for seven steps? Such ratings are neither normal nor strictly of equal distance, but a mean of several is
near enough: on ordinal scales of few steps and in small samples the t test keeps its error rate (Heeren and D'Agostino,
Statistics in Medicine 1987;6:79-90; Norman, Advances in Health Sciences Education 2010;15:625-632). The simulations
beside this module's tests check both coverage and false findings for the data that we expect.

One thing t alone gets wrong: five equal answers have no spread, hence an interval of no width. A whole step stands for
anything within half a step of it, which has a variance of 1/12, and a difference of two steps one of 2/12. The spread
is never taken to be less than that.

What it does not cover: occasions that resemble the one before. Ratings of one person are not independent, so intervals
may be somewhat too narrow; the page says that these numbers show no causes and may change.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

from plans.insights.student import quantile

ROUNDING = 1 / 12
ROUNDING_OF_DIFFERENCE = 2 * ROUNDING
PAIRED_T, WELCH_T, MEAN_T = "paired t", "Welch t", "t"


@dataclass(frozen=True, slots=True)
class Tally:
    """What is left of a list of whole numbers: enough for its mean and its variance, exactly."""

    n: int
    total: int
    squares: int

    @classmethod
    def of(cls, values: Iterable[int]) -> "Tally":
        return cls.of_counts(Counter(values))

    @classmethod
    def of_counts(cls, counts: Mapping[int, int]) -> "Tally":
        """Add up how often each value occurred."""
        total = sum(value * count for value, count in counts.items())
        return cls(sum(counts.values()), total, sum(value * value * count for value, count in counts.items()))

    @property
    def mean(self) -> float:
        return self.total / self.n

    def variance(self, least: float) -> float:
        """Return the sample variance, never below `least`."""
        return max(least, (self.n * self.squares - self.total**2) / (self.n * (self.n - 1)))


@dataclass(frozen=True, slots=True)
class Interval:
    mean: float
    low: float
    high: float

    @property
    def excludes_zero(self) -> bool:
        return self.low > 0 or self.high < 0


def around_mean(tally: Tally, level: float, *, least: float) -> Interval:
    """Return the t interval of a mean, or of a mean difference; two values at least."""
    half = _times(level, tally.n - 1) * sqrt(tally.variance(least) / tally.n)
    return Interval(tally.mean, tally.mean - half, tally.mean + half)


def between(one: Tally, other: Tally, level: float, *, least: float) -> Interval:
    """Return Welch's interval of how much larger the mean of `one` is than that of `other`."""
    first, second = one.variance(least) / one.n, other.variance(least) / other.n
    df = (first + second) ** 2 / (first**2 / (one.n - 1) + second**2 / (other.n - 1))
    half = _times(level, round(df, 2)) * sqrt(first + second)
    difference = one.mean - other.mean
    return Interval(difference, difference - half, difference + half)


def _times(level: float, df: float) -> float:
    return quantile(1 - (1 - level) / 2, df)
