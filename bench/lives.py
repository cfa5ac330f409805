"""A thousand people live with the ten plans for a year; prints where they came back to after each kind of gap.

    python bench/lives.py [--people 1000] [--seed 1]

Exits with 1 when anybody ends up in a state that makes no sense. No database.
"""

import argparse
import os
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.dev")

import django

django.setup()

from library.dose import allowed_next
from plans import manuscript, pace

FIRST, DAYS = date(2026, 1, 1), 365
CALM, ILL = 0.1, 0.02
TEMPERS = {"steady": (0.75, 0.05, 0.0), "chaotic": (0.35, 0.3, 0.0), "ill": (0.6, CALM, ILL), "away": (0.6, CALM, 0.01)}
GAPS = (1, 5, 20, 90)


def outlines() -> list[tuple[pace.Outline, pace.Rules]]:
    found = []
    for path in sorted((Path(manuscript.__file__).parent / "content").glob("*.yaml")):
        text = manuscript.read(path)
        steps = [
            pace.Step(100 * w.number + s.number, w.number, s.minutes, s.floor_minutes, s.intensity, s.day)
            for w in text.schedule for s in w.sessions
        ]  # fmt: skip
        found.append((pace.Outline.of(steps), rules_of(text.pace)))
    return found


def rules_of(text: manuscript.PaceText) -> pace.Rules:
    gaps = {f"{gap}_after_days": days for gap, days in text.gap_days.items()}
    return pace.Rules(text.move_on_percent, growth=text.growth, **gaps)


def fault(before: pace.Position, rules: pace.Rules) -> str:
    outline = before.outline
    if before.offered is None:
        return "" if before.place >= len(outline.stretches) else "no step"
    if before.offered in before.done_in_round or before.offered not in outline.by_id:
        return "a step of no use"
    if before.is_welcome_back and not before.done_in_round and before.place > (before.comfortable or 0):
        return "a return above the last comfortable week"
    weeks = outline.minutes
    if (
        before.place
        and not outline.is_by_day
        and weeks[before.place] > max(allowed_next(minutes, rules.growth) for minutes in weeks[: before.place])
    ):
        return "too much at once"
    return ""


def landed(now: pace.Position, earlier: pace.Position) -> str:
    if not now.is_welcome_back:
        return "small first" if now.is_small_first else "same week"
    if now.gap is pace.Gap.RESTART or (now.place == 0 and earlier.place > 0):
        return "first week"
    return "comfortable week" if now.gap is pace.Gap.REPEAT else "one before"


def asks_too_much(outline: pace.Outline, growth: str) -> bool:
    """Whether the gate of publishing would keep the plan: each week is held against the fuller of the two before it."""
    weeks = outline.minutes
    return not outline.is_by_day and any(
        weeks[place] > allowed_next(max(weeks[max(0, place - 2) : place]), growth) for place in range(1, len(weeks))
    )


def edited(rng: random.Random, outline: pace.Outline, rules: pace.Rules) -> pace.Outline:
    """Return the plan without one of its steps, as its editors may publish it; else as it was."""
    gone = rng.choice(outline.steps)
    changed = pace.Outline.of(step for step in outline.steps if step != gone)
    keeps_its_weeks = len(changed.stretches) == len(outline.stretches)
    return changed if keeps_its_weeks and not asks_too_much(changed, rules.growth) else outline


@dataclass
class Life:
    """One person in one plan: what they did and said so far."""

    rng: random.Random
    outline: pace.Outline
    rules: pace.Rules
    facts: list[pace.Fact] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keen, self.wild, self.rests = self.rng.choice(list(TEMPERS.values()))

    def on(self, today: date) -> pace.Position:
        return pace.replay(self.outline, self.rules, self.facts, today)

    def act(self, today: date, offered: int) -> None:
        """Do the step that is offered, or another, or something else; now and then have a word on the pace."""
        rng = self.rng
        at = datetime.combine(today, datetime.min.time(), tzinfo=UTC) + timedelta(hours=rng.randint(6, 21))
        step = offered if rng.random() > self.wild else rng.choice([*self.outline.by_id, None])
        efforts = ["light", "moderate", "moderate", "vigorous"] if self.wild > CALM else ["light", "moderate"]
        self.facts.append(pace.Done(today, at, step, rng.random() < 0.2, rng.choice(efforts), str(len(self.facts))))
        if rng.random() < 0.05:
            self.facts.append(pace.Turn(today, at + timedelta(minutes=5), rng.choice(list(pace.Way))))
        if rng.random() < 0.01:
            self.outline = edited(rng, self.outline, self.rules)

    def days_until_next(self, today: date) -> int:
        """Stay away for a while, at times with a pause said."""
        rng = self.rng
        gap = rng.choice(GAPS) if rng.random() < 0.12 else (1 if rng.random() < self.keen else 2)
        if rng.random() < self.rests * 5 and gap > 1:
            last = today + timedelta(days=gap - 1)
            self.facts.append(pace.Pause(today + timedelta(days=1), last, is_ill=self.rests == ILL))
        return gap


def live(rng: random.Random, outline: pace.Outline, rules: pace.Rules, table: Counter[tuple[int, str]]) -> str:
    """Return what made no sense in the year, or nothing. Every state is asserted as `replay` gives it."""
    life, today, earlier = Life(rng, outline, rules), FIRST, None
    while today < FIRST + timedelta(days=DAYS):
        now = life.on(today)
        if why := fault(now, rules):
            return f"{why}: {life.facts}"
        if now.offered is None:
            if rng.random() < 0.5:
                return ""
            life.facts, today, earlier = [], today + timedelta(days=7), None  # follow it anew
            continue
        if earlier and now.gap_days in GAPS:
            table[now.gap_days, landed(now, earlier)] += 1
        life.act(today, now.offered)
        gap = life.days_until_next(today)
        earlier = life.on(today) if gap in GAPS else None
        today += timedelta(days=gap)
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, plans, start = random.Random(options.seed), outlines(), process_time()
    table: Counter[tuple[int, str]] = Counter()
    faults = [why for n in range(options.people) if (why := live(rng, *plans[n % len(plans)], table))]
    columns = ("same week", "small first", "comfortable week", "one before", "first week")
    print("days away   " + "".join(f"{name:>18}" for name in columns))
    for days in GAPS:
        print(f"{days:>9}   " + "".join(f"{table[days, name]:>18}" for name in columns))
    took = process_time() - start
    print(f"{options.people} people, {len(plans)} plans, {took:.1f} s of one core, invalid states: {len(faults)}")
    for why in faults[:3]:
        print(why[:600])
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
