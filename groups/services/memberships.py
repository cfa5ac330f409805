"""Coming into a group and going out of it. The group's row is the lock; events are locked after it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError, NotPermitted
from groups.models import Event, Group, Membership, Role, Rsvp
from groups.services.rsvps import free_seat, lock_event


def join_group(*, group: Group, person: User, now: datetime) -> Membership:
    """Make the person a member of an open group; joining twice is joining once."""
    with transaction.atomic():
        locked = lock_group(group)
        membership = Membership.objects.filter(group=locked, person=person).first()
        if membership is not None and membership.is_current:
            return membership
        _require_open_to(locked, membership)
        membership = membership or Membership(group=locked, person=person)
        membership.role, membership.joined_at, membership.left_at = Role.MEMBER, now, None
        membership.save()
        return membership


def leave_group(*, group: Group, person: User, now: datetime) -> None:
    """End the membership and give back every seat of what is still to come.

    Raises DomainError for the last owner: a group is never without one.
    """
    with transaction.atomic():
        locked = lock_group(group)
        membership = Membership.objects.current().filter(group=locked, person=person).first()
        if membership is None:
            return
        _require_another_owner(membership)
        give_back_seats(group=locked, person=person, now=now)
        membership.role, membership.left_at = Role.MEMBER, now
        membership.save(update_fields=["role", "left_at"])


def lock_group(group: Group) -> Group:
    """Return the group's row, locked until the end of the transaction.

    A lock that leaves the key alone: whoever holds an event's row asks at commit whether its group still exists,
    and would otherwise wait for somebody who holds the group and waits for that event.
    """
    return Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def give_back_seats(*, group: Group, person: User, now: datetime) -> None:
    """Free and forget the person's answers to the group's coming events.

    The caller has locked the group, so no event is added meanwhile; and every coming event is locked
    before the membership ends, so that an answer arriving now is either seen here or refused there.
    """
    for event in Event.objects.filter(group=group).upcoming(now).order_by("pk"):
        locked = lock_event(event)
        mine = Rsvp.objects.filter(event=locked, person=person).first()
        if mine is not None:
            free_seat(locked, mine, now=now)
            mine.delete()


def _require_open_to(group: Group, former: Membership | None) -> None:
    if former is not None and former.banned_at is not None:
        raise NotPermitted("cannot_join", _("This group cannot be joined."))
    if group.join_policy != Group.JoinPolicy.OPEN:
        raise NotPermitted("not_open", _("This group is joined on request or by invitation."))


def _require_another_owner(leaving: Membership) -> None:
    if leaving.role != Role.OWNER:
        return
    others = Membership.objects.current().filter(group=leaving.group_id, role=Role.OWNER, person__is_active=True)
    if not others.exclude(pk=leaving.pk).exists():
        raise DomainError("last_owner", _("A group needs an owner. Make somebody else one first, then you can leave."))
