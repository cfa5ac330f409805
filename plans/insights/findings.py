"""What the numbers let one say, and what they do not.

Two measures are paired differences of one occasion: felt minus guessed, and after minus before. Each is looked at over
all, by group, and between two sides (with others against alone). Whoever looks at many groups finds something in one of
them by chance, so all intervals of a page share one allowance for error (Bonferroni, weighted): half of ALPHA goes to
the two measures over all, half to all groups and sides together, each in equal parts. Whatever the number of groups, a
page says something that is not so at most once in twenty.

A group with fewer than LEAST pairs is silent.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import attrgetter

from plans.insights.entries import BY, Entry
from plans.insights.intervals import (
    PAIRED_T,
    ROUNDING_OF_DIFFERENCE,
    WELCH_T,
    Interval,
    Tally,
    around_mean,
    between,
)

LEAST = 5
ALPHA = 0.05


class Measure(StrEnum):
    FELT = "felt_against_guessed"
    CHANGE = "after_against_before"


class State(StrEnum):
    FEW = "few"
    UNCLEAR = "unclear"
    HIGHER = "higher"
    LOWER = "lower"


@dataclass(frozen=True)
class Side:
    """Groups that are looked at together, against others. Its name is what the words are found by."""

    name: str
    groups: frozenset[str]
    others: frozenset[str]


SIDES: Mapping[str, Side] = {
    "setting": Side("nature", frozenset({"green", "water"}), frozenset({"home", "indoor", "street"})),
    "company": Side("together", frozenset({"one", "group"}), frozenset({"alone"})),
    "time": Side("morning_half", frozenset({"morning"}), frozenset({"noon", "evening", "night"})),
}


@dataclass(frozen=True)
class Finding:
    """One comparison. `by` and `group` are empty over all; `n_other` is the other side's, else 0.

    `first` and `second` are the means of the two ratings (guessed and felt, or before and after); None for sides.
    """

    measure: Measure
    by: str
    group: str
    method: str
    level: float
    n: int
    n_other: int = 0
    interval: Interval | None = None
    first: float | None = None
    second: float | None = None

    @property
    def state(self) -> State:
        if self.interval is None:
            return State.FEW
        if not self.interval.excludes_zero:
            return State.UNCLEAR
        return State.HIGHER if self.interval.mean > 0 else State.LOWER

    @property
    def is_clear(self) -> bool:
        return self.state in {State.HIGHER, State.LOWER}


@dataclass(frozen=True)
class Findings:
    over_all: tuple[Finding, ...]
    groups: tuple[Finding, ...]
    sides: tuple[Finding, ...]

    def of(self, measure: Measure, by: str = "") -> list[Finding]:
        rows = self.groups if by else self.over_all
        return [row for row in rows if row.measure == measure and row.by == by]

    @property
    def compared(self) -> int:
        """Return how many comparisons had enough pairs to be made."""
        return sum(row.interval is not None for row in (*self.over_all, *self.groups, *self.sides))


type Pairs = Counter[tuple[int, int]]  # how often each two ratings came together
FIRST = {Measure.FELT: "guess", Measure.CHANGE: "before"}


def find(entries: Sequence[Entry]) -> Findings:
    """Return every comparison, the silent ones with them."""
    whole: dict[Measure, Pairs] = {}
    grouped: dict[tuple[Measure, str, str], Pairs] = {}
    for measure in Measure:
        paired = [e for e in entries if e.after is not None and getattr(e, FIRST[measure]) is not None]
        whole[measure] = Counter(map(attrgetter(FIRST[measure], "after"), paired))
        for by in BY:
            found = _by_group(paired, measure, by)
            grouped |= {(measure, by, group): pairs for group, pairs in found.items() if pairs != whole[measure]}
    sided = {(measure, by): _two_sides(grouped, measure, by) for measure in Measure for by in SIDES}
    tested = sum(pairs.total() >= LEAST for pairs in grouped.values())
    tested += sum(min(one.total(), other.total()) >= LEAST for one, other in sided.values())
    level = 1 - ALPHA / 2 / max(1, tested)
    return Findings(
        over_all=tuple(_paired(m, "", "", pairs, 1 - ALPHA / 2 / len(Measure)) for m, pairs in whole.items()),
        groups=tuple(_paired(*key, pairs, level) for key, pairs in grouped.items()),
        sides=tuple(_sides(*key, *two, level) for key, two in sided.items() if all(two)),
    )


def _by_group(paired: Sequence[Entry], measure: Measure, by: str) -> dict[str, Pairs]:
    """Sort pairs by what the entry says of `by`; what says nothing is left out.

    Counted first and sorted then: there are thousands of entries and few ways to fill them in.
    """
    found: dict[str, Pairs] = defaultdict(Counter)
    for (group, *pair), count in Counter(map(attrgetter(by, FIRST[measure], "after"), paired)).items():
        if group:
            found[group][pair[0], pair[1]] += count
    return found


def _two_sides(grouped: Mapping[tuple[Measure, str, str], Pairs], measure: Measure, by: str) -> tuple[Pairs, Pairs]:
    def gather(groups: frozenset[str]) -> Pairs:
        return sum((grouped.get((measure, by, group), Counter()) for group in groups), Counter())

    return gather(SIDES[by].groups), gather(SIDES[by].others)


def _differences(pairs: Pairs) -> Tally:
    counts: Counter[int] = Counter()
    for (first, second), count in pairs.items():
        counts[second - first] += count
    return Tally.of_counts(counts)


def _paired(measure: Measure, by: str, group: str, pairs: Pairs, level: float) -> Finding:
    if (n := pairs.total()) < LEAST:
        return Finding(measure, by, group, PAIRED_T, level, n)
    return Finding(
        measure,
        by,
        group,
        PAIRED_T,
        level,
        n,
        interval=around_mean(_differences(pairs), level, least=ROUNDING_OF_DIFFERENCE),
        first=sum(first * count for (first, _), count in pairs.items()) / n,
        second=sum(second * count for (_, second), count in pairs.items()) / n,
    )


def _sides(measure: Measure, by: str, one: Pairs, other: Pairs, level: float) -> Finding:
    name, n, n_other = SIDES[by].name, one.total(), other.total()
    if min(n, n_other) < LEAST:
        return Finding(measure, by, name, WELCH_T, level, n, n_other)
    found = between(_differences(one), _differences(other), level, least=ROUNDING_OF_DIFFERENCE)
    return Finding(measure, by, name, WELCH_T, level, n, n_other, interval=found)
