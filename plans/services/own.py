"""A plan of one's own: making it, changing it, offering it to oneself, letting it go.

Every function finds the plan among the person's own, locks its row, and leaves the plan such that what can be
followed stays fit to be followed: a change that the gate refuses is not made.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, InvalidInput
from core.visibility import get_visible
from plans.drafts import PlanDraft, StepDraft, WeekDraft, check_plan, check_week
from plans.models import Enrollment, PlanTemplate, Session, SessionLog, Week
from plans.models.templates import PlanTemplateQuerySet, SessionQuerySet
from plans.services.gate import MAX_STEPS, MAX_WEEKS, require_ready, whole, with_weeks
from plans.services.own_steps import keep_words_of, let_go, localized, say, write_steps
from plans.services.publishing import publish

MOST_PLANS = 50  # of one person: more than anybody needs, and a bound


@transaction.atomic
def make_plan(*, person: User, draft: PlanDraft) -> PlanTemplate:
    """Make a plan of the person's own with what is written so far; it can be followed once the gate lets it."""
    check_plan(draft)
    require_room(person)
    plan = PlanTemplate(slug=new_slug(), owner=person)
    _say_facts(plan, draft)
    _count(plan, draft)
    plan.save()
    _write_weeks(plan, draft, person, {})
    return plan


@transaction.atomic
def write_facts(*, person: User, plan: PlanTemplate, draft: PlanDraft) -> PlanTemplate:
    """Change name, goal and growth; weeks stay."""
    check_plan(draft)
    locked = _own(person, plan)
    _say_facts(locked, draft)
    locked.save()
    return _checked(locked)


@transaction.atomic
def write_plan(*, person: User, plan: PlanTemplate, draft: PlanDraft) -> PlanTemplate:
    """Make the whole plan read as the draft; steps that the draft names by `pk` stay the same steps."""
    check_plan(draft)
    locked = _own(person, plan)
    _say_facts(locked, draft)
    _count(locked, draft)
    locked.save()
    _write_weeks(locked, draft, person, {week.number: week for week in locked.week_set.all()})
    return _checked(locked)


@transaction.atomic
def write_week(*, person: User, plan: PlanTemplate, number: int, draft: WeekDraft) -> PlanTemplate:
    """Make one week read as the draft."""
    locked = _own(person, plan)
    week = get_visible(Week.objects.all(), person, template=locked, number=number)
    _write_rows([(week, _told_apart(week, [draft])[0])], person)
    return _settled(locked)


@transaction.atomic
def add_week(*, person: User, plan: PlanTemplate) -> Week:
    """Add a week at the end that is like the last one, or empty when it is the first."""
    locked = _own(person, plan)
    weeks = list(locked.week_set.all())
    _check_weeks(len(weeks) + 1)
    week = Week.objects.create(template=locked, number=len(weeks) + 1)
    if weeks:
        steps = Session.objects.filter(week=weeks[-1]).select_related("exercise_type").prefetch_related("mechanisms")
        write_steps([(week, [draft_of(step) for step in steps])], person)
    _settled(locked)
    return week


@transaction.atomic
def remove_week(*, person: User, plan: PlanTemplate, number: int) -> PlanTemplate:
    """Take a week out; those after it move up."""
    locked = _own(person, plan)
    week = get_visible(Week.objects.all(), person, template=locked, number=number)
    keep_words_of(Session.objects.filter(week=week))
    week.delete()
    _number_weeks(locked)
    return _settled(locked)


@transaction.atomic
def open_plan(*, person: User, plan: PlanTemplate) -> PlanTemplate:
    """Let the person follow it, or raise NotReady with everything that it lacks."""
    return publish(get_visible(with_weeks(_locking(person)), person, pk=plan.pk))


@transaction.atomic
def close_plan(*, person: User, plan: PlanTemplate) -> PlanTemplate:
    """Make it a draft again, so that it may be rebuilt. Not while it is followed."""
    locked = _own(person, plan)
    if Enrollment.objects.active().filter(template=locked).exists():
        raise DomainError("followed", _("You follow this plan. Put it away first, then it can be a draft again."))
    PlanTemplate.objects.filter(pk=locked.pk).update(is_published=False)
    return locked


@transaction.atomic
def remove_plan(*, person: User, plan: PlanTemplate) -> None:
    """Remove the plan for good, and with it that it was followed. What was done stays, with kind, minutes and title."""
    locked = _own(person, plan)
    keep_words_of(Session.objects.filter(week__template=locked))
    followed = Enrollment.objects.filter(template=locked)
    SessionLog.objects.filter(enrollment__in=followed).update(enrollment=None)
    followed.delete()
    locked.delete()


@transaction.atomic
def remove_plans_of(person: User, _now: datetime) -> None:
    """Let go of the plans of somebody who goes for good, which were followed by nobody but them: others have copies."""
    Enrollment.objects.filter(Q(person=person) | Q(template__owner=person)).delete()
    PlanTemplate.objects.filter(owner=person).delete()


def require_room(person: User) -> None:
    if PlanTemplate.objects.owned_by(person).count() >= MOST_PLANS:
        raise DomainError(
            "too_many", _("You have %(most)d plans of your own. Remove one first.") % {"most": MOST_PLANS}
        )


