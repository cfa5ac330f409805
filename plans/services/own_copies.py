"""A plan of one's own that began as another: copied to be changed, or followed from somebody who shared it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, NotPermitted
from plans.models import Contraindication, Enrollment, PlanTemplate, Session, Week
from plans.services.gate import lacks, whole
from plans.services.own import new_slug, require_room
from plans.services.own_steps import keep_steps, localized, set_reasons

NUMBERS = (
    *("weeks", "sessions_min", "sessions_max", "duration_days", "check_in_scale", "check_in_weeks", "growth"),
    *("move_on_percent", "small_after_days", "repeat_after_days", "back_after_days", "restart_after_days"),
)
TEXTS = ("title", "goal", "audience", "progression_rule", "gap_rule")  # what is said of sources stays with them
OF_STEP = (
    *("number", "exercise_type_id", "minutes", "intensity", "floor_minutes", "day", "met_code", "amount", "unit"),
)


@transaction.atomic
def copy_plan(*, person: User, template: PlanTemplate) -> PlanTemplate:
    """Return a draft of the person's own that reads like `template`, which they can see."""
    require_room(person)
    copy = PlanTemplate(slug=new_slug(), owner=person, copied_from=template)
    _take(template, copy, NUMBERS, TEXTS)
    copy.save()
    cautions = [
        (caution, Contraindication(template=copy, order=caution.order)) for caution in template.contraindications.all()
    ]
    for caution, own in cautions:
        _take(caution, own, (), ("text",))
    Contraindication.objects.bulk_create(own for _caution, own in cautions)
    weeks = Week.objects.filter(template=template).prefetch_related("sessions__mechanisms")
    _copy_weeks([(week, Week(template=copy, number=week.number)) for week in weeks])
    return copy


@transaction.atomic
def change_followed(*, person: User, enrollment: Enrollment) -> PlanTemplate:
    """Let the person change the plan they follow: from now on they follow a copy of their own.

    Logs stay as they are. A step of the copy knows the step it came from, so what was done of it is done.
    """
    if enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    locked = Enrollment.objects.select_for_update(of=("self",)).select_related("template").get(pk=enrollment.pk)
    if not locked.is_active:
        raise DomainError("ended", _("You have put this plan away."))
    if locked.template.owner_id == person.pk:
        return locked.template
    copy = _opened(copy_plan(person=person, template=locked.template))
    locked.template = copy
    locked.save(update_fields=["template"])
    return copy


def to_follow(template: PlanTemplate, *, person: User) -> PlanTemplate:
    """Return what the person follows when they follow `template`: a copy of their own of somebody else's plan.

    So they keep it as it was, whatever its owner does with theirs. The caller has opened a transaction.
    """
    if template.owner_id in {None, person.pk}:
        return template
    own = Enrollment.objects.active().filter(person=person, template__owner=person)
    if own.filter(template__copied_from=template).exists():
        raise DomainError("already_following", _("You already follow this plan."))
    return _opened(copy_plan(person=person, template=template))


def _opened(copy: PlanTemplate) -> PlanTemplate:
    copy.is_published = not any(lacks(whole(copy)))
    copy.save(update_fields=["is_published"])
    return copy


def _copy_weeks(weeks: list[tuple[Week, Week]]) -> None:
    """Write the second of each pair like the first, with its steps and their reasons, in a fixed number of queries."""
    for week, own in weeks:
        _take(week, own, (), ("focus",))
    Week.objects.bulk_create(own for _week, own in weeks)
    steps = [(step, Session(week=own, origin=step)) for week, own in weeks for step in week.sessions.all()]
    for step, session in steps:
        _take(step, session, OF_STEP, ("title", "instruction", "floor"))
    keep_steps([session for _step, session in steps])
    set_reasons({session: step.mechanisms.all() for step, session in steps})


def _take(row: Any, own: Any, columns: tuple[str, ...], texts: tuple[str, ...]) -> None:
    for name in (*columns, *localized(*texts)):
        setattr(own, name, getattr(row, name))
