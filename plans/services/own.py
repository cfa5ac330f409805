"""A plan of one's own: making it, changing it, offering it to oneself, letting it go.

Every function finds the plan among the person's own, locks its row, and leaves the plan such that what can be
followed stays fit to be followed: a change that the gate refuses is not made.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, InvalidInput
from core.held import was_held
from core.visibility import get_visible
from library.models import Mechanism
from plans.drafts import PlanDraft, StepDraft, WeekDraft, check_plan, check_week
from plans.models import Enrollment, PlanTemplate, Session, Week
from plans.models.templates import PlanTemplateQuerySet
from plans.services.gate import MAX_STEPS, MAX_WEEKS, require_ready
from plans.services.own_steps import OUT_OF_THE_WAY, keep_words_of, lay_out, localized, say
from plans.services.publishing import publish
from plans.written import bring_written

MOST_PLANS = 50  # of one person: more than anybody needs, and a bound


@transaction.atomic
def make_plan(*, person: User, draft: PlanDraft, is_ready: bool = False) -> PlanTemplate:
    """Make a plan of the person's own with what is written so far. `is_ready`: to be followed at once, or NotReady."""
    check_plan(draft)
    require_room(PlanTemplate.objects.owned_by(person).count())
    plan = PlanTemplate(slug=new_slug(), owner=person, is_published=is_ready)
    plan.shown_weeks = []
    _write_whole(plan, draft, person)
    return plan


@transaction.atomic
def write_facts(*, person: User, slug: str, draft: PlanDraft) -> PlanTemplate:
    """Change name, goal and growth; weeks stay."""
    check_plan(draft)
    plan = _own(person, slug)
    if _say_facts(plan, draft):
        plan.save()
    if plan.is_published:
        require_ready(bring_written(plan, person))
    return plan


@transaction.atomic
def write_plan(*, person: User, slug: str, draft: PlanDraft, read: PlanTemplate | None = None) -> PlanTemplate:
    """Make the whole plan read as the draft; steps that the draft names by `pk` stay the same steps.

    `read`: the plan, where the caller holds it.
    """
    check_plan(draft)
    plan = _own(person, slug, read)
    if "shown_weeks" not in vars(plan):  # it was not shown to the caller under its lock
        bring_written(plan, person)
    _write_whole(plan, draft, person)
    return plan


@transaction.atomic
def write_week(*, person: User, slug: str, number: int, draft: WeekDraft) -> PlanTemplate:
    """Make one week read as the draft."""
    _check_week(draft)
    plan = bring_written(_own(person, slug), person)
    _write(plan, [(_week_of(plan, number), draft)], person)
    return plan


@transaction.atomic
def add_week(*, person: User, slug: str) -> Week:
    """Add a week at the end that is like the last one, or empty when it is the first."""
    plan = bring_written(_own(person, slug), person)
    weeks = plan.shown_weeks
    _check_weeks(len(weeks) + 1)
    like = _like(weeks[-1].shown_sessions) if weeks else []
    week = Week(template=plan, number=len(weeks) + 1)
    weeks.append(week)
    _write(plan, [(week, WeekDraft(like))], person)
    return week


@transaction.atomic
def remove_week(*, person: User, slug: str, number: int) -> PlanTemplate:
    """Take a week out; those after it move up, so that none is missing between any two."""
    plan = bring_written(_own(person, slug), person)
    week = _week_of(plan, number)
    plan.shown_weeks.remove(week)
    moved = [one for place, one in enumerate(plan.shown_weeks, start=1) if one.number != place]
    for place, one in enumerate(plan.shown_weeks, start=1):
        one.number = place
    _write(plan, [], person, gone=[week])
    if moved:
        Week.objects.filter(pk__in=[one.pk for one in moved]).update(number=F("number") + OUT_OF_THE_WAY)
        Week.objects.bulk_update(moved, ["number"])
    return plan


@transaction.atomic
def open_plan(*, person: User, slug: str) -> PlanTemplate:
    """Let the person follow it, or raise NotReady with everything that it lacks."""
    return publish(bring_written(_own(person, slug), person))


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
    keep_words_of(_steps_of(locked))
    _let_go_of(Enrollment.objects.filter(template=locked))
    locked.delete()


@transaction.atomic
def remove_plans_of(person: User, _now: datetime) -> None:
    """Let go of the plans of somebody who goes for good, which were followed by nobody but them: others have copies."""
    list(_locking(person).order_by("pk"))  # before what is followed, as above
    _let_go_of(Enrollment.objects.filter(Q(person=person) | Q(template__owner=person)))
    PlanTemplate.objects.filter(owner=person).delete()


def _let_go_of(followed: QuerySet[Enrollment]) -> None:
    """Delete what is followed, locked before what hangs on it: nothing is hung on it meanwhile."""
    keys = [one.pk for one in followed.order_by("pk").select_for_update(of=("self",))]
    if keys:
        Enrollment.objects.filter(pk__in=keys).delete()


def require_room(plans: int) -> None:
    """Raise DomainError for who has so many plans of their own that there is room for no other."""
    if plans >= MOST_PLANS:
        raise DomainError(
            "too_many", _("You have %(most)d plans of your own. Remove one first.") % {"most": MOST_PLANS}
        )