def new_slug() -> str:
    """Return an address that says nothing: addresses are unique among everybody's plans."""
    return f"own-{uuid4().hex}"


def draft_of(step: Session) -> StepDraft:
    """Return the step as it is, as a new one."""
    names = ("minutes", "intensity", "title", "instruction", "floor", "floor_minutes", "amount", "unit")
    values: dict[str, Any] = {name: getattr(step, name) for name in names}
    for name in ("title", "instruction", "floor"):
        values[name] = values[name] or ""
    return StepDraft(exercise_type=step.exercise_type, mechanisms=list(step.mechanisms.all()), **values)


def _own(person: User, plan: PlanTemplate) -> PlanTemplate:
    """Return the plan's row, locked; somebody else's is a 404."""
    return get_visible(_locking(person), person, pk=plan.pk)


def _locking(person: User) -> PlanTemplateQuerySet:
    """Return the person's own plans, locked when they are read."""
    return PlanTemplate.objects.owned_by(person).select_for_update(of=("self",))


def _say_facts(plan: PlanTemplate, draft: PlanDraft) -> None:
    say(plan, "title", draft.title)
    say(plan, "goal", draft.goal)
    plan.growth = draft.growth


def _write_weeks(plan: PlanTemplate, draft: PlanDraft, person: User, rows: dict[int, Week]) -> None:
    """Make the plan's weeks read as the draft; `rows`: those that it has, by their number."""
    _check_weeks(len(draft.weeks))
    weeks = _told_apart(plan, draft.weeks)
    numbered = [
        (rows.pop(n) if n in rows else Week(template=plan, number=n), week) for n, week in enumerate(weeks, start=1)
    ]
    _write_rows(numbered, person, where="week_set.{}.")
    if rows:
        let_go(list(Session.objects.filter(week__in=rows.values())))
        Week.objects.filter(pk__in=[week.pk for week in rows.values()]).delete()


def _told_apart(where: PlanTemplate | Week, weeks: Sequence[WeekDraft]) -> list[WeekDraft]:
    """Make new what names no step of this plan or week, or one that was named before."""
    if not any(step.pk for week in weeks for step in week.steps):
        return list(weeks)
    rows = Session.objects.filter(week=where) if isinstance(where, Week) else _steps_of(where)
    known = set(rows.values_list("pk", flat=True))
    found = []
    for week in weeks:
        steps: list[StepDraft] = []
        for step in week.steps:
            steps.append(step if step.pk in known else replace(step, pk=None))
            known.discard(step.pk or 0)
        found.append(replace(week, steps=steps))
    return found


def _write_rows(weeks: Sequence[tuple[Week, WeekDraft]], person: User, *, where: str = "") -> None:
    """Make weeks of one plan, new ones among them, read as their drafts; `where` names a week by its number."""
    for week, draft in weeks:
        at = where.format(week.number)
        check_week(draft, at)
        if len(draft.steps) > MAX_STEPS:
            message = _("A week has at most %(most)d steps.") % {"most": MAX_STEPS}
            raise InvalidInput("too_many", message, field=f"{at}sessions")
        if week.pk or draft.focus.strip():
            say(week, "focus", draft.focus)
    rows: Any = Week.objects.all()
    new = [week for week, _draft in weeks if week.pk is None]
    changed = [week for week, _draft in weeks if week.pk is not None]
    rows.rewrite(mode=False).bulk_update(changed, ["focus", *localized("focus")])
    rows.bulk_create(new)
    write_steps([(week, draft.steps) for week, draft in weeks], person, are_new=not changed)


def _check_weeks(count: int) -> None:
    if count > MAX_WEEKS:
        raise InvalidInput("too_many", _("A plan has at most %(most)d weeks.") % {"most": MAX_WEEKS}, field="weeks")


def _number_weeks(plan: PlanTemplate) -> None:
    for number, week in enumerate(Week.objects.filter(template=plan).order_by("number"), start=1):
        if week.number != number:
            Week.objects.filter(pk=week.pk).update(number=number)


def _steps_of(plan: PlanTemplate) -> SessionQuerySet:
    return Session.objects.filter(week__template=plan)


def _count(plan: PlanTemplate, draft: PlanDraft) -> None:
    """Say in the plan's own row how many weeks there are, and how many steps they have."""
    _say_counts(plan, [len(week.steps) for week in draft.weeks])


def _say_counts(plan: PlanTemplate, steps: Sequence[int]) -> None:
    plan.weeks, plan.sessions_min, plan.sessions_max = len(steps), min(steps, default=0), max(steps, default=0)


def _settled(plan: PlanTemplate) -> PlanTemplate:
    """Count the plan's weeks and steps as they are now, and let it through the gate again."""
    weeks = Week.objects.filter(template=plan).annotate(steps=Count("sessions"))
    _say_counts(plan, list(weeks.values_list("steps", flat=True)))
    plan.save(update_fields=["weeks", "sessions_min", "sessions_max"])
    return _checked(plan)


def _checked(plan: PlanTemplate) -> PlanTemplate:
    if plan.is_published:
        require_ready(whole(plan))
    return plan
