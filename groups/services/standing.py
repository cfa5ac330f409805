"""What somebody gives back when they may not take part for a while, or any more."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from groups.models import Group, Membership
from groups.services.answer_links import revoke_links
from groups.services.memberships import give_back_seats, lock_group
from groups.services.owners import replace_owner


@transaction.atomic
def give_back_seats_of(person: User, until: datetime | None, now: datetime) -> None:
    """Free the person's seats at every coming event that starts before `until` (None: at all), in all their groups.

    Memberships stay, so that a decision which is taken back leaves nobody outside. Links to answer by mail end with the
    account; they answer nobody who is suspended.
    """
    for group in Group.objects.joined_by(person).order_by("pk"):
        give_back_seats(group=lock_group(group), person=person, now=now, until=until)
        if until is None:
            revoke_links(group=group, person=person, now=now)


@transaction.atomic
def hand_over_groups_of(person: User, until: datetime | None, now: datetime) -> None:
    """Let no group stay with an owner who is gone for good. A suspension (`until`) ends, and changes nothing here."""
    if until is not None:
        return
    owned = Membership.objects.owning().filter(person=person).select_related("group")
    for membership in owned.order_by("group"):
        replace_owner(lock_group(membership.group), membership, now=now)
