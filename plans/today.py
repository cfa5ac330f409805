"""What is next, in each plan that a person follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from accounts.models import User
from core import clock
from library.models import Mechanism
from plans import pace
from plans.models import Enrollment, Pause, Session
from plans.models.following import EnrollmentQuerySet
from plans.pace.wording import sentence
from plans.past import DayPlan, Past, days_of, past_of
from plans.rest import RestNote, rest_note_among
from plans.resting import Resting
from plans.week import Dose, dose_among

NEXT = 3


@dataclass(frozen=True, kw_only=True)
class Step:
    """The step of one plan for today.

    When the plan's step of the day is done, `session` is the one that was done and `upcoming` the
    next one (None: the plan is complete). `planned_at` is the wall-clock time that the person chose
    for this day, None on other days: the step may be done all the same. While `asks_nothing`, it is
    a rest, a pause, moved to another day, or enough for the week.
    """

    enrollment: Enrollment
    session: Session
    reasons: list[Mechanism]
    is_done_today: bool
    upcoming: Session | None
    ahead: list[Session]
    planned_at: time | None
    place: pace.Position
    reason: str
    pause: Pause | None
    is_resting_today: bool
    moved_to: date | None
    done_this_week: int

    @property
    def is_paused(self) -> bool:
        return self.pause is not None

    @property
    def is_paused_until(self) -> date | None:
        """The last day of the pause; None while `is_paused`: until the person says."""
        return self.pause.ends_on if self.pause else None

    @property
    def is_complete(self) -> bool:
        return self.place.is_complete

    @property
    def is_small_first(self) -> bool:
        return self.place.is_small_first

    @property
    def is_welcome_back(self) -> bool:
        return self.place.is_welcome_back

    @property
    def gap_days(self) -> int | None:
        return self.place.gap_days

    @property
    def turns(self) -> list[str]:
        """Which words on the pace make sense, in a fixed order."""
        return [way.value for way in pace.Way if way in self.place.ways]

    @property
    def is_enough_this_week(self) -> bool:
        wanted = self.enrollment.times_a_week
        return wanted is not None and self.done_this_week >= wanted

    @property
    def asks_nothing(self) -> bool:
        return self.is_paused or self.is_resting_today or self.moved_to is not None or self.is_enough_this_week


@dataclass(frozen=True)
class Day:
    """What a day holds: a step per plan that has begun and is not complete, or was worked on today.

    `places` are of all plans by enrollment id, those to come as well; the dose is that of the week.
    """

    steps: list[Step]
    places: dict[int, pace.Position]
    resting: Resting
    dose: Dose
    rest_note: RestNote | None


def active_plans(person: User) -> EnrollmentQuerySet:
    return Enrollment.objects.visible_to(person).active().with_plan(person).order_by("created_at", "pk")


def day_of(person: User, enrollments: Iterable[Enrollment], *, now: datetime) -> Day:
    """Gather a day of the plans that came `with_plan`.

    A fixed number of queries, however many plans are followed and however much was noted.
    """
    enrollments, today = list(enrollments), clock.local_day(now, person.time_zone)
    past = past_of(person, enrollments, today)
    days = days_of(person, enrollments, today)
    begun = [(e, days[e.pk]) for e in enrollments if e.starts_on <= today]
    steps = [step for e, day in begun if (step := _step(person, e, past, day, today)) is not None]
    shown = {step.session.pk: step.session for step in steps}
    prefetch_related_objects(list(shown.values()), _mechanisms(person))
    for step in steps:
        step.reasons.extend(step.session.shown_mechanisms)
    return Day(
        steps=steps,
        places=past.positions,
        resting=past.resting,
        dose=dose_among(past.lately, person=person, today=today),
        rest_note=rest_note_among(past.lately, person=person, today=today),
    )


def steps_for(person: User, *, now: datetime) -> list[Step]:
    return day_of(person, active_plans(person), now=now).steps


def _mechanisms(person: User) -> "Prefetch[Any]":
    reasons = Mechanism.objects.visible_to(person).select_related("domain")
    return Prefetch("mechanisms", reasons, to_attr="shown_mechanisms")


def coming_steps(person: User, plans: Sequence[Enrollment], *, now: datetime, limit: int) -> dict[int, list[Session]]:
    """Return enrollment id → the next `limit` sessions of plans that came `with_plan`, if all goes comfortably."""
    past = past_of(person, plans, clock.local_day(now, person.time_zone))
    return {e.pk: past.sessions_at(past.positions[e.pk].ahead(limit)) for e in plans}


def _step(person: User, enrollment: Enrollment, past: Past, day: DayPlan, today: date) -> Step | None:
    place = past.positions[enrollment.pk]
    upcoming = past.sessions.get(place.offered) if place.offered else None
    done = past.last_done_on(enrollment.pk, today)
    is_done = done is not None and _is_enough_for_today(done, upcoming)
    session = done if is_done else upcoming
    if session is None:
        return None
    first, last = clock.week_of(today, person.first_weekday)
    return Step(
        enrollment=enrollment,
        session=session,
        reasons=[],
        is_done_today=is_done,
        upcoming=upcoming,
        ahead=past.sessions_at(place.ahead(NEXT) if is_done else place.ahead(NEXT + 1)[1:]),
        planned_at=day.time_among(enrollment.shown_cues, today),
        place=place,
        reason=sentence(place, with_numbers=not person.hides_numbers),
        pause=past.resting.of(enrollment),
        is_resting_today=day.is_rest,
        moved_to=day.moved_to,
        done_this_week=len(past.done_days(enrollment.pk, first, last)),
    )


def _is_enough_for_today(done: Session, upcoming: Session | None) -> bool:
    """After one step today, is the next for another day? Yes, unless the plan puts both on the same of its days."""
    return upcoming is None or upcoming.day is None or upcoming.day != done.day
