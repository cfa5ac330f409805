"""A plan of one's own that began as another: copied to be changed, or followed from somebody who shared it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, NotPermitted
from core.held import hold, was_held
from core.visibility import get_still
from plans.models import Contraindication, Enrollment, PlanTemplate, Readiness, Session, Week
from plans.models.following import EnrollmentQuerySet
from plans.models.templates import Intensity, PlanTemplateQuerySet
from plans.services.gate import lacks
from plans.services.own import new_slug, require_room
from plans.services.own_steps import keep_steps, localized, set_reasons
from plans.services.readiness import check_readiness, require_answer
from plans.written import show_written, with_written

NUMBERS = (
    *("weeks", "sessions_min", "sessions_max", "duration_days", "check_in_scale", "check_in_weeks", "growth"),
    *("move_on_percent", "small_after_days", "repeat_after_days", "back_after_days", "restart_after_days"),
)
TEXTS = ("title", "goal", "audience", "progression_rule", "gap_rule")  # what is said of sources stays with them
OF_STEP = (*("number", "minutes", "intensity", "floor_minutes", "day", "met_code", "amount", "unit"),)


def find_to_copy(person: User, **lookup: Any) -> PlanTemplate:
    """Return a plan that the person can see, as `copy_plan` wants it, or raise DoesNotExist.

    Somebody's own is looked up and locked in one. One of the editors is locked for no copy, and comes with all of it.
    """
    plans = PlanTemplate.objects.visible_to(person)
    own = _held_of_people(plans).filter(**lookup).first()
    if own is not None:
        return hold(own)
    found: PlanTemplate = _bringing(plans.by_editors(), person).get(**lookup)
    _have_at_hand(found, found)
    return found


def find_to_follow(person: User, **lookup: Any) -> PlanTemplate:
    """Return a plan that the person can see, as `follow_plan` wants it, or raise DoesNotExist.

    Somebody's own is looked up and locked in one, since others follow a copy of it. One of the editors is not locked.
    """
    plans = PlanTemplate.objects.visible_to(person)
    own = _held_of_people(plans).filter(**lookup).first()
    return hold(own) if own is not None else plans.by_editors().get(**lookup)


def find_to_change(person: User, **lookup: Any) -> Enrollment:
    """Return what the person follows as `change_followed` wants it, looked up and locked, or raise DoesNotExist."""
    return hold(_locked_with_plan(Enrollment.objects.visible_to(person).filter(**lookup), person))


@transaction.atomic
def copy_plan(*, person: User, template: PlanTemplate) -> PlanTemplate:
    """Return a draft of the person's own that reads like `template`, which they can see."""
    return _copied(template, person)


def _copied(template: PlanTemplate, person: User, *, is_opened: bool = False) -> PlanTemplate:
    template = _as_it_is(template)
    if "own_plans" not in vars(template):
        here = PlanTemplate.objects.filter(pk=template.pk).only("pk")
        _have_at_hand(template, get_still(_bringing(here, person), template))
    return _write_copy(template, person, is_opened=is_opened)


def _write_copy(template: PlanTemplate, person: User, *, is_opened: bool) -> PlanTemplate:
    """Write and return the copy, with its weeks at hand as they are shown. `is_opened`: if the gate lets it."""
    require_room(vars(template).pop("own_plans"))  # once: whoever copies it again asks again
    copy = PlanTemplate(slug=new_slug(), owner=person, copied_from=template)
    _take(template, copy, NUMBERS, TEXTS)
    copy.shown_weeks = [_week_like(week, copy) for week in template.shown_weeks]
    copy.is_published = is_opened and not any(lacks(copy))
    copy.save()
    Contraindication.objects.bulk_create(_caution_like(caution, copy) for caution in template.shown_contraindications)
    Week.objects.bulk_create(copy.shown_weeks)
    origins, steps = ([step for week in plan.shown_weeks for step in week.shown_sessions] for plan in (template, copy))
    keep_steps(steps)
    set_reasons((step, origin.reason_links) for step, origin in zip(steps, origins, strict=True))
    return copy


@transaction.atomic
def change_followed(*, person: User, enrollment: Enrollment) -> PlanTemplate:
    """Let the person change the plan they follow: from now on they follow a copy of their own.

    Logs stay as they are. A step of the copy knows the step it came from, so what was done of it is done.
    """
    if enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    locked = enrollment if was_held(enrollment) else _still_followed(enrollment, person)
    if not locked.is_active:
        raise DomainError("ended", _("You have put this plan away."))
    if locked.template.owner_id == person.pk:
        return locked.template
    copy = _copied(locked.template, person, is_opened=True)
    locked.template = copy
    locked.save(update_fields=["template"])
    return copy


