"""Plans of the demo: followed for some weeks, with what was done and how it felt."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from accounts.models import User
from core import clock
from plans.models import Enrollment, PlanTemplate, Session
from plans.services.enrollments import follow_plan
from plans.services.logs import log_session
from plans.services.pauses import pause_plans

# One entry for each occasion, over and over: mood before and after, mastery, pleasure; None is a day without.
RHYTHM: list[tuple[int, int, int, int] | None] = [
    (3, 4, 4, 4),
    (2, 4, 5, 5),
    None,
    (3, 5, 5, 6),
    (4, 5, 6, 6),
    (3, 3, 5, 4),
    None,
    (4, 6, 7, 7),
]
LATEST = (4, 5, 6, 5)  # the last occasion is never one without
SMALL_VERSION_EVERY = 4


def follow_and_log(row: dict[str, Any], person: User, *, now: datetime) -> None:
    """Follow the plan since some weeks ago and log most of its occasions."""
    started_at = now - timedelta(days=row["since_days"])
    cues = {int(day): time.fromisoformat(at) for day, at in row["cues"].items()}
    enrollment = follow_plan(
        person=person,
        template=PlanTemplate.objects.get(slug=row["plan"]),
        starts_on=clock.local_day(started_at, person.time_zone),
        cues=list(cues.items()),
        times_a_week=row.get("times_a_week"),
        when_text=row["when"],
        then_text=row["then"],
        obstacle_text=row.get("obstacle", ""),
        instead_text=row.get("instead", ""),
        now=started_at,
    )
    sessions = iter(Session.objects.filter(week__template=enrollment.template).order_by("week__number", "number"))
    yesterday = clock.local_day(now, person.time_zone) - timedelta(days=1)
    paused_on = _pause(row["pause"], enrollment, person, now=now) if "pause" in row else yesterday + timedelta(days=1)
    occasions = list(_occasions(enrollment.starts_on, min(yesterday, paused_on - timedelta(days=1)), cues))
    for number, (day, at) in enumerate(occasions):
        felt = RHYTHM[number % len(RHYTHM)] or (LATEST if number == len(occasions) - 1 else None)
        if felt is None:
            continue
        if (session := next(sessions, None)) is None:
            return
        done_at = clock.instant_of(day, at, person.time_zone) + timedelta(minutes=session.minutes)
        is_floor = number % SMALL_VERSION_EVERY == SMALL_VERSION_EVERY - 1
        _log(enrollment, person, session, felt, row, done_at=done_at, is_floor=is_floor)


def _pause(row: dict[str, Any], enrollment: Enrollment, person: User, *, now: datetime) -> date:
    """Let the plan rest since some days ago, for some days more; return the first day of the pause."""
    ends_on = clock.local_day(now + timedelta(days=row["days_more"]), person.time_zone)
    since = now - timedelta(days=row["since_days"])
    pause = pause_plans(person=person, enrollment=enrollment, reason=row["reason"], ends_on=ends_on, now=since)
    return pause.starts_on


def _occasions(first: date, last: date, cues: dict[int, time]) -> Iterator[tuple[date, time]]:
    """Yield the days and wall-clock times that were chosen, from `first` to `last`."""
    day = first
    while day <= last:
        if day.weekday() in cues:
            yield day, cues[day.weekday()]
        day += timedelta(days=1)


def _log(
    enrollment: Enrollment,
    person: User,
    session: Session,
    felt: tuple[int, int, int, int],
    row: dict[str, Any],
    *,
    done_at: datetime,
    is_floor: bool,
) -> None:
    before, after, mastery, pleasure = felt
    log_session(
        person=person,
        now=done_at,
        enrollment=enrollment,
        session=session,
        minutes=session.floor_minutes if is_floor else session.minutes,
        intensity=session.intensity,
        is_floor=is_floor,
        mood_before=before,
        mood_after=after,
        mastery=mastery,
        pleasure=pleasure,
        setting=row["setting"],
        company=row["company"],
    )
