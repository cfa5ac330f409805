"""A person's own days: what they noted, and what their plans put there. Reads only, in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.db.models import Q

from accounts.models import User
from core import clock
from plans.models import DayChange, Enrollment, Pause, Session, SessionLog
from plans.projection import AnyDay, Change, Following, Span, any_days, is_paused, planned_days
from plans.today import active_plans, coming_steps

STEPS_AHEAD = 400  # of one plan: more than two months hold, whatever the plan


@dataclass(frozen=True)
class PlannedStep:
    """A step on its day; `planned_on` is the day of the plan that it was moved from, or the same."""

    enrollment: Enrollment
    session: Session
    day: date
    at_time: time | None
    planned_on: date

    @property
    def is_moved(self) -> bool:
        return self.day != self.planned_on


@dataclass(frozen=True)
class WeeksSteps:
    """Steps of one plan for a week in which any day will do."""

    enrollment: Enrollment
    first_on: date
    last_on: date
    sessions: tuple[Session, ...]


@dataclass(frozen=True)
class Rest:
    """The plan's day that the person set aside for rest."""

    enrollment: Enrollment
    day: date


@dataclass(frozen=True)
class Agenda:
    """From `first` to `last`. Planned days begin with today; what was done is in the past and today."""

    today: date
    logs: list[SessionLog]
    planned: list[PlannedStep]
    any_day: list[WeeksSteps]
    rests: list[Rest]
    pauses: list[Span]

    def is_paused(self, day: date) -> bool:
        return is_paused(day, self.pauses)


def agenda_of(person: User, *, first: date, last: date, now: datetime) -> Agenda:
    """Gather the days from `first` to `last`."""
    today = clock.local_day(now, person.time_zone)
    enrollments = list(active_plans(person))
    pauses = list(Pause.objects.visible_to(person).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=min(first, today))))
    logs = SessionLog.objects.visible_to(person).between(first, last).select_related("exercise_type", "session")
    agenda = Agenda(
        today=today,
        logs=list(logs.order_by("local_on", "done_at", "pk")),
        planned=[],
        any_day=[],
        rests=[],
        pauses=[_span(pause) for pause in pauses if _rests_all(pause, enrollments)],
    )
    if last >= today:
        _look_ahead(person, agenda, enrollments, pauses, first=first, last=last, now=now)
    return agenda


def _look_ahead(
    person: User,
    agenda: Agenda,
    enrollments: Sequence[Enrollment],
    pauses: Sequence[Pause],
    *,
    first: date,
    last: date,
    now: datetime,
) -> None:
    """Put the coming steps of every plan on their days."""
    coming = coming_steps(person, enrollments, now=now, limit=STEPS_AHEAD)
    done = _done(person, agenda.today)
    changes: dict[int, list[DayChange]] = defaultdict(list)
    for change in DayChange.objects.visible_to(person).filter(enrollment__in=enrollments):
        changes[change.enrollment_id].append(change)
    for enrollment in enrollments:
        own = [_span(pause) for pause in pauses if pause.covers(enrollment.pk)]
        portions = portions_of(coming.get(enrollment.pk, []))
        following = _following(enrollment, done[enrollment.pk], portions, agenda.today)
        moves = [Change(change.planned_on, change.moved_to, change.at_time) for change in changes[enrollment.pk]]
        limits = {"pauses": own, "today": agenda.today, "until": last}
        for item in planned_days(following, portions, changes=moves, **limits):  # type: ignore[arg-type]
            if item.day >= first:
                at_time = item.at_time if item.at_time != time.max else None
                agenda.planned.append(PlannedStep(enrollment, item.step, item.day, at_time, item.planned_on))
        weeks: Iterable[AnyDay[Session]] = any_days(
            following, portions, first_weekday=person.first_weekday, **limits  # type: ignore[arg-type]
        )  # fmt: skip
        agenda.any_day.extend(
            WeeksSteps(enrollment, w.first_on, w.last_on, w.steps) for w in weeks if w.last_on >= first
        )
        rests = {move.planned_on for move in moves if move.moved_to is None and first <= move.planned_on <= last}
        agenda.rests.extend(Rest(enrollment, day) for day in sorted(rests) if day >= agenda.today)
    agenda.planned.sort(key=lambda step: (step.day, step.at_time or time.max))


def portions_of(sessions: Iterable[Session]) -> list[tuple[Session, ...]]:
    """Put together the steps that a plan has on the same of its days; any other is a portion by itself."""
    return [tuple(steps) for _key, steps in groupby(sessions, key=_portion)]


def _portion(session: Session) -> tuple[str, int]:
    return ("step", session.pk) if session.day is None else ("day", session.day)


def _done(person: User, today: date) -> dict[int, dict[date, set[tuple[str, int]]]]:
    """Return enrollment id → day of this week → portions noted, in one query."""
    first, _last = clock.week_of(today, person.first_weekday)
    logs = SessionLog.objects.visible_to(person).between(first, today)
    rows = logs.filter(enrollment__isnull=False, session__isnull=False).select_related("session")
    found: dict[int, dict[date, set[tuple[str, int]]]] = defaultdict(lambda: defaultdict(set))
    for log in rows:
        if log.enrollment_id and log.session:
            found[log.enrollment_id][log.local_on].add(_portion(log.session))
    return found


def _following(
    enrollment: Enrollment,
    done: dict[date, set[tuple[str, int]]],
    portions: Sequence[tuple[Session, ...]],
    today: date,
) -> Following:
    """Return the plan as arithmetic sees it. A portion begun today and not finished is still for today."""
    is_begun = bool(portions) and _portion(portions[0][0]) in done.get(today, set())
    counted = {day: len(keys) - (is_begun and day == today) for day, keys in done.items()}
    times = {cue.weekday: cue.at_time for cue in enrollment.shown_cues}
    return Following(starts_on=enrollment.starts_on, times=times, times_a_week=enrollment.times_a_week, done=counted)


def _span(pause: Pause) -> Span:
    return Span(pause.starts_on, pause.ends_on)


def _rests_all(pause: Pause, enrollments: Sequence[Enrollment]) -> bool:
    """Whether the pause leaves nothing planned: of everything, or of the only plan."""
    return pause.enrollment_id is None or {pause.enrollment_id} == {e.pk for e in enrollments}