def new_slug() -> str:
    """Return an address that says nothing: addresses are unique among everybody's plans."""
    return f"own-{uuid4().hex}"


def draft_of(step: Session) -> StepDraft:
    """Return the step, which came with its reasons, as it is and as a new one."""
    names = ("minutes", "intensity", "title", "instruction", "floor", "floor_minutes", "amount", "unit")
    values: dict[str, Any] = {name: getattr(step, name) for name in names}
    for name in ("title", "instruction", "floor"):
        values[name] = values[name] or ""
    return StepDraft(exercise_type=step.exercise_type, mechanisms=step.shown_mechanisms, **values)


def _like(steps: Sequence[Session]) -> list[StepDraft]:
    """Return steps as they are and as new ones, with the reasons that nobody may read too: the gate counts them."""
    is_all_read = all(len(step.reason_links) == len(step.shown_mechanisms) for step in steps)
    keys = {key for step in steps for key in step.reason_links}
    known = {} if is_all_read else Mechanism.objects.select_related("domain").in_bulk(keys)
    return [
        replace(draft_of(step), mechanisms=[known[key] for key in step.reason_links]) if known else draft_of(step)
        for step in steps
    ]


def _own(person: User, slug: str, read: PlanTemplate | None = None) -> PlanTemplate:
    """Return the plan's row, looked up and locked in one, unless it is held; somebody else's is a 404."""
    return read if read is not None and was_held(read) else get_visible(_locking(person), person, slug=slug)


def _steps_of(plan: PlanTemplate) -> Iterable[Session]:
    """Return the steps of a locked plan: they are at hand where it was shown to the caller."""
    if "shown_weeks" in vars(plan):
        return [step for week in plan.shown_weeks for step in week.shown_sessions]
    return Session.objects.filter(week__template=plan)


def _week_of(plan: PlanTemplate, number: int) -> Week:
    """Return a week of a plan that came with what is written in it, or raise 404."""
    for week in plan.shown_weeks:
        if week.number == number:
            return week
    raise Http404


def _locking(person: User) -> PlanTemplateQuerySet:
    """Return the person's own plans, locked when they are read."""
    return PlanTemplate.objects.owned_by(person).select_for_update(of=("self",))


def _say_facts(plan: PlanTemplate, draft: PlanDraft) -> bool:
    """Set what is said of the whole plan; return whether anything of it is new."""
    is_said = [say(plan, name, getattr(draft, name)) for name in ("title", "goal")]
    is_grown, plan.growth = plan.growth != draft.growth, draft.growth
    return is_grown or any(is_said)


def _write_whole(plan: PlanTemplate, draft: PlanDraft, person: User) -> None:
    """Make a plan, whose weeks are at hand, read as the draft."""
    _check_weeks(len(draft.weeks))
    rows = {week.number: week for week in plan.shown_weeks}
    numbers = range(1, len(draft.weeks) + 1)
    plan.shown_weeks = [rows.pop(n) if n in rows else Week(template=plan, number=n) for n in numbers]
    for number, week in enumerate(draft.weeks, start=1):
        _check_week(week, f"week_set.{number}.")
    is_said = _say_facts(plan, draft)
    said = list(zip(plan.shown_weeks, draft.weeks, strict=True))
    _write(plan, said, person, gone=list(rows.values()), is_said=is_said)


def _write(
    plan: PlanTemplate,
    said: Sequence[tuple[Week, WeekDraft]],
    person: User,
    *,
    gone: Sequence[Week] = (),
    is_said: bool = False,
) -> None:
    """Make these weeks of a plan read as their drafts; `gone` are no longer among its weeks. `is_said`: its row is new.

    All is set first, and goes through the gate as it will be. So the plan is shown from what is at hand, too, and only
    what differs is written.
    """
    there = [
        step for week in (*(week for week, _draft in said), *gone) for step in vars(week).get("shown_sessions", ())
    ]
    changed = [week for week, draft in said if _say_week(week, draft)]
    laid = lay_out([(week, draft.steps) for week, draft in said], person, there=there)
    is_counted = _say_counts(plan, [len(week.shown_sessions) for week in plan.shown_weeks])
    if plan.is_published:
        require_ready(plan)
    if plan.pk is None or is_said or is_counted:
        plan.save()
    _write_weeks(changed)
    laid.write()
    if gone:
        Week.objects.filter(pk__in=[week.pk for week in gone]).delete()


def _check_week(draft: WeekDraft, where: str = "") -> None:
    check_week(draft, where)
    if len(draft.steps) > MAX_STEPS:
        message = _("A week has at most %(most)d steps.") % {"most": MAX_STEPS}
        raise InvalidInput("too_many", message, field=f"{where}sessions")


def _say_week(week: Week, draft: WeekDraft) -> bool:
    """Set the week's own words; return whether the week is to be written."""
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


def _say_counts(plan: PlanTemplate, steps: Sequence[int]) -> bool:
    """Say in the plan's own row how many weeks there are, and how many steps they have; return whether that is new."""
    before = plan.weeks, plan.sessions_min, plan.sessions_max
    plan.weeks, plan.sessions_min, plan.sessions_max = now = (len(steps), min(steps, default=0), max(steps, default=0))
    return now != before
