"""A plan of one's own: making it, changing it, offering it to oneself, letting it go.

Every function finds the plan among the person's own, locks its row, and leaves the plan such that what can be
followed stays fit to be followed: a change that the gate refuses is not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, InvalidInput
from core.held import was_held
from core.visibility import get_visible
from plans.drafts import PlanDraft, StepDraft, WeekDraft, check_plan, check_week
from plans.models import Enrollment, PlanTemplate, Session, Week
from plans.models.templates import PlanTemplateQuerySet, schedule_for
from plans.services.gate import MAX_STEPS, MAX_WEEKS, require_ready, whole
from plans.services.own_steps import keep_words_of, lay_out, localized, say
from plans.services.publishing import publish

MOST_PLANS = 50  # of one person: more than anybody needs, and a bound


@transaction.atomic
def make_plan(*, person: User, draft: PlanDraft, is_ready: bool = False) -> PlanTemplate:
    """Make a plan of the person's own with what is written so far. `is_ready`: to be followed at once, or NotReady."""
    check_plan(draft)
    require_room(person)
    plan = PlanTemplate(slug=new_slug(), owner=person, is_published=is_ready)
    _say_facts(plan, draft)
    _write(plan, draft, person)
    return plan


@transaction.atomic
def write_facts(*, person: User, slug: str, draft: PlanDraft) -> PlanTemplate:
    """Change name, goal and growth; weeks stay."""
    check_plan(draft)
    locked = _own(person, slug)
    _say_facts(locked, draft)
    locked.save()
    return _checked(locked)


@transaction.atomic
def write_plan(*, person: User, slug: str, draft: PlanDraft, read: PlanTemplate | None = None) -> PlanTemplate:
    """Make the whole plan read as the draft; steps that the draft names by `pk` stay the same steps.

    `read`: the plan, where the caller holds it.
    """
    check_plan(draft)
    locked = _own(person, slug, read)
    weeks = list(locked.week_set.all())
    _say_facts(locked, draft)
    _write(locked, draft, person, weeks=weeks, steps=Session.objects.filter(week__in=weeks).held())
    return locked


@transaction.atomic
def write_week(*, person: User, slug: str, number: int, draft: WeekDraft) -> PlanTemplate:
    """Make one week read as the draft."""
    locked = _own(person, slug)
    week = get_visible(Week.objects.all(), person, template=locked, number=number)
    is_changed = _say_week(week, draft)
    laid = lay_out([(week, draft.steps)], person, there=Session.objects.filter(week=week).held())
    _write_weeks([week] if is_changed else [])
    laid.write()
    return _settled(locked)


@transaction.atomic
def add_week(*, person: User, slug: str) -> Week:
    """Add a week at the end that is like the last one, or empty when it is the first."""
    locked = _own(person, slug)
    weeks = list(locked.week_set.all())
    _check_weeks(len(weeks) + 1)
    week = Week.objects.create(template=locked, number=len(weeks) + 1)
    if weeks:
        steps = Session.objects.filter(week=weeks[-1]).select_related("exercise_type")
        like = [draft_of(step) for step in steps.prefetch_related("mechanisms__domain")]
        lay_out([(week, like)], person).write()
    _settled(locked)
    return week


@transaction.atomic
def remove_week(*, person: User, slug: str, number: int) -> PlanTemplate:
    """Take a week out; those after it move up."""
    locked = _own(person, slug)
    week = get_visible(Week.objects.all(), person, template=locked, number=number)
    keep_words_of(Session.objects.filter(week=week).held())
    week.delete()
    _number_weeks(locked)
    return _settled(locked)


@transaction.atomic
def open_plan(*, person: User, slug: str) -> PlanTemplate:
    """Let the person follow it, or raise NotReady with everything that it lacks."""
    return publish(get_visible(_locking(person).prefetch_related(schedule_for(person)), person, slug=slug))


@transaction.atomic
def close_plan(*, person: User, slug: str) -> PlanTemplate:
    """Make it a draft again, so that it may be rebuilt. Not while it is followed."""
    locked = _own(person, slug)
    if Enrollment.objects.active().filter(template=locked).exists():
        raise DomainError("followed", _("You follow this plan. Put it away first, then it can be a draft again."))
    locked.is_published = False
    locked.save(update_fields=["is_published"])
    return locked


