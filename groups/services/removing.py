"""Putting somebody out of a group, and letting them come back. No reason is asked, and nobody is told."""

from datetime import datetime

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import NotPermitted
from groups.models import Group, Membership
from groups.roles import may_put_out
from groups.services.memberships import current_memberships, end_membership, lock_group
from groups.services.roles import membership_of


def remove_member(*, group: Group, person: User, by: User, now: datetime) -> None:
    """End somebody's membership as if they had left: they may come back as anybody may. Twice is once."""
    _put_out(group, person, by, now)


def ban_member(*, group: Group, person: User, by: User, now: datetime) -> None:
    """End somebody's membership; for them the group never existed, until a host lifts the ban. Twice is once."""
    _put_out(group, person, by, now, for_good=True)


def lift_ban(*, group: Group, person: User, by: User, now: datetime) -> None:
    """Let somebody see the group again, and join it as anybody may. They are not told."""
    require_good_standing(by, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        if not membership_of(locked, by).is_hosting:
            raise NotPermitted("not_a_host", _("This is for those who host the group."))
        bans = Membership.objects.banned().filter(group=locked, person=person)
        bans.update(banned_at=None, left_at=Coalesce("left_at", "banned_at"))  # nobody is put back in by it


def _put_out(group: Group, person: User, by: User, now: datetime, *, for_good: bool = False) -> None:
    require_good_standing(by, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        both = current_memberships(locked, by, person)
        if by.pk not in both:
            raise NotPermitted("not_a_member", _("Only members of the group have a role in it."))
        membership = both.get(person.pk)
        if membership is None:
            return
        if not may_put_out(both[by.pk], membership):
            raise NotPermitted("not_yours_to_put_out", _("This person is not yours to put out of the group."))
        if for_good:
            membership.banned_at = now
        end_membership(membership, group=locked, now=now)
