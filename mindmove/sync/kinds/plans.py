"""Plans with their weeks and steps, what I follow, my pauses, and what I did."""

from collections import defaultdict
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, F, OuterRef, Prefetch, Q

from accounts.models import User
from library.models import Citation, Mechanism, Need
from mindmove.sync.kind import Kind, Rows
from mindmove.sync.shapes.base import KeyShape, SlugShape
from mindmove.sync.shapes.plans import CautionShape, FollowedShape, PlanTemplateShape, StepShape, WeekShape
from mindmove.sync.versions import Parts, gathered, linked
from plans.api.following import DayChangeSerializer, PauseSerializer
from plans.api.serializers import CueSerializer, LogSerializer
from plans.api.turns import TurnSerializer
from plans.models import (
    Contraindication,
    Cue,
    DayChange,
    Enrollment,
    Pause,
    PlanTemplate,
    Session,
    SessionLog,
    Turn,
    Week,
)
from plans.models.private import FELT, felt_joined


def _plans(person: User, _today: date) -> Rows:
    """What editors publish, what I made, and what I follow."""
    followed = Enrollment.objects.visible_to(person).filter(template=OuterRef("pk"))
    kept = PlanTemplate.objects.visible_to(person).filter(Q(owner=None) | Q(owner=person) | Exists(followed))
    return kept.annotate(is_own=Q(owner__isnull=False) & Q(owner=person))


def _mechanisms(person: User) -> Any:
    return Mechanism.objects.visible_to(person).order_by("pk")


def _weeks(person: User) -> Any:
    return Week.objects.visible_to(person).order_by("number")


def _steps(person: User) -> Any:
    return Session.objects.visible_to(person).order_by("number")


def _parts_of_plan(person: User) -> Parts:
    here = {"template": OuterRef("pk")}
    reasons = linked(_mechanisms(person), Session.mechanisms, "session", "mechanism")
    steps = gathered(
        StepShape, _steps(person).filter(week=OuterRef("pk")), {"mechanisms": gathered(SlugShape, reasons)}
    )
    needs = linked(Need.objects.visible_to(person), PlanTemplate.needs, "plantemplate", "need")
    sources = linked(Citation.objects.visible_to(person), PlanTemplate.citations, "plantemplate", "citation")
    cautions = Contraindication.objects.visible_to(person).filter(**here)
    return {
        "is_own": F("is_own"),
        "needs": gathered(SlugShape, needs),
        "contraindications": gathered(CautionShape, cautions.order_by("order", "pk")),
        "sources": gathered(KeyShape, sources),
        "schedule": gathered(WeekShape, _weeks(person).filter(**here), {"sessions": steps}),
    }


def _plan_detail(rows: Rows, person: User) -> Rows:
    steps = _steps(person).select_related("exercise_type")
    steps = steps.prefetch_related(Prefetch("mechanisms", _mechanisms(person), to_attr="shown_mechanisms"))
    weeks = _weeks(person).prefetch_related(Prefetch("sessions", steps, to_attr="shown_sessions"))
    cautions = Contraindication.objects.visible_to(person).order_by("order", "pk")
    return rows.prefetch_related(
        Prefetch("week_set", weeks, to_attr="shown_weeks"),
        Prefetch("contraindications", cautions, to_attr="shown_contraindications"),
        Prefetch("citations", Citation.objects.visible_to(person).order_by("pk"), to_attr="shown_citations"),
        Prefetch("needs", Need.objects.visible_to(person).order_by("pk"), to_attr="shown_needs"),
    )


def _cues(person: User) -> Any:
    return Cue.objects.visible_to(person).order_by("weekday")


def _day_changes(person: User) -> Any:
    return DayChange.objects.visible_to(person).order_by("planned_on")


def _turns(person: User) -> Any:
    return Turn.objects.visible_to(person).order_by("taken_at", "pk")


def _parts_of_followed(person: User) -> Parts:
    here = {"enrollment": OuterRef("pk")}
    return {
        "cues": gathered(CueSerializer, _cues(person).filter(**here)),
        "day_changes": gathered(DayChangeSerializer, _day_changes(person).filter(**here)),
        "turns": gathered(TurnSerializer, _turns(person).filter(**here)),
    }


def _followed_detail(rows: Rows, person: User) -> list[Any]:
    """Bring the days and words too: nothing leads from a plan to them."""
    cues = Prefetch("cues", _cues(person), to_attr="shown_cues")
    followed: list[Any] = list(rows.select_related("template").prefetch_related(cues))
    for attribute, asked in (("shown_day_changes", _day_changes(person)), ("shown_turns", _turns(person))):
        found = defaultdict(list)
        for row in asked.filter(enrollment__in=followed):
            found[row.enrollment_id].append(row)
        for enrollment in followed:
            setattr(enrollment, attribute, found[enrollment.pk])
    return followed


class Rated(NamedTuple):
    """A mood as `SessionLog` shows it, without a row of its own: thousands of logs come at once."""

    moment: str
    value: int


class Words(NamedTuple):
    """What somebody thought of a log, likewise."""

    mastery: int | None
    pleasure: int | None
    note: str


def _logs(person: User, _today: date) -> Rows:
    return felt_joined(SessionLog.objects.all(), person)


def _with_felt(rows: Rows, _person: User) -> list[Any]:
    logs: list[Any] = list(rows.annotate(**FELT))
    for log in logs:
        moods = {"guess": log.guess, "before": log.mood_before, "after": log.mood_after}
        log.shown_moods = [Rated(moment, value) for moment, value in moods.items() if value is not None]
        log.shown_reflection = [] if log.note is None else [Words(log.mastery, log.pleasure, log.note)]
    return logs


PLAN_TEMPLATE = Kind(
    "plan_template",
    PlanTemplate,
    PlanTemplateShape,
    rows=_plans,
    lookup="slug",
    detail=_plan_detail,
    parts=_parts_of_plan,
)
ENROLLMENT = Kind(
    "enrollment",
    Enrollment,
    FollowedShape,
    detail=_followed_detail,
    parts=_parts_of_followed,
)
PAUSE = Kind(
    "pause",
    Pause,
    PauseSerializer,
    related=("enrollment",),
)
LOG = Kind(
    "log",
    SessionLog,
    LogSerializer,
    rows=_logs,
    related=("exercise_type", "enrollment", "session"),
    detail=_with_felt,
    made_from=FELT,
)
