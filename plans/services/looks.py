"""Letting whoever plans reminders look anew: no instant is computed here, `None` says that nobody has yet."""

from django.db import transaction

from accounts.models import User
from plans.models import Cue, DayChange, Enrollment


def look_anew(enrollment: Enrollment) -> None:
    """Forget when to look at the days of a plan, since its days, times or first day are others now."""
    Cue.objects.filter(enrollment=enrollment).update(next_at=None)
    look_anew_at_changes(enrollment)


def look_anew_at_changes(enrollment: Enrollment) -> None:
    """Forget it of days that were moved alone: whoever calls has seen to the cues."""
    DayChange.objects.filter(enrollment=enrollment, moved_to__isnull=False).update(next_at=None)


@transaction.atomic
def look_anew_for(person: User) -> None:
    """Forget when to look at anything of a person, since their wall clock is another now."""
    following = Enrollment.objects.active().filter(person=person)
    list(following.order_by("pk").select_for_update(no_key=True))  # as whoever changes their days locks them first
    Cue.objects.filter(enrollment__in=following).update(next_at=None)
    DayChange.objects.filter(enrollment__in=following, moved_to__isnull=False).update(next_at=None)
