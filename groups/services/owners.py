"""A group always has an owner, and names one of its owners as the one to turn to."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from groups.models import Group, Membership, Role
from groups.services.telling import tell_of_role


def hand_on(group: Group, leaving: Membership) -> None:
    """Let the group name another owner before this one goes or steps down. Raises DomainError when there is none.

    The caller has locked the group, and read under that lock who is leaving, with `another_owner`.
    """
    if leaving.role != Role.OWNER:
        return
    if leaving.another_owner is None:
        raise DomainError("last_owner", _("A group needs an owner. Make somebody else one first."))
    if group.owner_id == leaving.person_id:
        group.owner_id = leaving.another_owner
        group.save(update_fields=["owner"])


def name_owner(group: Group, membership: Membership) -> None:
    """Make somebody an owner, and the one that the group names."""
    if membership.role != Role.OWNER:
        membership.role = Role.OWNER
        membership.save(update_fields=["role"])
    group.owner_id = membership.person_id
    group.save(update_fields=["owner"])


def replace_owner(group: Group, gone: Membership, *, now: datetime) -> None:
    """Hand a locked group over to whoever has hosted it longest, when none of its owners is there any more.

    Whoever is gone keeps the role, which is of no use to a closed account, so that a decision which is taken back
    leaves them an owner again. With nobody to host it, the group keeps the owner it has.
    """
    there = Membership.objects.hosting().filter(group=group, person__is_active=True).exclude(pk=gone.pk)
    by_age = there.order_by("joined_at", "pk")
    heir = by_age.filter(role=Role.OWNER).first() or by_age.first()
    if heir is None or (group.owner_id != gone.person_id and heir.role == Role.OWNER):
        return
    is_new = heir.role != Role.OWNER
    name_owner(group, heir)
    if is_new:
        tell_of_role(heir, now=now)
