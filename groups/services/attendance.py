"""Who was there. Rows exist for presence alone: nobody is ever noted as having stayed away."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User, UserQuerySet
from accounts.standing import require_good_standing
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Attendance, Event, Membership, Rsvp
from groups.services.rsvps import lock_event

NOT_OF_THE_GROUP = _("Choose people of the group.")


def was_there(*, event: Event, person: User, now: datetime) -> Attendance:
    """Note that the person says so themselves; saying it again changes nothing."""
    require_good_standing(person, now=now)
    with transaction.atomic():
        locked = lock_event(event)
        require_begun(locked, now)
        if not _could_come(locked).filter(pk=person.pk).exists():
            raise NotPermitted("not_a_member", _("Join the group first, then say that you were there."))
        said = {"is_said_by_host": False}
        return Attendance.objects.update_or_create(
            event=locked, person=person, defaults=said, create_defaults={**said, "created_at": now}
        )[0]


def take_back(*, event: Event, person: User) -> None:
    """Forget that the person was there, whoever said so; it is theirs to say."""
    Attendance.objects.filter(event=event, person=person).delete()


def note_attendance(
    *, event: Event, host: User, came: Collection[User], taken_back: Collection[User] = (), now: datetime
) -> None:
    """Note as a host that people came, those without an answer too, and take back what a host noted before.

    What somebody said themselves stays. Only what changes is named, so two hosts at once do not undo each other.
    """
    require_good_standing(host, now=now)
    with transaction.atomic():
        locked = lock_event(event)
        require_begun(locked, now)
        known = set(_could_come(locked).filter(pk__in=[person.pk for person in came]).values_list("pk", flat=True))
        if known != {person.pk for person in came}:
            raise InvalidInput("not_of_the_group", NOT_OF_THE_GROUP, field="came")
        rows = [Attendance(event=locked, person_id=pk, is_said_by_host=True, created_at=now) for pk in sorted(known)]
        Attendance.objects.bulk_create(rows, ignore_conflicts=True)
        noted = Attendance.objects.filter(event=locked, is_said_by_host=True)
        noted.filter(person__in=[person.pk for person in taken_back]).exclude(person__in=known).delete()


def require_begun(event: Event, now: datetime) -> None:
    """Raise DomainError for what has not begun, or was called off."""
    if event.status == Event.Status.CANCELLED:
        raise DomainError("event_cancelled", _("This event was called off, so nobody could be there."))
    if now < event.starts_at:
        raise DomainError("not_begun", _("This can be said once it has begun."))


def _could_come(event: Event) -> UserQuerySet:
    """Return the people of the group, and whoever answered and left since."""
    members = Membership.objects.current().filter(group=event.group_id).values("person")
    answered = Rsvp.objects.filter(event=event).values("person")
    people = User.objects.get_queryset().filter(is_active=True)
    return people.filter(pk__in=members) | people.filter(pk__in=answered)
