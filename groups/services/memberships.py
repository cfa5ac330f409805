"""Coming into a group and going out of it. The group's row is the lock; events are locked after it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.standing import require_good_standing
from core.errors import NotPermitted
from core.held import was_held
from core.visibility import get_still
from groups.models import Event, Group, JoinRequest, Membership, Role, Series
from groups.outside import events_showing
from groups.rules import is_host
from groups.services.answer_links import revoke_links
from groups.services.greeters import with_hosts_to_tell
from groups.services.letting_go import let_go
from groups.services.owners import hand_on
from groups.services.rsvps import forget, given_up, lock_events


def join_group(*, group: Group, person: User, now: datetime) -> Membership:
    """Make the person a member of an open group; joining twice is joining once."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        return come_in(known=membership_in(lock_group(group), person), now=now)


def look(*, group: Group, person: User, now: datetime) -> Membership:
    """Let the person look at an open group from within, without taking part; who is in already stays as they are."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        return come_in(known=membership_in(lock_group(group), person), is_looking=True, now=now)


def take_part(*, group: Group, person: User, now: datetime) -> Membership:
    """Make who only looked one of the people; twice is once."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        locked = lock_group(group)
        membership = Membership.objects.current().filter(group=locked, person=person).first()
        if membership is None:
            raise NotPermitted("not_a_member", _("Join the group first."))
        membership.is_looking = False
        membership.save(update_fields=["is_looking"])
        return membership


def come_in(
    *, known: Membership, is_looking: bool = False, has_asked: bool = True, has_links: bool = True, now: datetime
) -> Membership:
    """Admit somebody whom nobody let in: the group, which is locked, has to be open. Who is in already stays in.

    `known`: what `membership_in` says of them under that lock; for the others see `admit`.
    """
    group, is_known = known.group, known.pk is not None and (known.left_at is None or known.banned_at is not None)
    if group.join_policy != Group.JoinPolicy.OPEN and not is_known:
        raise NotPermitted("not_open", _("This group is joined on request or by invitation."))
    return admit(
        group=group,
        person=known.person,
        known=known,
        is_looking=is_looking,
        has_asked=has_asked,
        has_links=has_links,
        now=now,
    )


def membership_in(group: Group, person: User) -> Membership:
    """Return what somebody is, or was, in a locked group; a new membership where they never were in it."""
    found = Membership.objects.filter(group=group, person=person).first() or Membership(person=person)
    found.group, found.person = group, person
    return found


def admit(
    *,
    group: Group,
    person: User,
    known: Membership | None = None,
    is_looking: bool = False,
    has_asked: bool = True,
    has_links: bool = True,
    now: datetime,
) -> Membership:
    """Make the person a member. The caller holds the group's lock, and has made sure that they may come in.

    What they had asked meanwhile is answered by it, unless the caller ends it or knows of nothing (not `has_asked`);
    likewise their links of before (`has_links`). Raises NotPermitted for whom the group has banned. `known`: their
    membership as it is under that lock, where the caller has read it, or a new one.
    """
    membership = known or membership_in(group, person)
    if membership.banned_at is not None or not group.is_open:
        raise NotPermitted("cannot_join", _("This group cannot be joined."))
    if membership.pk is not None and membership.is_current:
        return membership
    if membership.pk is not None and has_links:
        revoke_links(group=group, person=person, now=now)  # of when they were in it before, of no use since
    membership.role, membership.is_looking = Role.MEMBER, is_looking
    membership.joined_at, membership.left_at = now, None
    membership.save()
    if has_asked:
        asked = JoinRequest.objects.filter(group=group, person=person, status=JoinRequest.Status.OPEN)
        asked.update(status=JoinRequest.Status.ACCEPTED, closed_at=now)
    return membership


def leave_group(*, group: Group, person: User, now: datetime) -> None:
    """End the membership and give back every seat of what is still to come.

    Raises DomainError for the last owner: a group is never without one.
    """
    with transaction.atomic():
        if leave_as_member(group=group.uuid, person=person, now=now) is None:
            leave_otherwise(group=group, person=person, now=now)


