"""How often the statistics err on data like ours: seven steps, a few to many pairs. Seeded, so always the same."""

import random
from datetime import date

import pytest

from plans.insights.entries import Entry
from plans.insights.findings import Measure, find
from plans.insights.intervals import ROUNDING_OF_DIFFERENCE, Tally, around_mean

DAY = date(2026, 3, 1)


def rating(value: float) -> int:
    return min(7, max(1, round(value)))


def occasion(chance: random.Random, lift: float) -> tuple[int, int]:
    """Return a mood before and after: a day's level that both share, noise of their own, whole steps from 1 to 7."""
    level = chance.gauss(3.6, 1.0)
    return rating(level + chance.gauss(0, 0.8)), rating(level + lift + chance.gauss(0, 0.8))


@pytest.mark.parametrize("n", [5, 8, 20, 60])
@pytest.mark.parametrize("lift", [0.0, 0.8, 2.0])
def test_intervals_hold_what_they_say(n: int, lift: float) -> None:
    chance = random.Random(20260301)
    many = [occasion(chance, lift) for _ in range(60_000)]
    truth = sum(after - before for before, after in many) / len(many)

    rounds, held = 3000, 0
    for _ in range(rounds):
        pairs = [occasion(chance, lift) for _ in range(n)]
        tally = Tally.of(after - before for before, after in pairs)
        found = around_mean(tally, 0.95, least=ROUNDING_OF_DIFFERENCE)
        held += found.low <= truth <= found.high

    assert held / rounds >= 0.93


def test_a_page_of_twenty_groups_without_differences_seldom_finds_one() -> None:
    chance = random.Random(20260302)
    rounds, wrong = 1500, 0
    for _ in range(rounds):
        entries = []
        for group in range(20):
            for _ in range(5 + group % 8):
                before, after = occasion(chance, 0.0)
                entries.append(Entry(DAY, 10, f"kind-{group}", before=before, after=after))
        found = find(entries)
        assert len(found.of(Measure.CHANGE, "kind")) == 20
        wrong += any(row.is_clear for row in (*found.over_all, *found.groups, *found.sides))

    assert wrong / rounds <= 0.05 + 2 * (0.05 * 0.95 / rounds) ** 0.5  # two standard errors of the simulation
