"""What the pace is worked out from: the steps of the plans, what was done and said, and pauses; and changed days."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time

from django.db.models import Q

from accounts.models import User
from plans import pace
from plans.models import Cue, DayChange, Enrollment, Pause, PlanTemplate, Session, SessionLog, Turn
from plans.rest import looks_back_to
from plans.resting import Resting, resting_among
from plans.week import NOTED, Noted


@dataclass
class DayPlan:
    """What became of today in one plan."""

    is_rest: bool = False
    moved_to: date | None = None
    moved_here: DayChange | None = None

    def time_among(self, cues: Sequence[Cue], today: date) -> time | None:
        """Return the time for today: its own, or that of the day it comes from."""
        times = {cue.weekday: cue.at_time for cue in cues}
        if self.moved_here:
            return self.moved_here.at_time or times.get(self.moved_here.planned_on.weekday())
        return None if self.is_rest or self.moved_to else times.get(today.weekday())


@dataclass
class Past:
    sessions: dict[int, Session]
    outlines: dict[int, pace.Outline]  # by template
    done: dict[int, list[pace.Done]]  # by enrollment, in order; as the next two
    turns: dict[int, list[Turn]]
    positions: dict[int, pace.Position] = field(default_factory=dict)
    lately: list[Noted] = field(default_factory=list)  # of the week and what a word on rest looks back to
    resting: Resting = field(default_factory=lambda: Resting(None, {}))

    def sessions_at(self, ids: Iterable[int]) -> list[Session]:
        return [self.sessions[pk] for pk in ids]

    def last_done_on(self, enrollment_id: int, today: date) -> Session | None:
        """Return the last step of the plan that was done on a day."""
        own = self.positions[enrollment_id].outline.own_ids
        steps = [own[act.step] for act in self.done[enrollment_id] if act.on == today and act.step in own]
        return self.sessions[steps[-1]] if steps else None

    def done_days(self, enrollment_id: int, first: date, last: date) -> set[tuple[date, int | None]]:
        """Return (day, step) of what was done in the plan between two days."""
        return {(act.on, act.step) for act in self.done[enrollment_id] if first <= act.on <= last}


def past_of(person: User, enrollments: Sequence[Enrollment], today: date) -> Past:
    """Gather it for some plans, in four queries."""
    templates = {e.template_id: e.template for e in enrollments}
    sessions = _sessions(person, templates)
    done: dict[int, list[pace.Done]] = {e.pk: [] for e in enrollments}
    past = Past({s.pk: s for s in sessions}, _outlines(templates, sessions), done, _turns(person, enrollments))
    _read_logs(past, person, looks_back_to(person, today))
    pauses = list(Pause.objects.visible_to(person).order_by("pk"))
    past.resting = resting_among(pauses, today)
    for e in enrollments:
        rests = [pace.Pause(p.starts_on, p.ends_on, p.reason == Pause.Reason.ILL) for p in pauses if p.covers(e.pk)]
        turns = [pace.Turn(turn.local_on, turn.taken_at, pace.Way(turn.way)) for turn in past.turns[e.pk]]
        facts: list[pace.Fact] = [*past.done[e.pk], *turns, *rests]
        past.positions[e.pk] = pace.replay(past.outlines[e.template_id], rules_of(e.template), facts, today)
    return past


def rules_of(plan: PlanTemplate) -> pace.Rules:
    return pace.Rules(
        move_on_percent=plan.move_on_percent,
        small_after_days=plan.small_after_days,
        repeat_after_days=plan.repeat_after_days,
        back_after_days=plan.back_after_days,
        restart_after_days=plan.restart_after_days,
        growth=plan.growth,
    )


def _sessions(person: User, templates: Iterable[int]) -> list[Session]:
    rows = Session.objects.visible_to(person).filter(week__template__in=list(templates)).in_order()
    return list(rows.select_related("exercise_type", "week"))


def _outlines(templates: Iterable[int], sessions: list[Session]) -> dict[int, pace.Outline]:
    steps: dict[int, list[pace.Step]] = {pk: [] for pk in templates}
    for s in sessions:
        aliases = (s.origin_id,) if s.origin_id else ()
        step = pace.Step(s.pk, s.week.number, s.minutes, s.floor_minutes, s.intensity, s.day, aliases)
        steps[s.week.template_id].append(step)
    return {pk: pace.Outline.of(rows) for pk, rows in steps.items()}


def _read_logs(past: Past, person: User, since: date) -> None:
    """Read what was done in the plans, ever, and what was done of anything lately, in one query."""
    logs = SessionLog.objects.visible_to(person).filter(Q(enrollment__in=list(past.done)) | Q(local_on__gte=since))
    columns = ("enrollment_id", "done_at", "session_id", "uuid", *NOTED)
    for pk, at, session, uuid, *noted in logs.order_by("done_at", "uuid").values_list(*columns):
        row = Noted(*noted)
        if row.local_on >= since:
            past.lately.append(row)
        if pk in past.done:
            past.done[pk].append(pace.Done(row.local_on, at, session, row.is_floor, row.intensity, str(uuid)))


def _turns(person: User, enrollments: Sequence[Enrollment]) -> dict[int, list[Turn]]:
    found: dict[int, list[Turn]] = defaultdict(list)
    for turn in Turn.objects.visible_to(person).filter(enrollment__in=[e.pk for e in enrollments]):
        found[turn.enrollment_id].append(turn)
    return found


def days_of(person: User, enrollments: Sequence[Enrollment], today: date) -> dict[int, DayPlan]:
    """Return what became of today in each plan of which there is something to say."""
    found: dict[int, DayPlan] = defaultdict(DayPlan)
    changes = DayChange.objects.visible_to(person).filter(enrollment__in=[e.pk for e in enrollments])
    for change in changes.filter(Q(planned_on=today) | Q(moved_to=today)):
        day = found[change.enrollment_id]
        if change.planned_on == today:
            day.is_rest, day.moved_to = change.moved_to is None, change.moved_to
        else:
            day.moved_here = change
    return found
