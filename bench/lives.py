"""A thousand people live with the ten plans for a year; prints where they came back to after each kind of gap.

    python bench/lives.py [--people 1000] [--seed 1]

Exits with 1 when anybody ends up in a state that makes no sense. No database.
"""

import argparse
import os
import random
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mindmove.settings.dev")

import django

django.setup()

from library.dose import allowed_next
from plans import manuscript, pace

FIRST, DAYS = date(2026, 1, 1), 365
TEMPERS = {"steady": (0.75, 0.05, 0.0), "chaotic": (0.35, 0.3, 0.0), "ill": (0.6, 0.1, 0.02), "away": (0.6, 0.1, 0.01)}
GAPS = (1, 5, 20, 90)


def outlines() -> list[tuple[pace.Outline, pace.Rules]]:
    found = []
    for path in sorted((Path(manuscript.__file__).parent / "content").glob("*.yaml")):
        text = manuscript.read(path)
        steps = [
            pace.Step(100 * w.number + s.number, w.number, s.minutes, s.floor_minutes, s.intensity, s.day)
            for w in text.schedule for s in w.sessions
        ]  # fmt: skip
        growth = "running_or_jumping" if text.slug == "walk-to-5k" else "walking_or_cycling"
        found.append((pace.Outline.of(steps), pace.Rules(growth=growth)))
    return found


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
    if now.is_small_first:
        return "first week" if now.gap is pace.Gap.RESTART else "small first"
    if not now.is_welcome_back:
        return "same week"
    if now.place == 0 and earlier.place > 0:
        return "first week"
    return "comfortable week" if now.gap is pace.Gap.REPEAT else "one before"


def live(rng: random.Random, outline: pace.Outline, rules: pace.Rules, table: Counter[tuple[int, str]]) -> str:
    keen, wild, rests = rng.choice(list(TEMPERS.values()))
    facts: list[pace.Fact] = []
    day, earlier = 0, pace.replay(outline, rules, facts, FIRST)
    while day < DAYS:
        today = FIRST + timedelta(days=day)
        now = pace.replay(outline, rules, facts, today)
        if why := fault(now, rules):
            return f"{why}: {facts}"
        if now.gap_days in GAPS and not now.is_complete:
            table[now.gap_days, landed(now, earlier)] += 1
        if now.is_complete:
            if rng.random() < 0.5:
                return ""
            facts, day = [], day + 7  # follow it anew
            continue
        at = datetime.combine(today, datetime.min.time(), tzinfo=UTC) + timedelta(hours=rng.randint(6, 21))
        step = now.offered if rng.random() > wild else rng.choice([*outline.by_id, None])
        effort = rng.choice(["light", "moderate", "moderate", "vigorous"] if wild > 0.1 else ["light", "moderate"])
        facts.append(pace.Done(today, at, step, rng.random() < 0.2, effort, str(len(facts))))
        if rng.random() < 0.05:
            facts.append(pace.Turn(today, at + timedelta(minutes=5), rng.choice(list(pace.Way))))
        if rng.random() < 0.01:  # the plan is changed on the way: one step goes
            outline = pace.Outline.of(rng.sample(outline.steps, k=max(1, len(outline.steps) - 1)))
            outline = pace.Outline.of(sorted(outline.steps, key=lambda step: step.id))
        gap = rng.choice(GAPS) if rng.random() < 0.12 else (1 if rng.random() < keen else 2)
        if rng.random() < rests * 5 and gap > 1:
            last = today + timedelta(days=gap - 1)
            facts.append(pace.Pause(today + timedelta(days=1), last, is_ill=rests == 0.02))
        earlier, day = pace.replay(outline, rules, facts, today), day + gap
    return ""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng, plans, start = random.Random(options.seed), outlines(), perf_counter()
    table: Counter[tuple[int, str]] = Counter()
    faults = [why for n in range(options.people) if (why := live(rng, *plans[n % len(plans)], table))]
    columns = ("same week", "small first", "comfortable week", "one before", "first week")
    print("days away   " + "".join(f"{name:>18}" for name in columns))
    for days in GAPS:
        print(f"{days:>9}   " + "".join(f"{table[days, name]:>18}" for name in columns))
    print(f"{options.people} people, {len(plans)} plans, {perf_counter() - start:.1f} s, invalid states: {len(faults)}")
    for why in faults[:3]:
        print(why[:600])
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