def to_follow(template: PlanTemplate, *, person: User, has_asked: bool) -> PlanTemplate:
    """Return what the person follows when they follow `template`: a copy of their own of somebody else's plan.

    So they keep it as it was, whatever its owner does with theirs; and what is asked before a vigorous plan
    (`check_readiness`) is asked of what they keep. The caller has opened a transaction.
    """
    if template.owner_id in {None, person.pk}:
        check_readiness(person=person, template=template, has_asked=has_asked)
        return template
    template = _as_it_is(template)
    here = PlanTemplate.objects.filter(pk=template.pk).only("pk")
    own = Enrollment.objects.active().filter(person=person, template__owner=person)
    copies = own.filter(template__copied_from=OuterRef("pk"))
    answers = Readiness.objects.visible_to(person).values("asks_first")
    knowing = _bringing(here, person).annotate(is_followed=Exists(copies), asks_first=Subquery(answers))
    brought = get_still(knowing, template)
    _have_at_hand(template, brought)
    if any(step.intensity == Intensity.VIGOROUS for week in template.shown_weeks for step in week.shown_sessions):
        require_answer(asks_first=brought.asks_first, has_asked=has_asked)
    if brought.is_followed:
        raise DomainError("already_following", _("You already follow this plan."))
    return _write_copy(template, person, is_opened=True)


def _as_it_is(template: PlanTemplate) -> PlanTemplate:
    """Return it locked as it is now, where it is somebody's own."""
    if template.owner_id is None or was_held(template):
        return template
    return get_still(_held_of_people(PlanTemplate.objects.all()), template)


def _held_of_people(plans: PlanTemplateQuerySet) -> PlanTemplateQuerySet:
    """Lock plans of people's own when they are read: their owner may be writing them, and each waits for the other."""
    return plans.filter(owner__isnull=False).select_for_update(no_key=True, of=("self",))


def _locked_with_plan(followed: EnrollmentQuerySet, person: User) -> Enrollment:
    """Return the one that is followed, locked, with its plan and all that is written in it, or raise DoesNotExist.

    Who waited while it got another plan finds it no more where it is joined to that of before, and looks for it alone.
    """
    alone = followed.select_for_update(of=("self",))
    try:
        found: Enrollment = _bringing(alone.select_related("template"), person, plan="template_id").get()
    except ObjectDoesNotExist:
        return alone.get()
    _have_at_hand(found.template, found)
    return found


def _still_followed(enrollment: Enrollment, person: User) -> Enrollment:
    """Return it as it is now, or raise 404 where it went."""
    try:
        return _locked_with_plan(Enrollment.objects.filter(pk=enrollment.pk), person)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def _bringing(rows: QuerySet[Any], person: User, *, plan: str = "pk") -> Any:
    """Bring what a copy by this person needs to know: what is written in the plan, and how many plans they have."""
    mine = PlanTemplate.objects.owned_by(person).order_by().values("owner").annotate(count=Count("pk")).values("count")
    return with_written(rows, person, plan=plan).annotate(own_plans=Coalesce(Subquery(mine), 0))


def _have_at_hand(plan: PlanTemplate, brought: Any) -> None:
    show_written(plan, brought)
    plan.own_plans = vars(brought).pop("own_plans")


def _week_like(week: Week, copy: PlanTemplate) -> Week:
    """Return a week of the copy with all its steps, which have all their reasons, those that nobody may read too."""
    own = Week(template=copy, number=week.number)
    _take(week, own, (), ("focus",))
    own.shown_sessions = []
    for step in week.shown_sessions:
        session = Session(week=own, origin=step, exercise_type=step.exercise_type)
        _take(step, session, OF_STEP, ("title", "instruction", "floor"))
        session.shown_mechanisms, session.has_reasons = step.shown_mechanisms, step.has_reasons
        own.shown_sessions.append(session)
    return own


def _caution_like(caution: Contraindication, copy: PlanTemplate) -> Contraindication:
    own = Contraindication(template=copy, order=caution.order)
    _take(caution, own, (), ("text",))
    return own


def _take(row: Any, own: Any, columns: tuple[str, ...], texts: tuple[str, ...]) -> None:
    for name in (*columns, *localized(*texts)):
        setattr(own, name, getattr(row, name))