def leave_as_member(*, group: UUID, person: User, now: datetime) -> list[Event] | None:
    """Leave the group at an address, for who takes part and does not own it; for everybody else nothing happens: None.

    One statement waits for the group's lock and ends the membership, if it still is such a one then. Return all that
    the group has before it, locked, with what is shown of the group.
    """
    locked = Group.objects.joined_by(person).filter(uuid=group).select_for_update(no_key=True)
    mine = Membership.objects.taking_part().filter(group=locked[:1], person=person).exclude(role=Role.OWNER)
    greeted = Series.objects.filter(group__uuid=group, greeter=person)
    with transaction.atomic():
        if not mine.update(role=Role.MEMBER, left_at=now):
            return None
        events = events_showing(group).upcoming(now).annotate(greets_series=Exists(greeted))
        coming: list[Any] = lock_events(with_hosts_to_tell(events, person))
        left = coming[0].group if coming else Group.objects.get(uuid=group)
        greets_series = not coming or coming[0].greets_series
        let_go(group=left, person=person, coming=coming, greets_series=greets_series, now=now)
        return coming


def leave_otherwise(*, group: Group, person: User, now: datetime) -> list[Event] | None:
    """Leave as an owner (or raise DomainError as the last one), or as who only looks; as `leave_as_member` otherwise.

    Who is not in it stays out: None.
    """
    with transaction.atomic():
        locked = lock_group(group)
        membership = current_memberships(locked, person).get(person.pk)
        if membership is None:
            return None
        hand_on(locked, membership)
        return end_membership(membership, group=locked, now=now)


def end_membership(membership: Membership, *, group: Group, now: datetime) -> list[Event]:
    """Give back what the person has taken of what is still to come, and end it (one of `current_memberships`).

    The caller has locked the group, so no event is added meanwhile; every coming event is locked before the membership
    ends, so that an answer arriving now is either seen here or refused there. They are returned, with what is shown of
    the group. Links to answer by mail are of no use from then on, and taken back on coming back.
    """
    person = membership.person
    coming = lock_events(with_hosts_to_tell(events_showing(group.uuid).upcoming(now), person))
    let_go(group=group, person=person, coming=coming, greets_series=membership.greets_series, now=now)
    if membership.is_looking and membership.banned_at is None:
        revoke_links(group=group, person=person, now=now)
        membership.delete()  # nobody but hosts knew of it, and nothing hangs on it
        return coming
    membership.role, membership.left_at = Role.MEMBER, now
    membership.save(update_fields=["role", "left_at", "banned_at"])
    return coming


def current_memberships(group: Group, *people: User) -> dict[int, Membership]:
    """Return person → current membership in the locked group, of those who have one, with their people.

    Each knows whether they greet at a series, and who else owns the group.
    """
    found = Membership.objects.current().filter(group=group, person__in=people).select_related("person")
    greeted = Series.objects.filter(group=OuterRef("group"), greeter=OuterRef("person"))
    owners = Membership.objects.owning().filter(group=OuterRef("group"), person__is_active=True)
    another = owners.exclude(pk=OuterRef("pk")).order_by("joined_at", "pk").values("person")[:1]
    asked = {"greets_series": Exists(greeted), "another_owner": Subquery(another)}
    return {membership.person_id: membership for membership in found.annotate(**asked)}


def lock_group(group: Group) -> Group:
    """Return the group's row, locked until the end of the transaction.

    A lock that leaves the key alone: whoever holds an event's row asks at commit whether its group still exists,
    and would otherwise wait for somebody who holds the group and waits for that event.
    """
    return group if was_held(group) else get_still(Group.objects.select_for_update(no_key=True), group)


def require_hosting(group: int, person: User) -> None:
    """Raise NotPermitted for who does not host the group (by its key)."""
    require_host(Membership.objects.current().filter(group=group, person=person).first())


def require_host(membership: Membership | None) -> None:
    """Raise NotPermitted where this is nobody's who hosts."""
    if membership is None or not membership.is_hosting:
        raise _not_a_host()


def require_host_of(about: Event | Series, person: User) -> None:
    """Raise NotPermitted for who does not host the group of what was read with their role (`with_role_of`)."""
    if not is_host(person, about):
        raise _not_a_host()


def give_back_seats(*, group: Group, person: User, now: datetime, until: datetime | None = None) -> None:
    """Free and forget the person's answers to the group's coming events; with `until`, to those that start before.

    The caller has locked the group, and the events are locked here, as in `end_membership`.
    """
    coming = Event.objects.filter(group=group).upcoming(now)
    locked = lock_events(coming if until is None else coming.filter(starts_at__lt=until))
    forget(locked, *given_up(locked, person), now=now)


def _not_a_host() -> NotPermitted:
    return NotPermitted("not_a_host", _("This is for those who host the group."))
