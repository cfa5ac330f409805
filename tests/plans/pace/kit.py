"""Plans and lives for tests of the pace."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from hypothesis import strategies as st

from library.dose import allowed_next
from plans import manuscript
from plans.pace import Done, Fact, Outline, Pause, Rules, Step, Turn, Way

START = date(2026, 1, 5)
CONTENT = sorted((Path(manuscript.__file__).parent / "content").glob("*.yaml"))
GROWTHS = ["running_or_jumping", "walking_or_cycling"]


def day(number: int) -> date:
    return START + timedelta(days=number)


def at(number: int, hour: int = 9) -> datetime:
    return datetime.combine(day(number), time(hour), tzinfo=UTC)


def noon(on: date) -> datetime:
    return datetime.combine(on, time(12), tzinfo=UTC)


def did(number: int, step: int | None, *, effort: str = "moderate", floor: bool = False, hour: int = 9) -> Done:
    return Done(day(number), at(number, hour), step, is_floor=floor, intensity=effort, key=f"{number}-{hour}-{step}")


def said(number: int, way: Way, hour: int = 10) -> Turn:
    return Turn(day(number), at(number, hour), way)


def rest(first: int, last: int | None, *, ill: bool = False) -> Pause:
    return Pause(day(first), None if last is None else day(last), is_ill=ill)


def plan(*weeks: list[int], effort: str = "moderate") -> Outline:
    """Return an outline of weeks of minutes; steps are numbered 101, 102 … 201, 202 …"""
    rows = [(week, number, minutes) for week, row in enumerate(weeks, 1) for number, minutes in enumerate(row, 1)]
    return Outline.of(Step(100 * week + number, week, minutes, 1, effort) for week, number, minutes in rows)


def through(*steps: int, start: int = 0, every: int = 1, effort: str = "moderate") -> list[Fact]:
    """Return the facts of doing `steps` one after the other."""
    return [did(start + every * place, step, effort=effort) for place, step in enumerate(steps)]


def written(path: Path) -> tuple[str, Outline]:
    """Return the slug and the outline of a content file."""
    text = manuscript.read(path)
    steps = [
        Step(100 * week.number + session.number, week.number, session.minutes, session.floor_minutes,
             session.intensity, session.day)
        for week in text.schedule for session in week.sessions
    ]  # fmt: skip
    return text.slug, Outline.of(steps)


# Strategies --------------------------------------------------------------------------------------
@st.composite
def outlines(draw: st.DrawFn, growth: str) -> Outline:
    """Plans that pass the gate: no week asks for more than the one before allows; some ease off again."""
    weeks: list[list[int]] = []
    most = 60
    for _week in range(draw(st.integers(1, 7))):
        count = draw(st.integers(1, 5))
        total = draw(st.integers(count, max(count, most)))
        even = total // count
        weeks.append([even] * (count - 1) + [total - even * (count - 1)])
        most = allowed_next(total, growth)
        if count > most:
            break
    return plan(*weeks, effort=draw(st.sampled_from(["light", "moderate", "vigorous"])))


@st.composite
def all_rules(draw: st.DrawFn) -> Rules:
    days = sorted(draw(st.lists(st.integers(1, 90), min_size=4, max_size=4)))
    return Rules(draw(st.integers(1, 100)), *days, growth=draw(st.sampled_from(GROWTHS)))


@st.composite
def lives(draw: st.DrawFn, outline: Outline) -> list[Fact]:
    """What somebody may do over some months: mostly the plan, with gaps, detours, words on the pace and pauses."""
    steps = [step.id for step in outline.steps]
    facts: list[Fact] = []
    now, along = 0, 0
    for _moment in range(draw(st.integers(0, 45))):
        now += draw(st.sampled_from([0, 1, 1, 1, 2, 2, 3, 5, 8, 15, 20, 61, 90]))
        kind = draw(st.sampled_from(["next", "next", "next", "next", "any", "turn", "pause", "unknown"]))
        hour = draw(st.integers(6, 22))
        if kind == "turn":
            facts.append(said(now, draw(st.sampled_from(list(Way))), hour))
        elif kind == "pause":
            last = draw(st.none() | st.integers(now, now + 40))
            facts.append(rest(now, last, ill=draw(st.booleans())))
        else:
            step = steps[along % len(steps)] if kind == "next" else draw(st.sampled_from(steps))
            along += kind == "next"
            effort = draw(st.sampled_from(["light", "moderate", "moderate", "vigorous"]))
            chosen = None if kind == "unknown" else step
            facts.append(did(now, chosen, effort=effort, floor=draw(st.booleans()), hour=hour))
    return facts


@st.composite
def cases(draw: st.DrawFn) -> tuple[Outline, Rules, list[Fact], date]:
    rules = draw(all_rules())
    outline = draw(outlines(rules.growth))
    facts = draw(lives(outline))
    last = max((fact.on for fact in facts if not isinstance(fact, Pause)), default=START)
    return outline, rules, facts, last + timedelta(days=draw(st.sampled_from([0, 1, 3, 5, 10, 20, 70, 100])))