@transaction.atomic
def remove_plan(*, person: User, slug: str, read: PlanTemplate | None = None) -> None:
    """Remove the plan for good, and with it that it was followed. What was done stays, with kind, minutes and title.

    `read`: the plan, where the caller holds it.
    """
    locked = _own(person, slug, read)
    keep_words_of(Session.objects.filter(week__template=locked).held())
    _let_go_of(Enrollment.objects.filter(template=locked))
    locked.delete()


@transaction.atomic
def remove_plans_of(person: User, _now: datetime) -> None:
    """Let go of the plans of somebody who goes for good, which were followed by nobody but them: others have copies."""
    list(Session.objects.filter(week__template__owner=person).held())  # before what is followed, as above
    _let_go_of(Enrollment.objects.filter(Q(person=person) | Q(template__owner=person)))
    PlanTemplate.objects.filter(owner=person).delete()


def _let_go_of(followed: QuerySet[Enrollment]) -> None:
    """Delete what is followed, locked before what hangs on it: nothing is hung on it meanwhile."""
    keys = [one.pk for one in followed.order_by("pk").select_for_update(of=("self",))]
    if keys:
        Enrollment.objects.filter(pk__in=keys).delete()


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


def _own(person: User, slug: str, read: PlanTemplate | None = None) -> PlanTemplate:
    """Return the plan's row, looked up and locked in one, unless it is held; somebody else's is a 404."""
    return read if read is not None and was_held(read) else get_visible(_locking(person), person, slug=slug)


def _locking(person: User) -> PlanTemplateQuerySet:
    """Return the person's own plans, locked when they are read."""
    return PlanTemplate.objects.owned_by(person).select_for_update(of=("self",))


def _say_facts(plan: PlanTemplate, draft: PlanDraft) -> None:
    say(plan, "title", draft.title)
    say(plan, "goal", draft.goal)
    plan.growth = draft.growth


def _write(
    plan: PlanTemplate, draft: PlanDraft, person: User, *, weeks: Sequence[Week] = (), steps: Iterable[Session] = ()
) -> None:
    """Make the whole plan read as the draft; `weeks` and `steps` are those that it has.

    All is set first, and goes through the gate as it will be. So the plan is shown from what is at hand, too.
    """
    _check_weeks(len(draft.weeks))
    rows = {week.number: week for week in weeks}
    plan.shown_weeks = [
        rows.pop(n) if n in rows else Week(template=plan, number=n) for n in range(1, len(draft.weeks) + 1)
    ]
    pairs = list(zip(plan.shown_weeks, draft.weeks, strict=True))
    changed = [week for week, said in pairs if _say_week(week, said, f"week_set.{week.number}.")]
    laid = lay_out([(week, said.steps) for week, said in pairs], person, there=steps)
    _say_counts(plan, [len(said.steps) for said in draft.weeks])
    if plan.is_published:
        require_ready(plan)
    plan.save()
    _write_weeks(changed)
    laid.write()
    if rows:
        Week.objects.filter(pk__in=[week.pk for week in rows.values()]).delete()


def _say_week(week: Week, draft: WeekDraft, where: str = "") -> bool:
    """Set the week's own words; return whether the week is to be written."""
    check_week(draft, where)
    if len(draft.steps) > MAX_STEPS:
        message = _("A week has at most %(most)d steps.") % {"most": MAX_STEPS}
        raise InvalidInput("too_many", message, field=f"{where}sessions")
    is_said = bool(week.pk or draft.focus.strip()) and say(week, "focus", draft.focus)
    return is_said or week.pk is None


def _write_weeks(weeks: Sequence[Week]) -> None:
    """Write weeks that are new or changed, in a statement each."""
    rows: Any = Week.objects.all()
    changed, new = [week for week in weeks if week.pk is not None], [week for week in weeks if week.pk is None]
    rows.rewrite(mode=False).bulk_update(changed, ["focus", *localized("focus")])
    rows.bulk_create(new)


def _check_weeks(count: int) -> None:
    if count > MAX_WEEKS:
        raise InvalidInput("too_many", _("A plan has at most %(most)d weeks.") % {"most": MAX_WEEKS}, field="weeks")


def _number_weeks(plan: PlanTemplate) -> None:
    for number, week in enumerate(Week.objects.filter(template=plan).order_by("number"), start=1):
        if week.number != number:
            Week.objects.filter(pk=week.pk).update(number=number)


def _say_counts(plan: PlanTemplate, steps: Sequence[int]) -> None:
    """Say in the plan's own row how many weeks there are, and how many steps they have."""
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
