"""A plan of one's own that began as another: copied to be changed, or followed from somebody who shared it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Prefetch
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, NotPermitted
from core.visibility import get_still
from library.models import Mechanism
from plans.models import Contraindication, Enrollment, PlanTemplate, Session, Week
from plans.services.followed import lock_followed
from plans.services.gate import lacks
from plans.services.own import new_slug, require_room
from plans.services.own_steps import keep_steps, localized, set_reasons, show_reasons

NUMBERS = (
    *("weeks", "sessions_min", "sessions_max", "duration_days", "check_in_scale", "check_in_weeks", "growth"),
    *("move_on_percent", "small_after_days", "repeat_after_days", "back_after_days", "restart_after_days"),
)
TEXTS = ("title", "goal", "audience", "progression_rule", "gap_rule")  # what is said of sources stays with them
OF_STEP = (*("number", "minutes", "intensity", "floor_minutes", "day", "met_code", "amount", "unit"),)


@transaction.atomic
def copy_plan(*, person: User, template: PlanTemplate) -> PlanTemplate:
    """Return a draft of the person's own that reads like `template`, which they can see."""
    return _copied(template, person)


def _copied(template: PlanTemplate, person: User, *, is_opened: bool = False) -> PlanTemplate:
    """Write and return the copy, with its weeks at hand as they are shown. `is_opened`: if the gate lets it."""
    require_room(person)
    if template.owner_id is not None:  # its owner may be writing it: each waits for the other
        template = get_still(PlanTemplate.objects.select_for_update(no_key=True), template)
    copy = PlanTemplate(slug=new_slug(), owner=person, copied_from=template)
    _take(template, copy, NUMBERS, TEXTS)
    reasons = _copy_weeks(template, copy, person)
    copy.is_published = is_opened and not any(lacks(copy))
    copy.save()
    _copy_cautions(template, copy)
    Week.objects.bulk_create(copy.shown_weeks)
    keep_steps([step for step, _mechanisms in reasons])
    set_reasons(reasons)
    return copy


@transaction.atomic
def change_followed(*, person: User, enrollment: Enrollment) -> PlanTemplate:
    """Let the person change the plan they follow: from now on they follow a copy of their own.

    Logs stay as they are. A step of the copy knows the step it came from, so what was done of it is done.
    """
    if enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    locked = lock_followed(enrollment)
    if not locked.is_active:
        raise DomainError("ended", _("You have put this plan away."))
    if locked.template.owner_id == person.pk:
        return locked.template
    copy = _copied(locked.template, person, is_opened=True)
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
    return _copied(template, person, is_opened=True)


def _copy_weeks(template: PlanTemplate, copy: PlanTemplate, person: User) -> list[tuple[Session, list[Mechanism]]]:
    """Set the weeks of the copy and return its steps with all their reasons, those that the person may not read too."""
    readable = Mechanism.objects.visible_to(person).filter(pk=OuterRef("pk"))
    mechanisms = Mechanism.objects.select_related("domain").annotate(is_readable=Exists(readable))
    steps = Session.objects.select_related("exercise_type").prefetch_related(Prefetch("mechanisms", mechanisms))
    copy.shown_weeks, reasons = [], []
    for week in Week.objects.filter(template=template).prefetch_related(Prefetch("sessions", steps)):
        own = Week(template=copy, number=week.number)
        own.shown_sessions = []
        _take(week, own, (), ("focus",))
        copy.shown_weeks.append(own)
        for step in week.sessions.all():
            session = Session(week=own, origin=step, exercise_type=step.exercise_type)
            _take(step, session, OF_STEP, ("title", "instruction", "floor"))
            found: list[Any] = list(step.mechanisms.all())
            show_reasons(session, [mechanism for mechanism in found if mechanism.is_readable])
            session.has_reasons = bool(found)
            own.shown_sessions.append(session)
            reasons.append((session, found))
    return reasons


def _copy_cautions(template: PlanTemplate, copy: PlanTemplate) -> None:
    cautions = []
    for caution in template.contraindications.all():
        own = Contraindication(template=copy, order=caution.order)
        _take(caution, own, (), ("text",))
        cautions.append(own)
    Contraindication.objects.bulk_create(cautions)


def _take(row: Any, own: Any, columns: tuple[str, ...], texts: tuple[str, ...]) -> None:
    for name in (*columns, *localized(*texts)):
        setattr(own, name, getattr(row, name))
