"""What is next, in each plan that a person follows."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from accounts.models import User
from core import clock
from library.models import Mechanism
from plans.models import Enrollment, Session, SessionLog
from plans.progress import Place, is_enough_for_today, place_in


@dataclass(frozen=True)
class Step:
    """The step of one plan for today.

    When the plan's step of the day is done, `session` is the one that was done and `upcoming` the
    next one (None: the plan is complete). `planned_at` is the wall-clock time that the person chose
    for this weekday, None on other days: the step may be done all the same.
    """

    enrollment: Enrollment
    session: Session
    reasons: list[Mechanism]
    is_done_today: bool
    upcoming: Session | None
    planned_at: time | None
    place: Place

    @property
    def is_complete(self) -> bool:
        return self.place.is_complete


@dataclass(frozen=True)
class _Logged:
    """Of one enrollment: sessions with a log, and those of today in the order they were done."""

    ever: list[int]
    today: list[int]


def steps_for(person: User, *, now: datetime) -> list[Step]:
    """Return one step per plan that has begun and is not complete, or was worked on today.

    A fixed number of queries, however many plans are followed.
    """
    today = clock.local_day(now, person.time_zone)
    enrollments = list(_begun(person, today))
    order = _order_of(person, enrollments)
    logged = _logged(person, enrollments, today)
    places = {e.pk: place_in(order[e.template_id], logged[e.pk].ever) for e in enrollments}
    wanted = {place.next_id for place in places.values() if place.next_id}
    wanted |= {row.today[-1] for row in logged.values() if row.today}
    sessions = {s.pk: s for s in Session.objects.visible_to(person).with_reasons(person).filter(pk__in=wanted)}
    found = [_step(e, places[e.pk], logged[e.pk].today, sessions, today) for e in enrollments]
    return [step for step in found if step is not None]


def places_of(person: User, enrollments: Iterable[Enrollment]) -> dict[int, Place]:
    """Return enrollment id → place in the plan, in two queries."""
    enrollments = list(enrollments)
    order = _order_of(person, enrollments)
    logged = _logged(person, enrollments, None)
    return {e.pk: place_in(order[e.template_id], logged[e.pk].ever) for e in enrollments}


def _begun(person: User, today: date) -> Iterable[Enrollment]:
    own = Enrollment.objects.visible_to(person).active().filter(starts_on__lte=today)
    return own.with_plan(person).order_by("created_at", "pk")


def _order_of(person: User, enrollments: Iterable[Enrollment]) -> dict[int, list[int]]:
    """Return template id → session ids in the plan's order."""
    templates = {e.template_id for e in enrollments}
    rows = Session.objects.visible_to(person).filter(week__template__in=templates).in_order()
    order: dict[int, list[int]] = defaultdict(list)
    for template_id, pk in rows.values_list("week__template", "pk"):
        order[template_id].append(pk)
    return order


def _logged(person: User, enrollments: Iterable[Enrollment], today: date | None) -> dict[int, _Logged]:
    found: dict[int, _Logged] = {e.pk: _Logged([], []) for e in enrollments}
    logs = SessionLog.objects.visible_to(person).filter(enrollment__in=found, session__isnull=False)
    for enrollment_id, session_id, day in logs.order_by("done_at", "pk").values_list(
        "enrollment", "session", "local_on"
    ):
        found[enrollment_id].ever.append(session_id)
        if day == today:
            found[enrollment_id].today.append(session_id)
    return found


def _step(
    enrollment: Enrollment, place: Place, done_today: list[int], sessions: dict[int, Session], today: date
) -> Step | None:
    upcoming = sessions.get(place.next_id) if place.next_id else None
    done = sessions.get(done_today[-1]) if done_today else None
    is_done = done is not None and is_enough_for_today(done_day=done.day, next_day=upcoming.day if upcoming else None)
    session = done if is_done else upcoming
    if session is None:
        return None
    planned = [cue.at_time for cue in enrollment.shown_cues if cue.weekday == today.weekday()]
    return Step(
        enrollment=enrollment,
        session=session,
        reasons=session.shown_mechanisms,
        is_done_today=is_done,
        upcoming=upcoming,
        planned_at=planned[0] if planned else None,
        place=place,
    )
