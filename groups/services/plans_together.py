"""Plans that a group follows together, each with a copy and at a pace of their own."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.profile import lock_person
from accounts.standing import require_good_standing
from core import clock
from core.errors import DomainError, InvalidInput, NotPermitted
from core.visibility import get_still
from groups.models import Group, GroupPlan, GroupPlanShare, Membership
from groups.services.memberships import lock_group, require_hosting
from groups.services.outings import require_open_group
from groups.together import plans_for
from plans.models import Enrollment, PlanTemplate

MOST_AT_ONCE = 3
AHEAD = timedelta(days=366)


def set_group_plan(*, group: Group, person: User, template: PlanTemplate, starts_on: date, now: datetime) -> GroupPlan:
    """Propose a plan to follow together from a day on: one that everybody knows, or that the group shares."""
    require_good_standing(person, now=now)
    if not clock.local_day(now, group.time_zone) <= starts_on <= clock.local_day(now, group.time_zone) + AHEAD:
        raise InvalidInput("start", _("Choose a day between today and a year from now."), field="starts_on")
    with transaction.atomic():
        locked = lock_group(group)
        require_hosting(locked.pk, person)
        require_open_group(locked)
        known = plans_for(person, locked).select_for_update(no_key=True, of=("self",))  # so that it does not go now
        if known.filter(pk=template.pk).first() is None:
            raise InvalidInput("not_shared", _("Share this plan with the group first."), field="template")
        running = list(GroupPlan.objects.open().filter(group=locked).order_by("pk"))
        if same := next((plan for plan in running if plan.template_id == template.pk), None):
            return same
        if len(running) >= MOST_AT_ONCE:
            raise DomainError("too_many", _("This group follows several plans already. Let one end first."))
        return GroupPlan.objects.create(
            group=locked, template=template, set_by=person, starts_on=starts_on, created_at=now
        )


def _held(group_plan: GroupPlan) -> GroupPlan:
    """Return it as it is now, held."""
    return get_still(GroupPlan.objects.held(), group_plan)


@transaction.atomic
def end_group_plan(*, group_plan: GroupPlan, person: User, now: datetime) -> None:
    """Follow it together no longer. Everybody keeps their copy, and goes on with it as they like."""
    require_hosting(group_plan.group_id, person)
    locked = _held(group_plan)
    if locked.ended_at is None:
        locked.ended_at = now
        locked.save(update_fields=["ended_at"])
        GroupPlanShare.objects.filter(group_plan=locked).delete()


@transaction.atomic
def follow_along(*, group_plan: GroupPlan, person: User, enrollment: Enrollment, now: datetime) -> GroupPlanShare:
    """Be one of those who follow it together, with the plan the person follows. Nobody else sees that they do.

    One enrollment is part of one group's figure: two figures with it in one of them would tell it by their difference.
    """
    require_good_standing(person, now=now)
    if enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    lock_person(person)
    locked = _held(group_plan)
    if not Membership.objects.current().filter(group=locked.group_id, person=person).exists():
        raise NotPermitted("not_a_member", _("Only members follow a plan with a group."))
    if locked.ended_at is not None:
        raise DomainError("plan_ended", _("The group no longer follows this plan together."))
    is_same = enrollment.template_id == locked.template_id or is_of(enrollment.template, locked.template)
    if not enrollment.is_active or not is_same:
        raise InvalidInput("other_plan", _("This is another plan than the group's."), field="enrollment")
    elsewhere = Q(enrollment=enrollment, group_plan__group__in=Group.objects.joined_by(person))
    shares = list(GroupPlanShare.objects.filter(Q(group_plan=locked) | elsewhere, person=person))
    if any(share.group_plan_id != locked.pk for share in shares):
        raise DomainError("counts_elsewhere", _("You follow this plan with another group already."))
    if shares:
        return shares[0]
    return GroupPlanShare.objects.create(group_plan=locked, person=person, enrollment=enrollment, since_at=now)


def leave_along(*, group_plan: GroupPlan, person: User) -> None:
    """Follow it on one's own from now on. The plan stays as it is."""
    GroupPlanShare.objects.filter(group_plan=group_plan, person=person).delete()


def is_of(own: PlanTemplate, shared: PlanTemplate) -> bool:
    """Whether somebody's plan is the shared one or a copy of it."""
    return shared.pk in {own.pk, own.copied_from_id}
