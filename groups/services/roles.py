"""Giving and taking roles, and handing a group over. The group's row is the lock, as in coming and going."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import DomainError, NotPermitted
from groups.models import Group, Membership, Role
from groups.roles import roles_to_give
from groups.services.memberships import current_memberships, lock_group
from groups.services.owners import hand_on, name_owner
from groups.services.telling import tell_of_role


def give_role(*, group: Group, person: User, role: str, by: User, now: datetime) -> Membership:
    """Give somebody a role, or step down oneself. Nobody takes an owner's role but that owner, while another is there.

    Stepping down wants no good standing: it only gives back.
    """
    if by != person:
        require_good_standing(by, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        giver, membership = memberships_of(locked, by, person)
        if role not in roles_to_give(giver, membership):
            raise NotPermitted("not_yours_to_give", _("This role is not yours to give."))
        if membership.role != role:
            hand_on(locked, membership)
            membership.role = role
            membership.save(update_fields=["role"])
            if by != person and membership.role != Role.MEMBER:
                tell_of_role(membership, now=now)
        return membership


def hand_over(*, group: Group, to: User, by: User, now: datetime) -> Group:
    """Make somebody the owner that the group names; whoever hands it over goes on as a host."""
    require_good_standing(by, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        giver, heir = memberships_of(locked, by, to)
        if giver.role != Role.OWNER or giver.pk == heir.pk:
            raise NotPermitted("not_yours_to_give", _("This role is not yours to give."))
        if heir.is_looking or not to.is_active:
            raise DomainError("not_taking_part", _("A group is handed over to somebody who takes part in it."))
        is_new = heir.role != Role.OWNER
        heir.role, giver.role = Role.OWNER, Role.HOST
        Membership.objects.bulk_update([heir, giver], ["role"])
        name_owner(locked, heir)
        if is_new:
            tell_of_role(heir, now=now)
        return locked


def membership_of(group: Group, person: User) -> Membership:
    """Return a current membership of the locked group, as it is now."""
    return memberships_of(group, person)[0]


def memberships_of(group: Group, *people: User) -> list[Membership]:
    """Return the current membership of each, in their order, with their people as they are now."""
    by_person = current_memberships(group, *people)
    if not all(person.pk in by_person for person in people):
        raise NotPermitted("not_a_member", _("Only members of the group have a role in it."))
    return [by_person[person.pk] for person in people]
