"""A goal, those whose parts count, what they note, and the nights at which it is counted."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from accounts.models import User
from core import clock
from groups.models import Goal, Group
from groups.services.counting import count_together
from groups.services.goals import count_me_in, set_goal
from plans.models import SessionLog
from tests.plans.kit import make_type

FIRST = date(2026, 3, 10)
BERLIN = ZoneInfo("Europe/Berlin")


def at(day: int, hour: int = 12) -> datetime:
    """Return an hour of the day with this number, 0 is the first, on Berlin's clocks."""
    return datetime.combine(FIRST + timedelta(days=day), time(hour), tzinfo=BERLIN).astimezone(UTC)


def make_goal(group: Group, host: User, *, days: int = 40, unit: str = "minutes", target: int = 3000) -> Goal:
    last = FIRST + timedelta(days=days - 1)
    return set_goal(
        group=group, person=host, title="Round the lake", unit=unit, target=target, starts_on=FIRST, ends_on=last,
        now=at(0),
    )  # fmt: skip


def all_count(goal: Goal, people: list[User], day: int = 0) -> None:
    for person in people:
        count_me_in(goal=goal, person=person, now=at(day))


def note(person: User, day: int, minutes: int, **fields: object) -> SessionLog:
    """Note minutes on the day with this number, at its noon."""
    values = {"exercise_type": make_type("walking"), "intensity": "light", "created_at": at(day)}
    local_on = FIRST + timedelta(days=day)
    return SessionLog.objects.create(
        person=person, minutes=minutes, done_at=at(day), local_on=local_on, **{**values, **fields}
    )


def night(day: int) -> None:
    """Count at four on the morning of the day."""
    with clock.frozen_at(at(day, 4)):
        count_together(now=at(day, 4))
