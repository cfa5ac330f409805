"""What tests about plans of one's own start from."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from library.models import Emphasis
from plans.drafts import PlanDraft, StepDraft, WeekDraft
from plans.models import PlanTemplate
from plans.services.own import draft_of, make_plan, open_plan
from plans.written import bring_written
from tests.plans.kit import make_mechanism, make_type


def kind(slug: str = "walking") -> Any:
    """Return an exercise type that emphasises one mechanism above another."""
    found = make_type(slug)
    for weight, name in enumerate(["sleep", "nature", "behavioural-activation"], start=1):
        values = {"weight": weight, "basis": "evidence"}
        Emphasis.objects.get_or_create(exercise_type=found, mechanism=make_mechanism(name), defaults=values)
    return found


def step(title: str = "To the mill", minutes: int = 12, **fields: Any) -> StepDraft:
    chosen = fields.pop("exercise_type", None) or kind()
    values = {"exercise_type": chosen, "intensity": "light", "floor": "To the gate."}
    return StepDraft(minutes=minutes, title=title, **{**values, **fields})


def draft(title: str = "Mill path", weeks: int = 2, **fields: Any) -> PlanDraft:
    return PlanDraft(title=title, weeks=[WeekDraft([step(), step("To the weir")]) for _ in range(weeks)], **fields)


def own_plan(person: User, title: str = "Mill path", *, is_open: bool = True, weeks: int = 2) -> PlanTemplate:
    made = make_plan(person=person, draft=draft(title, weeks))
    if is_open:
        open_plan(person=person, slug=made.slug)
    made.refresh_from_db()
    return made


def as_it_is(plan: PlanTemplate) -> list[list[StepDraft]]:
    """Return the steps of each week as drafts that name them."""
    found = bring_written(PlanTemplate.objects.get(pk=plan.pk), AnonymousUser())
    return [[replace(draft_of(row), pk=row.pk) for row in week.shown_sessions] for week in found.shown_weeks]
