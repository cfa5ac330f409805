"""Sharing a plan with a group, and taking it back."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import InvalidInput, NotPermitted
from core.visibility import get_still
from groups.models import Group, Membership, PlanShare
from groups.services.memberships import lock_group
from groups.services.outings import require_open_group
from plans.models import PlanTemplate

MOST_SHARED = 30  # in one group


@transaction.atomic
def share_plan(*, group: Group, person: User, template: PlanTemplate, now: datetime) -> PlanShare:
    """Show the plan to the group; sharing twice is sharing once. `template` is one that the person can see.

    A member's own plan is shared by nobody but its owner: to be shown something is not to pass it on.
    """
    require_good_standing(person, now=now)
    locked = lock_group(group)
    if not Membership.objects.taking_part().filter(group=locked, person=person).exists():
        raise NotPermitted("not_taking_part", _("Whoever takes part in the group shares plans with it."))
    require_open_group(locked)
    get_still(PlanTemplate.objects.select_for_update(no_key=True), template)
    if template.owner_id not in {None, person.pk}:
        raise NotPermitted("not_yours", _("This plan is somebody else's. Copy it, and share your copy."))
    if not template.is_published:
        raise InvalidInput("not_ready", _("This plan is still a draft."), field="template")
    shares = list(PlanShare.objects.filter(group=locked))
    found = next((share for share in shares if share.template_id == template.pk), None)
    if found is None and len(shares) >= MOST_SHARED:
        raise InvalidInput("too_many", _("This group shares many plans already."), field="template")
    if found is None:
        return PlanShare.objects.create(group=locked, template=template, shared_by=person, created_at=now)
    if not PlanShare.objects.visible_to(person).filter(pk=found.pk).exists():
        found.shared_by, found.created_at = person, now  # whoever shared it before has left, or is not seen
        found.save(update_fields=["shared_by", "created_at"])
    return found


@transaction.atomic
def take_back(*, share: PlanShare, person: User) -> None:
    """Show the plan to the group no longer. Whoever follows it keeps their copy."""
    lock_group(share.group)  # as whoever shares it does, and may be sharing it anew
    if not may_take_back(share, person):
        raise NotPermitted("not_yours", _("It is taken back by whoever shared it, or by a host."))
    share.delete()


def may_take_back(share: PlanShare, person: User) -> bool:
    """Whether the person shared it, or hosts the group."""
    if share.shared_by_id == person.pk:
        return True
    return Membership.objects.hosting().filter(group=share.group_id, person=person).exists()
