"""Reading a plan's content file. No database here: a file is whole and in both languages, or refused.

An error names the file and the field, as in `calm-mind.yaml: schedule.1.sessions.2.floor.zh-hans: missing`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "zh-hans")
INTENSITIES = ("light", "moderate", "vigorous")
GROWTHS = ("walking_or_cycling", "running_or_jumping")
GAPS = {"small": 4, "repeat": 7, "back": 14, "restart": 60}  # days after which a gap asks for something smaller
# Addresses beside `/plans/<slug>/`.
RESERVED = {
    "begin",
    "beginnings",
    "calendar",
    "check-ins",
    "following",
    "import",
    "log",
    "logs",
    "mechanisms",
    "mine",
    "numbers",
    "own",
    "pause",
    "weeks",
}


class ContentError(Exception):
    """The file cannot be published as it is; the message says where and why."""


type Text = dict[str, str]  # language → text


@dataclass(frozen=True)
class SessionText:
    number: int
    kind: str
    minutes: int
    intensity: str
    title: Text
    instruction: Text
    floor: Text
    floor_minutes: int
    day: int | None
    met_code: str
    mechanisms: list[str]


@dataclass(frozen=True)
class WeekText:
    number: int
    focus: Text
    sessions: list[SessionText]


@dataclass(frozen=True)
class PaceText:
    """When to move on, and what a gap asks for; a file says only what differs from the defaults."""

    growth: str
    move_on_percent: int
    gap_days: dict[str, int]  # small, repeat, back, restart: never fewer than the one before


@dataclass(frozen=True)
class PlanText:
    file: str
    digest: str  # of the file's bytes, to tell whether it changed since it was last loaded
    slug: str
    order: int
    texts: dict[str, Text]  # title, goal, audience, progression_rule, gap_rule, evidence_note
    needs: list[str]
    weeks: int
    sessions_min: int
    sessions_max: int
    duration_days: int | None
    check_in_scale: str
    check_in_weeks: list[int]
    pace: PaceText
    contraindications: list[Text]
    citations: list[str]
    schedule: list[WeekText]


@dataclass(frozen=True)
class Node:
    """A mapping in the file that knows where it stands."""

    where: str
    data: dict[str, Any]

    def fail(self, field: str, why: str) -> ContentError:
        return ContentError(f"{self.where}{field}: {why}")

    def child(self, field: str) -> "Node":
        if not isinstance(found := self.data.get(field), dict):
            raise self.fail(field, "missing")
        return Node(f"{self.where}{field}.", found)

    def maybe_child(self, field: str) -> "Node":
        """Return the mapping, an empty one when the file has none."""
        return self.child(field) if field in self.data else Node(f"{self.where}{field}.", {})

    def only(self, fields: Iterable[str]) -> None:
        """Refuse a word that nobody would read."""
        if unknown := sorted(set(self.data) - set(fields)):
            raise self.fail(str(unknown[0]), "unknown")

    def children(self, field: str) -> Iterator["Node"]:
        rows = self.data.get(field)
        if not isinstance(rows, list) or not rows:
            raise self.fail(field, "missing")
        for position, row in enumerate(rows, start=1):
            if not isinstance(row, dict):
                raise self.fail(f"{field}.{position}", "expected a mapping")
            yield Node(f"{self.where}{field}.{position}.", row)

    def text(self, *, limit: int = 0) -> Text:
        """Read this node as one text in both languages."""
        for language in LANGUAGES:
            value = self.data.get(language)
            if not isinstance(value, str) or not value.strip():
                raise self.fail(language, "missing")
            if limit and len(value) > limit:
                raise self.fail(language, f"longer than {limit} characters")
        return {language: self.data[language].strip() for language in LANGUAGES}

    def word(self, field: str, allowed: tuple[str, ...] = ()) -> str:
        value = self.data.get(field)
        if not isinstance(value, str) or not value:
            raise self.fail(field, "missing")
        if allowed and value not in allowed:
            raise self.fail(field, f"{value!r} is none of {', '.join(allowed)}")
        return value

    def number(self, field: str, low: int, high: int) -> int:
        value = self.data.get(field)
        if not isinstance(value, int):
            raise self.fail(field, "missing")
        if not low <= value <= high:
            raise self.fail(field, f"{value} is not between {low} and {high}")
        return value

    def maybe_number(self, field: str, low: int, high: int) -> int | None:
        return self.number(field, low, high) if field in self.data else None

    def slugs(self, field: str) -> list[str]:
        values = self.data.get(field)
        if not isinstance(values, list) or not values:
            raise self.fail(field, "missing")
        return [str(value) for value in values]


def read(path: Path) -> PlanText:
    """Return the plan in a file, or raise ContentError."""
    raw = path.read_bytes()
    try:
        loaded = yaml.safe_load(raw)
    except yaml.YAMLError as error:
        raise ContentError(f"{path.name}: not readable as YAML: {error}") from error
    if not isinstance(loaded, dict):
        raise ContentError(f"{path.name}: expected a mapping")
    return _plan(path.name, sha256(raw).hexdigest(), Node(f"{path.name}: ", loaded))


def _plan(file: str, digest: str, node: Node) -> PlanText:
    if (slug := node.word("slug")) in RESERVED:
        raise node.fail("slug", f"{slug!r} is the address of another page")
    per_week, check_in = node.child("sessions_per_week"), node.data.get("check_in") or {}
    long = ("goal", "audience", "progression_rule", "gap_rule", "evidence_note")
    plan = PlanText(
        file=file,
        digest=digest,
        slug=slug,
        order=node.number("order", 0, 999),
        texts={"title": node.child("title").text(limit=120)} | {name: node.child(name).text() for name in long},
        needs=node.slugs("needs"),
        weeks=node.number("weeks", 1, 52),
        sessions_min=per_week.number("min", 1, 21),
        sessions_max=per_week.number("max", 1, 21),
        duration_days=node.maybe_number("duration_days", 1, 366),
        check_in_scale=check_in.get("scale", ""),
        check_in_weeks=check_in.get("weeks", []),
        pace=_pace(node.maybe_child("pace")),
        contraindications=[row.text() for row in node.children("contraindications")],
        citations=node.slugs("citations"),
        schedule=[_week(row) for row in node.children("schedule")],
    )
    _check_numbering(node, "schedule", [week.number for week in plan.schedule])
    if len(plan.schedule) != plan.weeks:
        raise node.fail("weeks", f"says {plan.weeks}, the schedule has {len(plan.schedule)}")
    return plan


def _pace(node: Node) -> PaceText:
    node.only(["growth", "move_on_percent", "gap_days"])
    gaps = node.maybe_child("gap_days")
    gaps.only(GAPS)
    days = GAPS | {name: gaps.number(name, 1, 366) for name in GAPS if name in gaps.data}
    for before, after in pairwise(GAPS):
        if days[after] < days[before]:
            raise gaps.fail(after, f"{days[after]} comes before {before}, {days[before]}")
    return PaceText(
        growth=node.word("growth", GROWTHS) if "growth" in node.data else GROWTHS[0],
        move_on_percent=node.number("move_on_percent", 1, 100) if "move_on_percent" in node.data else 75,
        gap_days=days,
    )


def _week(node: Node) -> WeekText:
    week = WeekText(
        number=node.number("week", 1, 52),
        focus=node.child("focus").text(limit=160),
        sessions=[_session(row) for row in node.children("sessions")],
    )
    _check_numbering(node, "sessions", [session.number for session in week.sessions])
    return week


def _session(node: Node) -> SessionText:
    minutes, floor = node.number("minutes", 1, 600), node.child("floor")
    return SessionText(
        number=node.number("session", 1, 50),
        kind=node.word("kind"),
        minutes=minutes,
        intensity=node.word("intensity", INTENSITIES),
        title=node.child("title").text(limit=80),
        instruction=node.child("instruction").text(),
        floor=floor.text(),
        floor_minutes=floor.number("minutes", 1, min(10, minutes)),
        day=node.maybe_number("day", 1, 366),
        met_code=node.data.get("met_code", ""),
        mechanisms=node.slugs("mechanisms"),
    )


def _check_numbering(node: Node, field: str, numbers: list[int]) -> None:
    if numbers != list(range(1, len(numbers) + 1)):
        raise node.fail(field, f"numbered {numbers}, expected 1, 2, 3 …")
