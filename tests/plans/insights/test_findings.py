"""What is said, what is not, and how many pairs it takes."""

from datetime import UTC, date, datetime
from itertools import cycle, islice

import pytest

from plans.insights.entries import Entry, part_of_day
from plans.insights.findings import Finding, Findings, Measure, State, find

DAY = date(2026, 3, 1)
RISING = [(3, 5), (2, 5), (4, 6), (3, 4), (3, 6), (4, 5)]


def noted(count: int, pairs: list[tuple[int, int]] = RISING, **fields: str) -> list[Entry]:
    return [
        Entry(DAY, 10, **{"kind": "walking", **fields}, before=before, after=after)  # type: ignore[arg-type]
        for before, after in islice(cycle(pairs), count)
    ]


def whole(entries: list[Entry]) -> Finding:
    return find(entries).of(Measure.CHANGE)[0]


def group(found: Findings, by: str, name: str) -> Finding:
    return next(row for row in found.of(Measure.CHANGE, by) if row.group == name)


@pytest.mark.parametrize(("count", "state"), [(0, State.FEW), (4, State.FEW), (5, State.HIGHER)])
def test_fewer_than_five_pairs_are_silent(count: int, state: State) -> None:
    found = whole(noted(count))

    assert (found.n, found.state) == (count, state)
    assert (found.interval is None) == (state is State.FEW)


def test_only_both_ratings_make_a_pair() -> None:
    lonely = [Entry(DAY, 10, "walking", before=1), Entry(DAY, 10, "walking", after=7), Entry(DAY, 10, "walking")]

    assert whole([*noted(4), *lonely]).n == 4


def test_a_lower_mood_is_said_as_plainly_as_a_higher_one() -> None:
    falling = [(after, before) for before, after in RISING]

    assert whole(noted(12, falling)).state is State.LOWER
    assert whole(noted(12, [(3, 4), (4, 3)])).state is State.UNCLEAR


def test_guesses_are_measured_apart() -> None:
    entries = [Entry(DAY, 10, "walking", guess=5, before=3, after=4) for _ in range(9)]

    states = {row.measure: row.state for row in find(entries).over_all}
    assert states == {Measure.FELT: State.LOWER, Measure.CHANGE: State.HIGHER}


def test_more_groups_looked_at_widen_each_interval() -> None:
    two = find([*noted(8, kind="a"), *noted(8, kind="b")])
    many = find([entry for name in "abcdefgh" for entry in noted(8, kind=name)])

    narrow, wide = (group(found, "kind", "a").interval for found in (two, many))
    assert narrow is not None
    assert wide is not None
    assert wide.low < narrow.low < narrow.high < wide.high
    assert group(two, "kind", "a").level == pytest.approx(1 - 0.025 / 2)
    assert group(many, "kind", "a").level == pytest.approx(1 - 0.025 / 8)


def test_one_group_that_holds_everything_is_not_told_twice() -> None:
    assert find(noted(9)).groups == ()


def test_with_others_is_set_against_alone() -> None:
    flat = [(4, 4), (3, 3), (5, 5)]
    entries = [*noted(9, company="group"), *noted(9, company="one"), *noted(9, flat, company="alone"), *noted(5)]

    (found,) = find(entries).sides
    assert (found.by, found.group, found.n, found.n_other, found.state) == ("company", "together", 18, 9, State.HIGHER)


@pytest.mark.parametrize(
    ("hour", "zone", "part"),
    [(4, "UTC", "night"), (5, "UTC", "morning"), (11, "UTC", "noon"), (16, "UTC", "evening"), (22, "UTC", "night"),
     (22, "Asia/Shanghai", "morning"), (0, "America/New_York", "evening")],
)  # fmt: skip
def test_the_part_of_the_day_is_that_of_the_clock_on_the_wall(hour: int, zone: str, part: str) -> None:
    assert part_of_day(datetime(2026, 3, 10, hour, 30, tzinfo=UTC), zone) == part
