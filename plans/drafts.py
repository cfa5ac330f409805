"""What a person writes into a plan of their own, before it is kept. No database here beyond the rows it names."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from core.errors import InvalidInput
from library.models import ExerciseType, Mechanism
from plans.models.templates import Growth, Intensity

MAX_MINUTES, MAX_FLOOR = 600, 10
USUAL_FLOOR = 5  # minutes, when nobody said
LIMITS = {"title": 80, "instruction": 2000, "floor": 500, "focus": 160}
PLAN_LIMITS = {"title": 120, "goal": 1000}


@dataclass(frozen=True)
class StepDraft:
    """One step. `pk` names the step that it changes; None: a new one. Without reasons: the kind's strongest."""

    exercise_type: ExerciseType
    minutes: int
    intensity: str
    title: str = ""
    instruction: str = ""
    floor: str = ""
    floor_minutes: int | None = None
    mechanisms: Sequence[Mechanism] = ()
    amount: Decimal | None = None
    unit: str = ""
    pk: int | None = None

    @property
    def small_minutes(self) -> int:
        return self.floor_minutes or min(USUAL_FLOOR, self.minutes)


@dataclass(frozen=True)
class WeekDraft:
    steps: Sequence[StepDraft]
    focus: str = ""


@dataclass(frozen=True)
class PlanDraft:
    title: str
    goal: str = ""
    growth: str = Growth.WALKING
    weeks: Sequence[WeekDraft] = ()


def check_plan(draft: PlanDraft) -> None:
    """Raise InvalidInput on the first text or choice that cannot be kept."""
    if not draft.title.strip():
        raise InvalidInput("empty", _("A few words are enough."), field="title")
    for name, limit in PLAN_LIMITS.items():
        _check_length(getattr(draft, name), limit, name)
    if draft.growth not in Growth.values:
        raise InvalidInput("choice", _("This is not one of the choices."), field="growth")


def check_week(week: WeekDraft, where: str = "") -> None:
    _check_length(week.focus, LIMITS["focus"], f"{where}focus")
    for number, step in enumerate(week.steps, start=1):
        check_step(step, f"{where}sessions.{number}.")


def check_step(step: StepDraft, where: str = "") -> None:
    if not 1 <= step.minutes <= MAX_MINUTES:
        message = _("Between 1 and %(most)d minutes.") % {"most": MAX_MINUTES}
        raise InvalidInput("minutes", message, field=f"{where}minutes")
    if not 1 <= step.small_minutes <= min(MAX_FLOOR, step.minutes):
        message = _("The small version has at most %(most)d minutes, and never more than the step.")
        raise InvalidInput("floor", message % {"most": MAX_FLOOR}, field=f"{where}floor_minutes")
    if step.intensity not in Intensity.values:
        raise InvalidInput("choice", _("This is not one of the choices."), field=f"{where}intensity")
    for name in ("title", "instruction", "floor"):
        _check_length(getattr(step, name), LIMITS[name], where + name)


def _check_length(text: str, limit: int, field: str) -> None:
    if len(text.strip()) > limit:
        raise InvalidInput("long", _("Please keep it under %(limit)d characters.") % {"limit": limit}, field=field)
